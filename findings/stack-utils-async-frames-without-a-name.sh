#!/usr/bin/env bash
# stack-utils takes the word `async` into the file's name where an awaiting function has no name.
#
# Packages: stack-utils 2.0.6, on Node.js 20 or newer.
# Expected: V8's stack trace API, section "Async stack traces", puts `async` before the place of a frame that waits: `at async
#   main (file:3:5)`, and `at async file:3:5` where the function has no name. `parseLine` gives a frame's `file`, below the
#   option `cwd` as a path from there; `clean` puts each frame into short form.
# Seen: of `at async file:3:5` the file is "async /…/main.cjs": no such file is there, and `cwd` isn't taken off. The frame
#   before, without the word, and one with a name are right: "main.cjs". Whoever opens a frame's file to show its lines
#   (a test runner's code frame) finds none for an error behind an `await` in an arrow function.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund stack-utils@2.0.6
cat > main.cjs <<'JS'
const StackUtils = require("stack-utils");
const stack = new StackUtils({ cwd: __dirname });
async function named() {
  await null;
  throw new Error("boom");
}
async function waiting() {
  await named();
}
(async () => {
  try {
    await waiting();
  } catch (error) {
    const lines = error.stack.split("\n").slice(1);
    for (const line of lines) console.log(line.trim().replaceAll(__dirname, "…"), "->", stack.parseLine(line).file.replaceAll(__dirname, "…"));
  }
})();
JS
node main.cjs | tee seen
if [ "$(sed 's/.*-> //' seen | tr '\n' '|')" != "main.cjs|main.cjs|async …/main.cjs|" ]; then
  echo "changed: stack-utils reads async frames otherwise"
  exit 1
fi
echo "as described: the file of an async frame without a name begins with the word async"
