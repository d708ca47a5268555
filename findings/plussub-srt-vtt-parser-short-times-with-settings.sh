#!/usr/bin/env bash
# @plussub/srt-vtt-parser finds no end of a cue whose times are without hours and followed by settings.
#
# Packages: @plussub/srt-vtt-parser 2.0.5 and webvtt-parser 2.2.0 (npm), on Node.js 20 or newer.
# Expected: WebVTT, "WebVTT cue timings": hours are left out where there are none, and a list of cue settings may follow the second time. So
#   `00:01.000 --> 00:04.000 align:start` is from 1 s to 4 s, as `00:01.000 --> 00:04.000` is.
# Seen: `to` is NaN. With hours (`00:00:01.000 --> 00:00:04.000 align:start`) or without settings it is 4000. No error. No
#   number is below NaN, so who asks for "from <= now && now < to" never shows the cue, and JSON has null for it.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @plussub/srt-vtt-parser@2.0.5 webvtt-parser@2.2.0
cat > main.mjs <<'JS'
import { parse } from "@plussub/srt-vtt-parser";
import webvtt from "webvtt-parser";
for (const timings of [
  "00:01.000 --> 00:04.000",
  "00:01.000 --> 00:04.000 align:start",
  "00:00:01.000 --> 00:00:04.000 align:start",
]) {
  const text = `WEBVTT\n\n${timings}\nHello\n`;
  const [{ to }] = parse(text).entries;
  const [{ endTime }] = new webvtt.WebVTTParser().parse(text).cues;
  console.log(`${timings}: ends at ${to}, for webvtt-parser at ${endTime * 1000}`);
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
00:01.000 --> 00:04.000: ends at 4000, for webvtt-parser at 4000
00:01.000 --> 00:04.000 align:start: ends at NaN, for webvtt-parser at 4000
00:00:01.000 --> 00:00:04.000 align:start: ends at 4000, for webvtt-parser at 4000
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: @plussub/srt-vtt-parser reads such timings otherwise"
  exit 1
fi
echo "as described: a cue without an end"
