#!/usr/bin/env bash
# strings-file loses entries of a .strings file that end otherwise than its pattern has it, and finds those that are commented out.
#
# Packages: strings-file 0.0.5 (npm), on Node.js 20 or newer; openstep-plist 0.5.2 (PyPI) as the second opinion.
# Expected: Apple's "String Resources" and "Old-Style ASCII Property Lists": entries are `"key" = "value";` with any white space, no line ends needed, and
#   what is between `/*` and `*/` is a comment, on however many lines.
# Seen: without an error: with line ends of Windows, no entry; the last one is lost without a line end behind it, one with an empty value always. Of a key
#   without quotes, as InfoPlist.strings has them, the space before the sign belongs to it. An entry in a comment of several lines is read.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund strings-file@0.0.5
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openstep-plist==0.5.2
cat > texts.json <<'JSON'
["\"a\" = \"b\";\n\"c\" = \"d\";\n", "\"a\" = \"b\";\r\n\"c\" = \"d\";\r\n", "\"a\" = \"b\";\n\"c\" = \"d\";", "\"a\" = \"\";\n\"c\" = \"d\";\n",
 "CFBundleName = \"b\";\n", "/*\n\"old\" = \"b\";\n*/\n\"c\" = \"d\";\n"]
JSON
node -e '
const { parse } = require("strings-file");
for (const text of require("./texts.json")) console.log(JSON.stringify(parse(text)));' | tee seen
venv/bin/python - <<'PYTHON' | tee -a seen
import json
from pathlib import Path

import openstep_plist

for text in json.loads(Path("texts.json").read_text()):
    print("openstep-plist", json.dumps(openstep_plist.loads(f"{{{text}}}")))
PYTHON
cat > expected <<'EXPECTED'
{"a":"b","c":"d"}
{}
{"a":"b"}
{"c":"d"}
{"CFBundleName ":"b"}
{"old":"b","c":"d"}
openstep-plist {"a": "b", "c": "d"}
openstep-plist {"a": "b", "c": "d"}
openstep-plist {"a": "b", "c": "d"}
openstep-plist {"a": "", "c": "d"}
openstep-plist {"CFBundleName": "b"}
openstep-plist {"c": "d"}
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: entries are read otherwise"
  exit 1
fi
echo "as described: entries are lost, and one in a comment is found"
