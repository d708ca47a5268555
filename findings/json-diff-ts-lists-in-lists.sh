#!/usr/bin/env bash
# json-diff-ts cannot apply what it finds removed from a list in a list: the columns of a table stay.
#
# Packages: json-diff-ts 4.10.4 (npm), on Node.js 20 or newer.
# Expected: its README: `applyChangeset` is to "Apply changes to an object"; of the first document and the changes that `diff` found it makes the second.
# Seen: where a list is an element of a list and gets shorter, it stays as it was, and "Element with the key 'undefined' ... could not be found in the
#   array!" is printed. If another element takes the place of the removed one, it is there twice. No exception: the result is handed
#   out like any other. The change itself is in the changeset, without `embeddedKey`; lists in objects are right.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund json-diff-ts@4.10.4
cat > main.mjs <<'JS'
import { applyChangeset, diff } from "json-diff-ts";
for (const [before, after] of [
  [{ list: ["a", "b"] }, { list: ["a"] }],
  [{ rows: [["id", "name"], ["1", "Jo"]] }, { rows: [["id"], ["1"]] }],
  [{ rows: [["a", "b"]] }, { rows: [["b"]] }],
  [{ rows: [["a"]] }, { rows: [["a", "b"]] }],
]) {
  console.log(JSON.stringify(after), "applied:", JSON.stringify(applyChangeset(structuredClone(before), diff(before, after))));
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
{"list":["a"]} applied: {"list":["a"]}
{"rows":[["id"],["1"]]} applied: {"rows":[["id","name"],["1","Jo"]]}
{"rows":[["b"]]} applied: {"rows":[["b","b"]]}
{"rows":[["a","b"]]} applied: {"rows":[["a","b"]]}
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: json-diff-ts applies such changes otherwise"
  exit 1
fi
echo "as described: what was removed is there"
