#!/usr/bin/env bash
# jsonc-parser leaves the comma of an object's only property when it removes the property, and what is left is no JSON in any dialect.
#
# Packages: jsonc-parser 3.3.1, json5 2.2.3 and typescript 5.9.3 (npm), on Node.js 20 or newer.
# Expected: `modify(text, path, undefined)` gives the edits that remove a property. A comma after the last property is allowed in tsconfig.json, in
#   JSON5 and, with `allowTrailingComma`, by jsonc-parser itself; with two properties and such a comma the edits give `{ "a": 1, }`, and an element of a
#   list goes together with its comma.
# Seen: of `{ "paths": { "a": [], }, }` without "a" there is `{ "paths": {, }, }`: jsonc-parser's `parse` reports an error, JSON5 and
#   TypeScript refuse the file. So does whatever edits settings with it, as editors and installers do, when it takes the last setting away.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund jsonc-parser@3.3.1 json5@2.2.3 typescript@5.9.3
cat > main.cjs <<'JS'
const { applyEdits, modify, parse } = require("jsonc-parser");
const JSON5 = require("json5");
const ts = require("typescript");
const reads = (text) => {
  const errors = [];
  parse(text, errors, { allowTrailingComma: true });
  let json5 = true;
  try {
    JSON5.parse(text);
  } catch {
    json5 = false;
  }
  return [errors.length === 0, json5, !ts.parseConfigFileTextToJson("tsconfig.json", text).error];
};
for (const [text, path] of [
  ['{ "a": 1, "b": 2, }', ["b"]],
  ['{ "list": [1, ], }', ["list", 0]],
  ['{ "a": 1, }', ["a"]],
  ['{ "paths": { "a": [], }, }', ["paths", "a"]],
]) {
  const left = applyEdits(text, modify(text, path, undefined, {}));
  console.log(`${text} (${reads(text)}) without ${path.join("/")}: ${left} (${reads(left)})`);
}
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
{ "a": 1, "b": 2, } (true,true,true) without b: { "a": 1, } (true,true,true)
{ "list": [1, ], } (true,true,true) without list/0: { "list": [], } (true,true,true)
{ "a": 1, } (true,true,true) without a: {, } (false,false,false)
{ "paths": { "a": [], }, } (true,true,true) without paths/a: { "paths": {, }, } (false,false,false)
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: jsonc-parser removes such properties otherwise"
  exit 1
fi
echo "as described: a comma of nothing"
