#!/usr/bin/env bash
# kdljs reads an escape beyond U+FFFF as another character: "\u{20BB7}" is the Tamil letter U+0BB7, and that is what it writes.
#
# Packages: kdljs 0.3.0 and @bgotink/kdl 0.4.0 (npm), on Node.js 20 or newer.
# Expected: KDL 2.0, "Escapes": `\u{1-6 hex chars}` is the code point that these digits name, up to 10FFFF.
# Seen: only the last four digits count: \u{20BB7}, a letter of Japanese names, becomes U+0BB7, \u{1D11E}, the treble clef, U+D11E, a Korean
#   syllable. No error. The same characters written without an escape are right.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund kdljs@0.3.0 @bgotink/kdl@0.4.0
cat > main.mjs <<'JS'
import { parse as other } from "@bgotink/kdl";
import { format, parse } from "kdljs";
const code = (text) => [...text].map((character) => `U+${character.codePointAt(0).toString(16).toUpperCase()}`).join(" ");
for (const word of ["\\u{E9}", "\\u{20BB7}", "\\u{1D11E}", "\u{20BB7}"]) {
  const text = `name "${word}"`;
  const { output } = parse(text);
  console.log(JSON.stringify(text), "kdl:", code(other(text).nodes[0].getArguments()[0]), "kdljs:", code(output[0].values[0]), format(output).trim());
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
"name \"\\u{E9}\"" kdl: U+E9 kdljs: U+E9 name "é"
"name \"\\u{20BB7}\"" kdl: U+20BB7 kdljs: U+BB7 name "ஷ"
"name \"\\u{1D11E}\"" kdl: U+1D11E kdljs: U+D11E name "턞"
"name \"𠮷\"" kdl: U+20BB7 kdljs: U+20BB7 name "𠮷"
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: kdljs reads such escapes otherwise"
  exit 1
fi
echo "as described: another character"
