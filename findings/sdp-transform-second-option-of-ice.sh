#!/usr/bin/env bash
# sdp-transform keeps the first option of ICE and drops the others.
#
# Package: sdp-transform 3.0.0 (npm), on Node.js 20 or newer.
# Expected: RFC 8839, 5.6: "ice-options:" ice-option-tag *(SP ice-option-tag): several tags in one line, as in "a=ice-options:trickle ice2", which RFC 8839
#   itself demands ("ice2") beside the "trickle" of RFC 8838.
# Seen: "a=ice-options:trickle ice2" is read as `iceOptions: "trickle"` and written "a=ice-options:trickle"; of "ice2 trickle" only "ice2" stays, and whoever
#   looks for trickling does not find it. No error.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund sdp-transform@3.0.0
cat > main.mjs <<'JS'
import { parse, write } from "sdp-transform";
const start = "v=0\r\no=- 1 0 IN IP4 192.0.2.1\r\ns=x\r\nt=0 0\r\n";
for (const line of ["a=ice-options:trickle", "a=ice-options:trickle ice2", "a=ice-options:ice2 trickle"]) {
  const read = start + (line.startsWith("m=") ? "" : "m=audio 54400 RTP/AVP 0\r\n") + line + "\r\n";
  console.log(line, "written:", JSON.stringify(write(parse(read)).split("\r\n").slice(line.startsWith("m=") ? 4 : 5, -1)));
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
a=ice-options:trickle written: ["a=ice-options:trickle"]
a=ice-options:trickle ice2 written: ["a=ice-options:trickle"]
a=ice-options:ice2 trickle written: ["a=ice-options:ice2"]
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: sdp-transform reads several options"
  exit 1
fi
echo "as described: one option of two"
