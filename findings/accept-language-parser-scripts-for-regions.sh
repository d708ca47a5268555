#!/usr/bin/env bash
# accept-language-parser takes a script after the language for a region, so that readers of Chinese or Serbian get English.
#
# Package: accept-language-parser 1.5.0 (npm), on Node.js 20 or newer.
# Expected: RFC 5646, 2.2.3: four letters after the language are its script: "zh-Hant" is Chinese in traditional letters, "sr-Latn" Serbian in Latin ones,
#   with no region, as phones and tablets send them. The package knows scripts; a language without region matches a supported one of any region, so
#   that "fr" picks "fr-CA" and "zh" picks "zh-TW".
# Seen: in "zh-Hant" the script is null and the region "Hant", which is none of the supported ones. Of English and "zh-Hant-TW" `pick` chooses English for
#   "zh-Hant, en;q=0.5", and nothing without "en". The README does not say so.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund accept-language-parser@1.5.0
cat > main.cjs <<'JS'
const { parse, pick } = require("accept-language-parser");
for (const tag of ["zh-Hant-TW", "zh-Hant"]) console.log(JSON.stringify(parse(tag)));
console.log(pick(["en", "fr-CA"], "fr, en;q=0.5"), pick(["en", "zh-TW"], "zh, en;q=0.5"));
console.log(pick(["en", "zh-Hant-TW"], "zh-Hant, en;q=0.5"), pick(["en", "sr-Latn-RS"], "sr-Latn, en;q=0.5"));
console.log(pick(["en", "zh-Hant-TW"], "zh-Hant"));
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
[{"code":"zh","script":"Hant","region":"TW","quality":1}]
[{"code":"zh","script":null,"region":"Hant","quality":1}]
fr-CA zh-TW
en en
null
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: accept-language-parser reads such languages otherwise"
  exit 1
fi
echo "as described: another language than was asked for"
