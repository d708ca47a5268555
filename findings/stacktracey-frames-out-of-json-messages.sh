#!/usr/bin/env bash
# stacktracey makes frames of the message of an error that JSON.parse throws, before those of the stack.
#
# Packages: stacktracey 2.2.0, on Node.js 20 or newer.
# Expected: its README: "Parses call stacks"; the first item of an error is where it was thrown. A SyntaxError of a script that
#   can't be read has a line `file:3` above its message, which is taken for the place. JSON.parse throws a SyntaxError, too,
#   whose stack is its message and below it the frames, as with every other error (ECMA-262, 25.5.1).
# Seen: for `JSON.parse("")` the first item is "(syntax error)" in the file "SyntaxError", and for `JSON.parse("{")`, whose message
#   ends with `in JSON at position 1`, another one is called "position": the words behind ` at ` (Node.js 20). `JSON.parse`
#   itself comes after them. So it is for `BigInt("x")`. Whoever shows `items[0]` or groups errors by it has a piece of the
#   message, and of the input that it quotes, in the place of a file's name.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund stacktracey@2.2.0
cat > main.cjs <<'JS'
const StackTracey = require("stacktracey");
const items = (throwing) => {
  try {
    throwing();
  } catch (error) {
    return new StackTracey(error).items.map((item) => item.callee);
  }
};
console.log(items(() => JSON.parse("")).slice(0, 2).join(", "));
console.log(items(() => JSON.parse('{"a": 1,}')).slice(0, 1).join(", "));
console.log(items(() => BigInt("x")).slice(0, 1).join(", "));
console.log(items(() => null.length).includes("(syntax error)"));
JS
node main.cjs | tee seen
if [ "$(tr '\n' '|' < seen)" != "(syntax error), JSON.parse|(syntax error)|(syntax error)|false|" ]; then
  echo "changed: stacktracey reads the message otherwise"
  exit 1
fi
echo "as described: the message of JSON.parse becomes frames"
