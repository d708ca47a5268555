#!/usr/bin/env bash
# android-string-resource reads `\u00e9` in a strings.xml as "u00e9" and `\t` as "t".
#
# Package: android-string-resource 2.3.10 (npm), on Node.js 20 or newer.
# Expected: Android's guide "String resources", "Handle special characters": `\n`, `\t` and `\uXXXX` are a line end, a tab and a character by its number;
#   `\@`, `\?`, `\'`, `\"` and `\\` are these characters. `\u00a0`, a space that does not break, is written in no other way that survives.
# Seen: `asr2js` knows `\n` and takes the backslash away from all others: the letters stay, without an error, and `js2asr` writes them into the file.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund android-string-resource@2.3.10
cat > strings.xml <<'XML'
<resources>
<string name="price">10\u00a0km</string>
<string name="city">M\u00fcnchen</string>
<string name="table">one\ttwo\nthree</string>
<string name="plain">It\'s \@home</string>
</resources>
XML
cat > main.cjs <<'JS'
const { asr2js, js2asr } = require("android-string-resource");
(async () => {
  const texts = await asr2js(require("fs").readFileSync("strings.xml", "utf8"));
  console.log(JSON.stringify(texts));
  console.log((await js2asr(texts)).match(/<string name="price".*/)[0]);
})();
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
{"price":"10u00a0km","city":"Mu00fcnchen","table":"onettwo\nthree","plain":"It's @home"}
<string name="price">10u00a0km</string>
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: escapes are read otherwise"
  exit 1
fi
echo "as described: the backslash is taken away, the letters stay"
