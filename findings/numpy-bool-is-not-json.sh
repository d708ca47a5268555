#!/usr/bin/env bash
# NumPy 2 makes the standard library say that a bool is not JSON serializable.
#
# Packages: numpy 2.4.6, beside 1.26.4.
# Expected: `json.dumps` of NumPy's truth value names a type that is none of Python's own. 1.26.4 does: "Object of type
#   bool_ is not JSON serializable", and that is what people look for, and what tools know.
# Seen: 2.4.6 calls its scalar `bool`, so the message is "Object of type bool is not JSON serializable", of a type that
#   `json` serializes: only the traceback's value, `np.True_`, tells that it is not Python's.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/1"
python3 -m venv "$folder/2"
"$folder/1/bin/pip" install --quiet --disable-pip-version-check numpy==1.26.4
"$folder/2/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6
cat >"$folder/told.py" <<'PYTHON'
import json

import numpy

try:
    json.dumps({"ok": numpy.float64(2) > 1})
except TypeError as error:
    print(f"{numpy.__version__}: {error}")
print(json.dumps({"ok": True}))
PYTHON
cd "$folder"
one=$(1/bin/python told.py)
two=$(2/bin/python told.py)
printf '%s\n' "$one" "$two"
if [ "$one" != $'1.26.4: Object of type bool_ is not JSON serializable\n{"ok": true}' ] ||
  [ "$two" != $'2.4.6: Object of type bool is not JSON serializable\n{"ok": true}' ]; then
  echo "changed: the type has another name, or is serialized"
  exit 1
fi
echo "as described: bool_ with 1.26.4, bool with 2.4.6"
