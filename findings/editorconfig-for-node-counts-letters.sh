#!/usr/bin/env bash
# editorconfig for Node.js takes a range of letters for a range, where the format knows ranges of numbers alone.
#
# Packages: editorconfig 3.0.2, on Node.js 20 or newer; EditorConfig 0.17.1 for Python.
# Expected: the specification of EditorConfig, "Glob Expressions": `{num1..num2}` is any integer between the two, which "can be
#   either positive or negative". Other words in braces without a comma stand for themselves.
# Seen: `[{a..c}.txt]` holds for b.txt with Node.js, and not for a file of that very name; the other way round with Python. For
#   `[{01..03}.txt]` Node.js counts 02.txt in and 2.txt out. Two editors that use one or the other format a file differently.
set -euo pipefail
command -v node >/dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check EditorConfig==0.17.1
npm install --silent --no-audit --no-fund editorconfig@3.0.2
printf '%s\n' 'root = true' '[{a..c}.txt]' 'letters = yes' '[{1..3}.txt]' 'numbers = yes' '[{01..03}.txt]' 'zeros = yes' >.editorconfig
cat >main.mjs <<'JS'
import { parse } from "editorconfig";
for (const name of ["b.txt", "{a..c}.txt", "2.txt", "02.txt"])
  console.log("node", name, ...Object.keys(await parse(`${process.cwd()}/${name}`)));
JS
node main.mjs >seen
venv/bin/python - >>seen <<'PY'
import os
import editorconfig
for name in ("b.txt", "{a..c}.txt", "2.txt", "02.txt"):
    print("python", name, *editorconfig.get_properties(os.path.abspath(name)))
PY
cat seen
expected="node b.txt letters|node {a..c}.txt|node 2.txt numbers|node 02.txt zeros|"
expected+="python b.txt|python {a..c}.txt letters|python 2.txt numbers zeros|python 02.txt|"
if [ "$(tr '\n' '|' <seen)" != "$expected" ]; then
  echo "changed: ranges are read otherwise"
  exit 1
fi
echo "as described: a range of letters holds for b.txt with one of them"
