#!/usr/bin/env bash
# xterm.js' serialize addon writes links as plain underlined text, and every underline as a plain one.
#
# Packages: @xterm/addon-serialize 0.14.0 and @xterm/headless 6.0.0, on Node.js 20 or newer.
# Expected: its README: it serializes a terminal's buffer, so that the text written to another terminal gives the same. xterm.js
#   itself knows links (OSC 8), forms of underlines (`4:3`) and their colors (`58`) since version 5.
# Seen: a link's address is gone, and its text is underlined instead; a curly or colored underline is a plain one. Colors of the
#   text and a line above it come out as they went in.
set -euo pipefail
command -v node >/dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @xterm/addon-serialize@0.14.0 @xterm/headless@6.0.0
cat >main.cjs <<'JS'
const { Terminal } = require("@xterm/headless");
const { SerializeAddon } = require("@xterm/addon-serialize");
const texts = ["\x1b[38;2;1;2;3mcolor\x1b[0m", "\x1b[53mover\x1b[0m", "\x1b[4:3mcurly\x1b[0m", "\x1b[4;58;5;1mred\x1b[0m"];
texts.push("\x1b]8;;https://example.com\x07link\x1b]8;;\x07");
for (const text of texts) {
  const terminal = new Terminal({ cols: 20, rows: 1, allowProposedApi: true });
  const addon = new SerializeAddon();
  terminal.loadAddon(addon);
  terminal.write(text, () => console.log(JSON.stringify(addon.serialize()).replaceAll("\\u001b", "ESC")));
}
JS
node main.cjs | tee seen
expected='"ESC[38;2;1;2;3mcolorESC[0m"|"ESC[53moverESC[0m"|"ESC[4mcurlyESC[0m"|"ESC[4mredESC[0m"|"ESC[4mlinkESC[0m"|'
if [ "$(tr '\n' '|' <seen)" != "$expected" ]; then
  echo "changed: links or underlines are written otherwise"
  exit 1
fi
echo "as described: links and kinds of underlines are plain underlines"
