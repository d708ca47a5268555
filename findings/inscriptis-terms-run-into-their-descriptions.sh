#!/usr/bin/env bash
# inscriptis writes the terms and descriptions of a list of descriptions as one word.
#
# Packages: inscriptis 2.7.6.
# Expected: HTML Living Standard, "Rendering", 15.3.3: `dl`, `dt` and `dd` are blocks, a line each; `dd` is indented. Items of other
#   lists and cells of tables come out apart.
# Seen: `<dt>ENOENT</dt><dd>no such file</dd>` is "ENOENTno such file", and the next term follows without a space, too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check inscriptis==2.7.6
venv/bin/python - <<'PY' | tee seen
from inscriptis import get_text
print(get_text("<dl><dt>ENOENT</dt><dd>no such file</dd><dt>EACCES</dt><dd>no permission</dd></dl>").strip())
print(get_text("<ul><li>ENOENT</li><li>EACCES</li></ul>").strip())
PY
if [ "$(tr '\n' '|' <seen)" != "ENOENTno such fileEACCESno permission|* ENOENT|  * EACCES|" ]; then
  echo "changed: terms and descriptions come out otherwise"
  exit 1
fi
echo "as described: the terms and what they mean are one word"
