#!/usr/bin/env bash
# MiniSearch finds no word that a tab, a backtick, or a sign such as = or < stands beside.
#
# Packages: minisearch 7.2.0, beside lunr 2.3.9; Node.js 20 or newer.
# Expected: its README, "Tokenization": "documents are tokenized by splitting on Unicode space or punctuation characters". A tab is white
#   space (Unicode's property White_Space), and a backtick, =, <, >, $, |, + and ^ are among ASCII's punctuation marks (C's `ispunct`).
# Seen: it splits at line breaks and at the categories Z and P alone. A tab is a control character (Cc), and the others are symbols (S):
#   "error:\tconnection\trefused" has the words "error" and "\tconnection\trefused", so "connection" and "refused" find nothing.
#   Neither does "requests" find "Run `requests` again", nor "token" the text "TOKEN=abc", nor "none" the image "<none>".
#   Nothing tells it. Markdown's code, tables that were copied out of a terminal, and indented lines are full of them.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund minisearch@7.2.0 lunr@2.3.9
cat > main.mjs <<'JS'
import MiniSearch from "minisearch";
import lunr from "lunr";
for (const [text, asked] of [
  ["error: connection refused", "refused"],
  ["error:\tconnection\trefused", "refused"],
  ["\treturn value", "return"],
  ["Run `requests` again", "requests"],
  ["repository <none> here", "none"],
  ["TOKEN=abc", "token"],
  ['Run "requests" again', "requests"],
]) {
  const mini = new MiniSearch({ fields: ["text"] });
  mini.add({ id: 1, text });
  const other = lunr(function () {
    this.ref("id");
    this.field("text");
    this.add({ id: 1, text });
  });
  console.log(JSON.stringify(text), asked, "MiniSearch:", mini.search(asked).length, "lunr:", other.search(asked).length);
}
JS
node main.mjs | tee seen
if [ "$(sed 's/.*MiniSearch: //' seen | tr '\n' '|')" != "1 lunr: 1|0 lunr: 1|0 lunr: 1|0 lunr: 1|0 lunr: 1|0 lunr: 0|1 lunr: 1|" ]; then
  echo "changed: MiniSearch splits otherwise, or lunr does"
  exit 1
fi
echo "as described: a tab or a symbol makes one word of two"
