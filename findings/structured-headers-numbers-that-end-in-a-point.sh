#!/usr/bin/env bash
# structured-headers writes a number that is nearly whole, such as 0.9999, as "1.", which no reader of the format takes.
#
# Packages: structured-headers 2.1.0 (npm), on Node.js 20 or newer; http-sf 1.5.0 (PyPI).
# Expected: RFC 9651, "Serializing a Decimal": the number is rounded to three digits after the point, and "if input_decimal's fractional component is
#   zero, append "0" to output". So 0.9999 is written as "1.0" and 0.0004 as "0.0"; "Parsing an Integer or Decimal" fails where the last character is a point.
# Seen: the zeros at the end are taken away after the rounding and none is put back: "1.", "12." and "0.". No error. One such value makes the
#   whole field unreadable, for http-sf and for structured-headers itself ("Decimal cannot end on a period"), and a receiver has to
#   ignore the field. Every number within half a thousandth of a whole one gives this, as durations and weights do by chance.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund structured-headers@2.1.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check http-sf==1.5.0
cat > main.mjs <<'JS'
import { parseDictionary, serializeDictionary } from "structured-headers";
const written = serializeDictionary({ total: 12.5, render: 12.0003, weight: 0.9999, wait: 0.0004 });
console.log(written);
try {
  console.log("itself:", parseDictionary(written).size);
} catch (error) {
  console.error("itself:", error.message);
}
JS
cat > main.py <<'PYTHON'
import sys

from http_sf import parse, ser

print("http-sf writes:", ser({"total": 12.5, "render": 12.0003, "weight": 0.9999, "wait": 0.0004}))
try:
    print("http-sf reads", len(parse(sys.stdin.read().strip().encode(), tltype="dictionary")))
except ValueError as error:
    print("http-sf reads nothing:", error)
PYTHON
node main.mjs | tee seen
venv/bin/python main.py < seen | tee --append seen
cat > expected <<'EXPECTED'
total=12.5, render=12., weight=1., wait=0.
http-sf writes: total=12.5, render=12.0, weight=1.0, wait=0.0
http-sf reads nothing: Decimal ends in '.' at position 21 (in 'render')
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: structured-headers writes such numbers otherwise"
  exit 1
fi
echo "as described: decimals without a digit after the point"
