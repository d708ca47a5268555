#!/usr/bin/env bash
# ansi2html drops everything that was printed before, down to the first line, where a program goes one line up.
#
# Packages: ansi2html 1.9.5, beside pyte 0.8.2; Python 3.11 or newer.
# Expected: ECMA-48, 8.3.22: CUU (`ESC [ 1 A`) moves the cursor up one line and erases nothing. A program that shows its progress goes up
#   and writes over its last line; what it printed before stays, as in a terminal, here pyte's. ansi2html knows of the sequence
#   ("Act on any CursorMoveUp commands by deleting preceding tokens", in its source).
# Seen: it deletes all text since the last escape sequence, not the line: of "step 1", "step 2", "step 3" and a progress line, all without
#   colors, nothing is left but what follows, "100 %". Where "step 2" has a color, "step 1" is left as well, and "step 3", between
#   the two, is gone. Nothing tells it. What a log's reader looks for, the error above the progress, is missing in the page.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ansi2html==1.9.5 pyte==0.8.2
cat > main.py <<'PYTHON'
import pyte
from ansi2html import Ansi2HTMLConverter

UP = "\x1b[1A\x1b[2K"
TEXTS = {
    "plain": f"step 1\nstep 2\nstep 3\n50 %\n{UP}100 %\n",
    "color": f"step 1\n\x1b[31mstep 2\x1b[0m\nstep 3\n50 %\n{UP}100 %\n",
    "no way up": "step 1\nstep 2\nstep 3\n50 %\n\x1b[2K100 %\n",
}
for name, text in TEXTS.items():
    screen = pyte.Screen(20, 10)
    pyte.Stream(screen).feed(text.replace("\n", "\r\n"))
    page = Ansi2HTMLConverter(inline=True).convert(text, full=False)
    print(f"{name}: terminal:", "|".join(line.strip() for line in screen.display if line.strip()))
    print(f"{name}: ansi2html:", "|".join(line for line in page.splitlines() if line.strip()))
PYTHON
venv/bin/python main.py | tee seen
cat > expected <<'EXPECTED'
plain: terminal: step 1|step 2|step 3|100 %
plain: ansi2html: 100 %
color: terminal: step 1|step 2|step 3|100 %
color: ansi2html: step 1|100 %
no way up: terminal: step 1|step 2|step 3|50 %|100 %
no way up: ansi2html: step 1|step 2|step 3|50 %|100 %
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: ansi2html goes up otherwise"
  exit 1
fi
echo "as described: one line up deletes all lines"
