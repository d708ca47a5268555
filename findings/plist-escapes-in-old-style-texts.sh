#!/usr/bin/env bash
# plist 5 reads old-style property lists, but not their escapes: "Caf\U00e9" is "CafU00e9".
#
# Packages: plist 5.0.0 (npm), on Node.js 20 or newer; openstep-plist 0.5.2 (PyPI) as the second opinion.
# Expected: its README: the "old-style ASCII format (used by `defaults read` on macOS)" is parsed. That is ASCII: all else is written as `\U` with four hexadecimal
#   digits, as `defaults read` does, or as `\` with three octal ones (Apple's "Old-Style ASCII Property Lists").
# Seen: the backslash is dropped, and the digits stay as text, without an error. `\n`, `\t` and `\"` are read.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund plist@5.0.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openstep-plist==0.5.2
cat > old.plist <<'PLIST'
{ name = "Caf\U00e9"; sign = "\101"; city = "M\U00fcnchen"; two = "one\ttwo"; }
PLIST
node --input-type=module -e '
import { readFileSync } from "node:fs";
import { parse } from "plist";
console.log(JSON.stringify(parse(readFileSync("old.plist", "utf8"))));' | tee seen
venv/bin/python -c '
import json
from pathlib import Path
import openstep_plist
print(json.dumps(openstep_plist.loads(Path("old.plist").read_text()), ensure_ascii=False))' | tee -a seen
cat > expected <<'EXPECTED'
{"name":"CafU00e9","sign":"101","city":"MU00fcnchen","two":"one\ttwo"}
{"name": "Café", "sign": "A", "city": "München", "two": "one\ttwo"}
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: escapes are read otherwise"
  exit 1
fi
echo "as described: only the backslash of such an escape is taken away"
