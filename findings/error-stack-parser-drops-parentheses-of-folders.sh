#!/usr/bin/env bash
# error-stack-parser takes the parentheses out of a file's path.
#
# Packages: error-stack-parser 3.0.0, on Node.js 20 or newer.
# Expected: `fileName` of a frame is the file of that frame. V8 writes it between the last parentheses of the line, whatever
#   it holds; folders in parentheses are the route groups of web frameworks: `app/(shop)/cart.js`.
# Seen: for a real error thrown in `(shop)/cart.cjs` the file is `shop/cart.cjs`, a place where nothing is. A look at the lines
#   around the error, or a source map kept under that name, finds no file. Folders in brackets stay as they are.
set -euo pipefail
command -v node >/dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund error-stack-parser@3.0.0
mkdir "(shop)" "[id]"
echo 'module.exports = function total() { throw new Error("no price"); };' | tee "(shop)/cart.cjs" >"[id]/cart.cjs"
cat >main.cjs <<'JS'
const parser = require("error-stack-parser");
for (const folder of ["(shop)", "[id]"]) {
  try {
    require(`./${folder}/cart.cjs`)();
  } catch (error) {
    const [frame] = (parser.default ?? parser).parse(error);
    console.log(error.stack.split("\n")[1].trim().replace(__dirname, ""), "->", frame.fileName.replace(__dirname, ""));
  }
}
JS
node main.cjs | tee seen
if [ "$(sed 's/.*-> //' seen | tr '\n' '|')" != "/shop/cart.cjs|/[id]/cart.cjs|" ]; then
  echo "changed: the path of a frame is told otherwise"
  exit 1
fi
echo "as described: the folder lost its parentheses"
