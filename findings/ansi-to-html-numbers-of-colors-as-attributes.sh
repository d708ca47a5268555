#!/usr/bin/env bash
# ansi-to-html reads the number of a color as an attribute where the color does not stand alone: text blinks, or is hidden.
#
# Packages: ansi-to-html 0.7.2, on Node.js 20 or newer; pygments 2.21.0 and rich 15.0.0 (PyPI) write the sequences.
# Expected: ECMA-48, 8.3.117: the parameters of SGR take effect in their order, so `38;5;28;01` (as `01;38;5;28`) is color 28 of the palette, and
#   bold: xterm's control sequences, "Character Attributes", say "38;5;Ps" for it. Alone, as `38;5;28`, it is converted so.
# Seen: with a second attribute each number is one of its own: 5 is "blink" and 28 nothing. So `def`, as Pygments' `terminal256` writes it, is
#   `<blink><b>def</b></blink>` without a color, and so is rich's bold color. Color 8, the gray, becomes "hidden": of `1;38;5;8` the
#   page has `display:none`, and the text can't be seen. Of `1;38;2;255;0;0` the bold is closed before the text.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund ansi-to-html@0.7.2
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pygments==2.21.0 rich==15.0.0
cat > write.py <<'PYTHON'
import io
import json

from pygments import highlight
from pygments.formatters import Terminal256Formatter
from pygments.lexers import PythonLexer
from rich.console import Console

console = Console(file=io.StringIO(), force_terminal=True, color_system="256", legacy_windows=False)
console.print("[bold color(28)]text[/]", end="")
texts = [
    highlight("def", PythonLexer(), Terminal256Formatter()).strip(),
    console.file.getvalue(),
    "\x1b[38;5;28mtext\x1b[0m",
    "\x1b[1;38;5;8mtext\x1b[0m",
    "\x1b[1;38;2;255;0;0mtext\x1b[0m",
]
print(json.dumps(texts))
PYTHON
venv/bin/python write.py > texts.json
cat > main.cjs <<'JS'
const Convert = require("ansi-to-html");
for (const text of require("./texts.json")) console.log(JSON.stringify(text), new Convert().toHtml(text));
JS
node main.cjs | tee seen
sed 's/.*" <\([a-z/]*\).*/\1/' seen > first
if [ "$(tr '\n' ' ' < first)" != "blink b span b b " ] || ! grep --quiet '<blink><span style="display:none">text<' seen \
  || ! grep --quiet ' <b></b>text$' seen; then
  echo "changed: ansi-to-html reads such sequences otherwise"
  exit 1
fi
echo "as described: the numbers of a color are taken for attributes"
