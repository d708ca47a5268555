#!/usr/bin/env bash
# hls-parser forgets that a stream has no closed captions: CLOSED-CAPTIONS=NONE is not written again.
#
# Package: hls-parser 0.16.1 (npm), on Node.js 20 or newer.
# Expected: RFC 8216, 4.3.4.2: NONE says "that there are no closed captions in any Variant Stream"; without the attribute a player may look for and offer
#   what is in the video. What `parse` reads and `stringify` writes is the same playlist.
# Seen: with NONE a variant's `closedCaptions` is an empty list as without the attribute, and the written playlist is without it. No error. A group of
#   captions is kept.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund hls-parser@0.16.1
cat > main.mjs <<'JS'
import hls from "hls-parser";
const media = '#EXT-X-MEDIA:TYPE=CLOSED-CAPTIONS,GROUP-ID="cc",NAME="English",INSTREAM-ID="CC1"\n';
for (const [tag, attribute] of [[media, ',CLOSED-CAPTIONS="cc"'], ["", ",CLOSED-CAPTIONS=NONE"], ["", ""]]) {
  const playlist = hls.parse(`#EXTM3U\n${tag}#EXT-X-STREAM-INF:BANDWIDTH=1280000${attribute}\nlow.m3u8\n`);
  console.log(attribute, playlist.variants[0].closedCaptions.length, hls.stringify(playlist).match(/#EXT-X-STREAM-INF.*/)[0]);
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
,CLOSED-CAPTIONS="cc" 1 #EXT-X-STREAM-INF:BANDWIDTH=1280000,CLOSED-CAPTIONS="cc"
,CLOSED-CAPTIONS=NONE 0 #EXT-X-STREAM-INF:BANDWIDTH=1280000
 0 #EXT-X-STREAM-INF:BANDWIDTH=1280000
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: hls-parser keeps NONE"
  exit 1
fi
echo "as described: none is like nothing said"
