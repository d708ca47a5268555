#!/usr/bin/env bash
# pysubs2 knows no escapes of WebVTT: "Tom &amp; Jerry" is shown so in other formats, and "a < b" of SubRip is cut off in WebVTT.
#
# Packages: pysubs2 1.8.1 (PyPI); webvtt-parser 2.2.0 (npm), on Node.js 20 or newer, reads what it writes.
# Expected: W3C WebVTT, "cue text": in a cue's text "&" and "<" are written `&amp;` and `&lt;`; behind "<" the reader looks for a tag. SubRip and ASS know no such escapes.
# Seen: from WebVTT to SubRip and ASS the escapes stay, to be read by people; to TTML they are escaped twice. From SubRip to WebVTT "<" is written bare, and
#   nothing behind it is shown.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund webvtt-parser@2.2.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pysubs2==1.8.1
cat > main.py <<'PYTHON'
from pathlib import Path

from pysubs2 import SSAFile

times = "00:00:01.000 --> 00:00:02.000"
file = SSAFile.from_string(f"WEBVTT\n\n{times}\nTom &amp; Jerry\n", format_="vtt")
print(file.to_string("srt").splitlines()[2])
print(file.to_string("ass").splitlines()[-1].rpartition(",")[2])
print(*(line.strip() for line in file.to_string("ttml").splitlines() if "Jerry" in line))
file = SSAFile.from_string(f"1\n{times.replace('.', ',')}\nif a <b and c\n", format_="srt")
Path("written.vtt").write_text(file.to_string("vtt"))
PYTHON
venv/bin/python main.py | tee seen
node -e '
const { WebVTTParser } = require("webvtt-parser");
const text = require("fs").readFileSync("written.vtt", "utf8");
console.log(text.trim().split("\n").pop());
const tree = new WebVTTParser().parse(text, "metadata").cues[0].tree;
const words = (node) => (node.children ?? []).map((one) => (one.type === "text" ? one.value : words(one))).join("");
console.log(JSON.stringify(words(tree)));' | tee -a seen
cat > expected <<'EXPECTED'
Tom &amp; Jerry
Tom &amp; Jerry
<p begin="00:00:01.000" end="00:00:02.000" style="Default">Tom &amp;amp; Jerry</p>
if a <b and c
"if a "
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: escapes are read or written otherwise"
  exit 1
fi
echo "as described: the escapes of WebVTT are neither read nor written"
