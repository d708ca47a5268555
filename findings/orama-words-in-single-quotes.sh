#!/usr/bin/env bash
# Orama does not find a word that stands in single quotes.
#
# Packages: @orama/orama 3.1.18, on Node.js 20 or newer.
# Expected: what a search engine keeps of quotes is an apostrophe inside of a word (don't); quotes around a word are not part of it, as
#   double ones are not. "requests" finds "No module named 'requests'", which is how Python, Node.js and TypeScript
#   print a name.
# Seen: the default tokenizer splits at everything but letters, digits, `_`, `'` and `-`, and takes no quote off: the word is "'requests'",
#   and of 'app.py' the words are "'app" and "py'". Since a search looks for the beginnings of words, "requests" finds nothing,
#   nor does "app". `tolerance: 1` helps where a quote stands on one side alone. An option of a command line has the same
#   fate: "no-cache" does not find "docker build --no-cache". In double quotes or backticks the word is found.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @orama/orama@3.1.18
cat > main.mjs <<'JS'
import { create, insert, search } from "@orama/orama";
for (const [text, asked] of [
  ["No module named 'requests'", "requests"],
  ['No module named "requests"', "requests"],
  ["No module named `requests`", "requests"],
  ["can't open file 'app.py'", "app"],
  ["can't open file app.py", "app"],
  ["docker build --no-cache", "no-cache"],
]) {
  const base = create({ schema: { text: "string" } });
  insert(base, { text });
  const found = [search(base, { term: asked }).count, search(base, { term: asked, tolerance: 1 }).count];
  console.log(JSON.stringify(text), asked, "found:", found.join(" "));
}
JS
node main.mjs | tee seen
if [ "$(sed 's/.*found: //' seen | tr '\n' '|')" != "0 0|1 1|1 1|0 1|1 1|0 0|" ]; then
  echo "changed: Orama splits otherwise"
  exit 1
fi
echo "as described: a single quote before a word hides it"
