#!/usr/bin/env bash
# fluent_conv can't read a message that has attributes and no value, as the labels of buttons and inputs are written.
#
# Package: fluent_conv 3.3.0 (npm), on Node.js 20 or newer.
# Expected: Fluent Syntax 1.0, `Message ::= Identifier … ((Pattern Attribute*) | (Attribute+))`: a value is not needed where there are attributes. "Attributes" of the guide
#   has them for the parts of an element.
# Seen: "Cannot read properties of null (reading 'type')", and nothing of the file. With any value the same message is read.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fluent_conv@3.3.0
cat > main.cjs <<'JS'
const { ftl2js } = require("fluent_conv");
for (const value of [" ", " Name"]) {
  try {
    console.log(JSON.stringify(ftl2js(`title = Form\nname-input =${value}\n    .placeholder = Your name\n    .title = Name\n`)));
  } catch (error) {
    console.log(error.message);
  }
}
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
Cannot read properties of null (reading 'type')
{"title":"Form","name-input":{"placeholder":"Your name","title":"Name","val":"Name"}}
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: such messages are read otherwise"
  exit 1
fi
echo "as described: a message without a value is an error"
