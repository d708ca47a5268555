#!/usr/bin/env bash
# Three readers of terminal output print the rest of a color whose parts are separated by colons.
#
# Packages: pyte 0.8.2; anser 2.3.5 and ansi_up 6.0.6, on Node.js 20 or newer.
# Expected: ECMA-48, 5.4.2: a parameter may have parts, separated by `:`; ITU-T T.416, 13.1.8, writes colors so: `38:2::255:0:0`,
#   and terminals write an underline's form so: `4:3`. Who doesn't know such a parameter leaves the whole sequence out.
# Seen: the sequence ends at the colon for all three: pyte and anser show `2::255:0:0mred` or `38:2::255:0:0mred`, ansi_up
#   `[38:2::255:0:0mred`. With semicolons each shows `red` alone.
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
for text in ("\x1b[38;2;255;0;0mred\x1b[0m", "\x1b[38:2::255:0:0mred\x1b[0m", "\x1b[4:3mred\x1b[0m"):
    screen = pyte.Screen(40, 1)
    pyte.Stream(screen).feed(text)
    print("pyte", screen.display[0].rstrip())
PY
cat >main.mjs <<'JS'
import Anser from "anser";
import { AnsiUp } from "ansi_up";
const plain = (html) => html.replace(/<[^>]*>/g, "").replaceAll("\x1b", "");
for (const text of ["\x1b[38;2;255;0;0mred\x1b[0m", "\x1b[38:2::255:0:0mred\x1b[0m", "\x1b[4:3mred\x1b[0m"]) {
  console.log("anser", plain(Anser.ansiToHtml(text)));
  console.log("ansi_up", plain(new AnsiUp().ansi_to_html(text)));
}
JS
node main.mjs >>seen
cat seen
expected="pyte red|pyte 2::255:0:0mred|pyte 3mred|anser red|ansi_up red|anser 38:2::255:0:0mred|ansi_up [38:2::255:0:0mred|"
expected+="anser 4:3mred|ansi_up [4:3mred|"
if [ "$(tr '\n' '|' <seen)" != "$expected" ]; then
  echo "changed: one of them reads parameters with colons otherwise"
  exit 1
fi
echo "as described: the color's numbers stand in the text"
