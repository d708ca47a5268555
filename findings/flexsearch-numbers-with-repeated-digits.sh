#!/usr/bin/env bash
# FlexSearch takes 50, 500 and 5000 for the same number, and 1 and 11.
#
# Packages: flexsearch 0.8.212, on Node.js 20 or newer.
# Expected: an index with default settings finds whole words (README, "Tokenizer": `strict` is the default and indexes the full term).
#   What `dedupe`, which is on, takes together are letters (doc/encoder.md, "Default Encoder": "apply letter deduplication, e.g.
#   "missing" to "mising"").
# Seen: repeated digits are taken together as well. The search for 500 answers with "port 5000 is taken" and "took 50 ms" before "HTTP
#   status 500"; the one for 11 with "exited with 1", too. Status codes, ports, exit codes and versions (2.2 is 22, and both are 2) are
#   numbers of which each digit counts. With `new Encoder({ dedupe: false })` or `Charset.Exact` 11 is 11.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund flexsearch@0.8.212
cat > main.cjs <<'JS'
const { Charset, Encoder, Index } = require("flexsearch");
const texts = ["HTTP status 500", "port 5000 is taken", "took 50 ms", "exited with 11", "exited with 1"];
const found = (options, words) => {
  const index = new Index(options);
  texts.forEach((text, id) => index.add(id, text));
  return index.search(words).map((id) => texts[id]);
};
console.log("500:", found({}, "500").join(", "));
console.log("11:", found({}, "11").join(", "));
console.log("11, dedupe off:", found({ encoder: new Encoder({ dedupe: false }) }, "11").join(", "));
console.log("11, exact:", found({ encoder: Charset.Exact }, "11").join(", "));
JS
node main.cjs | tee seen
cat > expected <<'SEEN'
500: port 5000 is taken, took 50 ms, HTTP status 500
11: exited with 11, exited with 1
11, dedupe off: exited with 11
11, exact: exited with 11
SEEN
if ! cmp --silent seen expected; then
  echo "changed: FlexSearch tells these numbers apart, or in another way"
  exit 1
fi
echo "as described: numbers with repeated digits are taken together"
