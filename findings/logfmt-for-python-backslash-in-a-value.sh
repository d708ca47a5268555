#!/usr/bin/env bash
# logfmt for Python loses the rest of a line behind a backslash in a quoted value.
#
# Packages: logfmt 0.4.
# Expected: what loggers that write this format do: a quoted value is written as a string of Go or JSON, with `\n`, `\t` and `\\`
#   in it, and ends at the next quote that no backslash stands before.
# Seen: for `level=error path="C:\\temp" code=7` the value is True, and `code` isn't there: after one backslash no quote ends the
#   value any more. A `\"` alone is read.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check logfmt==0.4
cat >app.log <<'LOG'
level=error msg="disk full" code=7
level=error path="C:\\temp" code=7
level=error msg="one\ntwo" code=7
LOG
venv/bin/python -c '
import logfmt
for line in logfmt.parse(open("app.log")):
    print(line)' | tee seen
expected="{'level': 'error', 'msg': 'disk full', 'code': '7'}|{'level': 'error', 'path': True}|{'level': 'error', 'msg': True}|"
if [ "$(tr '\n' '|' <seen)" != "$expected" ]; then
  echo "changed: values with a backslash are read otherwise"
  exit 1
fi
echo "as described: what follows the backslash is gone"
