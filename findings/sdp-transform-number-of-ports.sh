#!/usr/bin/env bash
# sdp-transform cannot read a media line that counts its ports, and writes "m=undefined NaN undefined" for it.
#
# Package: sdp-transform 3.0.0 (npm), on Node.js 20 or newer.
# Expected: RFC 8866, 5.14: "m=<media> <port>/<number of ports> <proto> <fmt>": "m=video 49170/2 RTP/AVP 31" asks for two pairs of ports. What is parsed
#   and written again is the same description.
# Seen: the whole line is lost, not only the number: `parse` gives a medium without type, port, protocol and payloads, `write` makes
#   "m=undefined NaN undefined " of it. No error.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund sdp-transform@3.0.0
cat > main.mjs <<'JS'
import { parse, write } from "sdp-transform";
const start = "v=0\r\no=- 1 0 IN IP4 192.0.2.1\r\ns=x\r\nt=0 0\r\n";
for (const line of ["m=video 49170 RTP/AVP 31", "m=video 49170/2 RTP/AVP 31", "m=audio 54400/1 RTP/AVP 0 96"]) {
  const read = start + (line.startsWith("m=") ? "" : "m=audio 54400 RTP/AVP 0\r\n") + line + "\r\n";
  console.log(line, "written:", JSON.stringify(write(parse(read)).split("\r\n").slice(line.startsWith("m=") ? 4 : 5, -1)));
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
m=video 49170 RTP/AVP 31 written: ["m=video 49170 RTP/AVP 31"]
m=video 49170/2 RTP/AVP 31 written: ["m=undefined NaN undefined "]
m=audio 54400/1 RTP/AVP 0 96 written: ["m=undefined NaN undefined "]
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: sdp-transform reads such lines otherwise"
  exit 1
fi
echo "as described: a medium called undefined"
