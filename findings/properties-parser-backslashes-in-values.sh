#!/usr/bin/env bash
# properties-parser's editor writes backslashes as they are, so that a path that it stores is another one, and the next key may be lost.
#
# Packages: properties-parser 0.6.0 and dot-properties 1.1.2 (npm), on Node.js 20 or newer.
# Expected: Java's `Properties`: in a value a backslash begins an escape (`\t` is a tab, a backslash at the line's end continues the line) and is itself written
#   `\\`; the package reads that so. `set` of what `get` gave changes nothing, and what `set` was given is read again.
# Seen: `set` escapes line ends, not backslashes. `folder = C:\\temp` is "C:\temp" for `get`; set again, it is in the file as `C:\temp` and read as "C:",
#   a tab, "emp". After `set("folder", "C:\\logs\\")` the next line is a part of the value, and its key is gone. Spaces before a value are
#   lost, too. No error. dot-properties writes all of it so that it is read again.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund properties-parser@0.6.0 dot-properties@1.1.2
printf '%s\n' 'folder = C:\\temp' 'port = 80' > app.properties
cat > main.cjs <<'JS'
const { createEditor, parse } = require("properties-parser");
const { stringify } = require("dot-properties");
const editor = createEditor("app.properties");
for (const value of [editor.get("folder"), "C:\\logs\\", "\\d+ items", "  two spaces", "two\nlines"]) {
  editor.set("folder", value);
  const read = parse(editor.toString());
  const kept = parse(stringify({ folder: value, port: "80" }));
  console.log(JSON.stringify(value), "is read as", JSON.stringify(read), "of dot-properties:", kept.folder === value && kept.port === "80");
}
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
"C:\\temp" is read as {"folder":"C:\temp","port":"80"} of dot-properties: true
"C:\\logs\\" is read as {"folder":"C:logsport = 80"} of dot-properties: true
"\\d+ items" is read as {"folder":"d+ items","port":"80"} of dot-properties: true
"  two spaces" is read as {"folder":"two spaces","port":"80"} of dot-properties: true
"two\nlines" is read as {"folder":"two\nlines","port":"80"} of dot-properties: true
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: properties-parser writes such values otherwise"
  exit 1
fi
echo "as described: backslashes that nobody escaped"
