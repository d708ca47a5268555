#!/usr/bin/env bash
# @iarna/toml swallows the character after a time without a fraction, and cannot read lists of times or two lines of them.
#
# Packages: @iarna/toml 3.0.0 (npm), on Node.js 20 or newer; tomli 2.4.0 (PyPI) as the second opinion.
# Expected: TOML 1.0.0, "Local Time": `lt1 = 07:32:00` is a local time, and the seconds' fraction may be left out; the example has `lt2 = ...` in the
#   next line. `[07:32:00, 19:32:00]` is a list of two.
# Seen: the character that ends the time is taken for a part of it. If it is a line end, the next line is "Unexpected character, expected only
#   whitespace or comments till end of line"; if it is a comma, the list is refused. A comment or an empty line after the time, or
#   `07:32:00.0`, hides it. Local dates, which had this until 2.2.4, and dates with times are right.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @iarna/toml@3.0.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check tomli==2.4.0
cat > main.cjs <<'JS'
const { parse } = require("@iarna/toml");
for (const text of require("./texts.json")) {
  let read;
  try {
    read = Object.keys(parse(text)).join(" ");
  } catch (error) {
    read = `error: ${error.message.split(",")[0].split(" at ")[0]}`;
  }
  console.log(JSON.stringify(text), "iarna:", read);
}
JS
cat > main.py <<'PYTHON'
import json
from pathlib import Path

import tomli

for text in json.loads(Path("texts.json").read_text()):
    print("tomli:", *tomli.loads(text))
PYTHON
cat > texts.json <<'JSON'
["start = 07:32:00\nend = 1\n", "times = [07:32:00, 19:32:00]\n", "start = 07:32:00.5\nend = 1\n", "start = 07:32:00 # early\nend = 1\n", "start = 1979-05-27\nend = 1\n"]
JSON
node main.cjs > by-iarna
venv/bin/python main.py > by-tomli
paste -d ' ' by-iarna by-tomli | tee seen
cat > expected <<'EXPECTED'
"start = 07:32:00\nend = 1\n" iarna: error: Unexpected character tomli: start end
"times = [07:32:00, 19:32:00]\n" iarna: error: Invalid character tomli: times
"start = 07:32:00.5\nend = 1\n" iarna: start end tomli: start end
"start = 07:32:00 # early\nend = 1\n" iarna: start end tomli: start end
"start = 1979-05-27\nend = 1\n" iarna: start end tomli: start end
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: @iarna/toml reads such times otherwise"
  exit 1
fi
echo "as described: the character after a time is gone"
