#!/usr/bin/env bash
# edtf writes the significant digits of a year with an exponent twice, and cannot read what it wrote.
#
# Packages: edtf 5.0.2 (PyPI).
# Expected: EDTF (ISO 8601-2:2019), level 2: "Y3388E2S3" is some year between 338000 and 338999, estimated to be 338800. Its README: `str` gives a
#   "normalised string representation", by which two dates are compared.
# Seen: `str(parse_edtf("Y3388E2S3"))` is "Y3388E2S3S3", at which `parse_edtf` fails. Long years ("Y171010000S3"), years of four digits ("1950S2") and
#   exponents without S are written as they were.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check edtf==5.0.2
cat > main.py <<'PYTHON'
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

for text in ("Y17E7", "1950S2", "Y171010000S3", "Y3388E2S3", "Y17101E4S3"):
    written = str(parse_edtf(text))
    try:
        again = str(parse_edtf(written))
    except EDTFParseException as error:
        again = str(error)
    print(text, "written:", written, "read again:", again)
PYTHON
venv/bin/python main.py | tee seen
cat > expected <<'EXPECTED'
Y17E7 written: Y17E7 read again: Y17E7
1950S2 written: 1950S2 read again: 1950S2
Y171010000S3 written: Y171010000S3 read again: Y171010000S3
Y3388E2S3 written: Y3388E2S3S3 read again: Error at position 9: Invalid input or format near 'Y3388E2S3S3'. Please provide a valid EDTF string.
Y17101E4S3 written: Y17101E4S3S3 read again: Error at position 10: Invalid input or format near 'Y17101E4S3S3'. Please provide a valid EDTF string.
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: edtf writes such years otherwise"
  exit 1
fi
echo "as described: digits twice"
