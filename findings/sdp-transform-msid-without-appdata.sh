#!/usr/bin/env bash
# sdp-transform writes "a=msid:a undefined" for a stream without a track's name.
#
# Package: sdp-transform 3.0.0 (npm), on Node.js 20 or newer.
# Expected: RFC 8830, 2: msid-value = msid-id [ SP msid-appdata ]: the second part may be left out. What is parsed and written again is the same line.
# Seen: "a=msid:a" is parsed right, and written as "a=msid:a undefined", a track called undefined. Written twice it stays so. No error.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund sdp-transform@3.0.0
cat > main.mjs <<'JS'
import { parse, write } from "sdp-transform";
const start = "v=0\r\no=- 1 0 IN IP4 192.0.2.1\r\ns=x\r\nt=0 0\r\n";
for (const line of ["a=msid:a b", "a=msid:a", "a=msid:-"]) {
  const read = start + (line.startsWith("m=") ? "" : "m=audio 54400 RTP/AVP 0\r\n") + line + "\r\n";
  console.log(line, "written:", JSON.stringify(write(parse(read)).split("\r\n").slice(line.startsWith("m=") ? 4 : 5, -1)));
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
a=msid:a b written: ["a=msid:a b"]
a=msid:a written: ["a=msid:a undefined"]
a=msid:- written: ["a=msid:- undefined"]
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: sdp-transform writes such streams otherwise"
  exit 1
fi
echo "as described: a track called undefined"
