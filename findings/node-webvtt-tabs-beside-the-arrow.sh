#!/usr/bin/env bash
# node-webvtt can't read a cue whose times are separated from the arrow by a tab.
#
# Packages: node-webvtt 2.0.0 and webvtt-parser 2.2.0 (npm), on Node.js 20 or newer.
# Expected: W3C WebVTT, "cue timings": on both sides of the arrow stand one or more spaces or tabs.
# Seen: "Invalid cue timestamp" with a tab, and, not to be strict, no cue. webvtt-parser reads them without an error, and several spaces both do.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund node-webvtt@2.0.0 webvtt-parser@2.2.0
cat > main.cjs <<'JS'
const { parse } = require("node-webvtt");
const { WebVTTParser } = require("webvtt-parser");
for (const between of [" --> ", "\t-->\t", "  -->  ", " -->\t"]) {
  const text = `WEBVTT\n\n00:01.000${between}00:02.000\nhello\n`;
  const { cues, errors } = parse(text, { strict: false });
  const other = new WebVTTParser().parse(text, "metadata");
  console.log(JSON.stringify(between), cues.length, errors.map((one) => one.message).join(), other.cues.length, other.errors.length);
}
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
" --> " 1  1 0
"\t-->\t" 0 Invalid cue timestamp (cue #0) 1 0
"  -->  " 1  1 0
" -->\t" 0 Invalid cue timestamp (cue #0) 1 0
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: such times are read otherwise"
  exit 1
fi
echo "as described: a tab beside the arrow is an error"
