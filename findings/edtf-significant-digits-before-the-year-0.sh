#!/usr/bin/env bash
# edtf takes two significant digits of a year before 0 for one: "-1950S2" spans a thousand years.
#
# Packages: edtf 5.0.2 (PyPI).
# Expected: EDTF (ISO 8601-2:2019), level 2: "1950S2" is some year between 1900 and 1999, estimated to be 1950. The sign is no digit: "-1950S2" is between
#   -1999 and -1900.
# Seen: `lower_fuzzy` and `upper_fuzzy` of "-1950S2" are the years -2000 and -1001, of "-1950S3" -2000 and -1901. No error. The years after 0 are right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check edtf==5.0.2
cat > main.py <<'PYTHON'
from edtf import parse_edtf

for text in ("1950S2", "1950S3", "-1950S2", "-1950S3", "-0750S2"):
    date = parse_edtf(text)
    print(text, date.lower_fuzzy().tm_year, date.upper_fuzzy().tm_year)
PYTHON
venv/bin/python main.py | tee seen
cat > expected <<'EXPECTED'
1950S2 1900 1999
1950S3 1950 1959
-1950S2 -2000 -1001
-1950S3 -2000 -1901
-0750S2 -1000 -1
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: edtf bounds such years otherwise"
  exit 1
fi
echo "as described: a digit fewer"
