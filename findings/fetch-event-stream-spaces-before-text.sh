#!/usr/bin/env bash
# fetch-event-stream takes all spaces at the begin of an event's text away, so that streamed words run together and code loses its indents.
#
# Packages: fetch-event-stream 0.1.6 and eventsource-parser 3.1.1 (npm), on Node.js 20 or newer; sse-starlette 3.7.0 (PyPI) writes the stream.
# Expected: HTML, "Interpreting an event stream": "If value starts with a U+0020 SPACE character, remove it from value": one. So `data:  world`, which a
#   server writes for the text " world", is " world".
# Seen: it is "world". An answer that a model gives in pieces, "Hello", " world", is "Helloworld"; of Python in several lines every indent is
#   gone. No error. eventsource-parser and browsers keep what is after the one space.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fetch-event-stream@0.1.6 eventsource-parser@3.1.1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check sse-starlette==3.7.0
cat > write.py <<'PYTHON'
from pathlib import Path

from sse_starlette import ServerSentEvent

texts = ("Hello", " world", "if ready:\n    start()\n    wait()")
Path("stream").write_bytes(b"".join(ServerSentEvent(data=text).encode() for text in texts))
PYTHON
cat > main.mjs <<'JS'
import { readFileSync } from "node:fs";
import { createParser } from "eventsource-parser";
import { events } from "fetch-event-stream";
const stream = readFileSync("stream", "utf8");
const kept = [];
createParser({ onEvent: ({ data }) => kept.push(data) }).feed(stream);
console.log("eventsource-parser:", JSON.stringify(kept));
const read = [];
for await (const { data } of events(new Response(stream))) read.push(data);
console.log("fetch-event-stream:", JSON.stringify(read));
JS
venv/bin/python write.py
node main.mjs | tee seen
cat > expected <<'EXPECTED'
eventsource-parser: ["Hello"," world","if ready:\n    start()\n    wait()"]
fetch-event-stream: ["Hello","world","if ready:\nstart()\nwait()"]
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: fetch-event-stream reads such events otherwise"
  exit 1
fi
echo "as described: text without its spaces"
