#!/usr/bin/env bash
# EditorConfig for Python can't read a section's name with a number sign or a semicolon in it.
#
# Packages: EditorConfig 0.17.1; editorconfig 3.0.2 for Node.js 20 or newer.
# Expected: the specification of EditorConfig, "File Format": a section's name is any text between brackets; comments are lines
#   of their own since its version 0.15, so that `#` and `;` inside a line are letters.
# Seen: "editorconfig.exceptions.ParsingError" for `[Q#.py]`, and with it no properties for any file. Node.js reads it.
set -euo pipefail
command -v node >/dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check EditorConfig==0.17.1
npm install --silent --no-audit --no-fund editorconfig@3.0.2
printf '%s\n' 'root = true' '[*]' 'charset = utf-8' '[Q#.py]' 'indent_size = 2' >.editorconfig
node --input-type=module -e '
import { parse } from "editorconfig";
console.log("node", (await parse(`${process.cwd()}/Q#.py`)).indent_size);' >seen
venv/bin/python - >>seen <<'PY'
import os
import editorconfig
try:
    print("python", editorconfig.get_properties(os.path.abspath("Q#.py")))
except editorconfig.EditorConfigError as error:
    print("python", type(error).__name__)
PY
cat seen
if [ "$(tr '\n' '|' <seen)" != "node 2|python ParsingError|" ]; then
  echo "changed: the section is read otherwise"
  exit 1
fi
echo "as described: one of them refuses the file"
