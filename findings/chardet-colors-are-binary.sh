#!/usr/bin/env bash
# chardet takes a line with a color of a terminal for a binary file.
#
# Packages: chardet 7.7.0.
# Expected: its documentation has `mime_type` tell text from binary files, and names ASCII among the encodings. A line that a
#   compiler prints in color is ASCII throughout: ECMA-48 puts colors into text as ESC, `[`, digits and `m`.
# Seen: no encoding, and "application/octet-stream" with a confidence of 0.95. The same line without colors is ASCII. In a long
#   text with few colors there is a guess again, but then "Windows-1252" with a confidence of some 0.1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check chardet==7.7.0
venv/bin/python - <<'PY' | tee seen
import chardet
plain = b"error: cannot open file\n"
colored = b"\x1b[31merror\x1b[0m: cannot open file\n"
assert colored.isascii()
for text in (plain, colored, colored + plain * 40):
    found = chardet.detect(text)
    print(found["encoding"], found["mime_type"], "sure" if found["confidence"] >= 0.9 else "not sure")
PY
if [ "$(tr '\n' '|' <seen)" != "ascii text/plain sure|None application/octet-stream sure|Windows-1252 text/plain not sure|" ]; then
  echo "changed: colored text is told otherwise"
  exit 1
fi
echo "as described: a colored line is a binary file, and it is sure of that"
