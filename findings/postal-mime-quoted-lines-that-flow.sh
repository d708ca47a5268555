#!/usr/bin/env bash
# postal-mime leaves the quote marks of flowed lines within the text, and joins an answer to the quote above it.
#
# Packages: postal-mime 4.0.0 and, for comparison, mailparser 3.14.2 (npm), on Node.js 20 or newer.
# Expected: RFC 3676, 4.1 and 4.5: a reader takes the quote marks off each line before it joins a flowed one (it ends in a space) with the next; a line that is
#   quoted to another depth begins a paragraph of its own, even where the one before ends in a space.
# Seen: "> This is a long line that ", "> was wrapped here." is "> This is a long line that > was wrapped here."; after "> Really? " the answer
#   "No, never." stands in the quote: "> Really? No, never.", as if the other had said it. mailparser reads both right.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund postal-mime@4.0.0 mailparser@3.14.2
cat > main.mjs <<'JS'
import mailparser from "mailparser";
import PostalMime from "postal-mime";
const lines = [
  "Content-Type: text/plain; charset=utf-8; format=flowed",
  "",
  "> This is a long line that ",
  "> was wrapped here.",
  "> Really? ",
  "No, never.",
  "My own long line ",
  "flows as well.",
  "",
];
const mail = lines.join("\r\n");
console.log("mailparser:", JSON.stringify((await mailparser.simpleParser(mail)).text));
console.log("postal-mime:", JSON.stringify((await PostalMime.parse(mail)).text));
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
mailparser: "> This is a long line that was wrapped here.\n> Really? \nNo, never.\nMy own long line flows as well."
postal-mime: "> This is a long line that > was wrapped here.\n> Really? No, never.\nMy own long line flows as well.\n"
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: postal-mime reads such lines otherwise"
  exit 1
fi
echo "as described: quote marks within the text"
