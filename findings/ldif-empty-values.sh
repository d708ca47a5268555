#!/usr/bin/env bash
# ldif can't read an entry with an empty value, which RFC 2849 has a rule of its own for.
#
# Package: ldif 0.5.1 (npm), on Node.js 20 or newer.
# Expected: RFC 2849, note 5: a value of no length is written as the attribute's name, a colon and the end of the line: "seeAlso:". The README:
#   "100% RFC-compliance; should comprehend any valid LDIF file".
# Seen: "Cannot read properties of null (reading 'type')" of an entry with such a value, wherever it stands, and nothing of the file. An empty
#   value in base64, "seeAlso::", is read.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund ldif@0.5.1
cat > main.cjs <<'JS'
const ldif = require("ldif");
for (const line of [["seeAlso:"], ["seeAlso: "], ["seeAlso::"], []]) {
  try {
    const file = ldif.parse(["dn: cn=Paul, dc=example", "cn: Paul", ...line, "sn: Paulsen", ""].join("\n"));
    console.log(JSON.stringify(file.entries[0].toObject({}).attributes));
  } catch (error) {
    console.log(error.message);
  }
}
JS
node --no-deprecation main.cjs | tee seen
cat > expected <<'EXPECTED'
Cannot read properties of null (reading 'type')
Cannot read properties of null (reading 'type')
{"cn":"Paul","seeAlso":"","sn":"Paulsen"}
{"cn":"Paul","sn":"Paulsen"}
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: an empty value is read otherwise"
  exit 1
fi
echo "as described: an empty value is an error"
