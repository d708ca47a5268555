#!/usr/bin/env bash
# Three readers of terminal output show bold, or blinking, text where only the underline has a color.
#
# Packages: pyte 0.8.2; anser 2.3.5 and ansi_up 6.0.6, on Node.js 20 or newer.
# Expected: parameter 58 sets the color of underlines, with the same parts as 38 and 48 (`58;5;1` is color 1 of 256), in all
#   terminals that color underlines under mistakes, as editors and linters do. Who doesn't know it skips its parts, too.
# Seen: the parts are read as parameters of their own: 5 is blinking and 1 is bold. pyte and anser show bold text that blinks,
#   ansi_up bold text.
set -euo pipefail
command -v node >/dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyte==0.8.2
npm install --silent --no-audit --no-fund anser@2.3.5 ansi_up@6.0.6
venv/bin/python - >seen <<'PY'
import pyte
for code in ("48;5;1", "58;5;1"):
    screen = pyte.Screen(10, 1)
    pyte.Stream(screen).feed(f"\x1b[{code}mtypo\x1b[0m")
    letter = screen.buffer[0][0]
    print("pyte", code, "bold" if letter.bold else "-", "blink" if letter.blink else "-")
PY
cat >main.mjs <<'JS'
import Anser from "anser";
import { AnsiUp } from "ansi_up";
for (const code of ["48;5;1", "58;5;1"]) {
  const text = `\x1b[${code}mtypo\x1b[0m`;
  for (const [name, html] of [["anser", Anser.ansiToHtml(text)], ["ansi_up", new AnsiUp().ansi_to_html(text)]])
    console.log(name, code, html.includes("bold") ? "bold" : "-", html.includes("blink") ? "blink" : "-");
}
JS
node main.mjs >>seen
cat seen
expected="pyte 48;5;1 - -|pyte 58;5;1 bold blink|anser 48;5;1 - -|ansi_up 48;5;1 - -|anser 58;5;1 bold blink|ansi_up 58;5;1 bold -|"
if [ "$(tr '\n' '|' <seen)" != "$expected" ]; then
  echo "changed: one of them reads the color of an underline otherwise"
  exit 1
fi
echo "as described: the color of an underline makes text bold"
