#!/usr/bin/env bash
# css-color-converter rounds the transparency of a hexadecimal color to one digit: #ff8800aa becomes #ff8800b2.
#
# Package: css-color-converter 2.0.0 (npm), on Node.js 20 or newer.
# Expected: CSS Color 4, hexadecimal notations: the last two digits are the alpha channel, 00 for 0 and ff for 1; aa is 0.667. Its part on serializing says how a browser writes it: so that the
#   same eight bits come out again.
# Seen: `fromString("#ff8800aa").toHexString()` is "#ff8800b2", and its alpha 0.7; "#ff880080" is "#ff88007f". Of `rgba()` the value is kept: 0.667 is written
#   as aa.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund css-color-converter@2.0.0
cat > main.mjs <<'JS'
import { fromString } from "css-color-converter";
for (const text of ["#ff8800aa", "#f80a", "#ff880080", "#ff880008", "rgba(255, 136, 0, 0.667)"]) {
  const color = fromString(text);
  console.log(text, color.toHexString(), color.toRgbString());
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
#ff8800aa #ff8800b2 rgba(255, 136, 0, 0.7)
#f80a #ff8800b2 rgba(255, 136, 0, 0.7)
#ff880080 #ff88007f rgba(255, 136, 0, 0.5)
#ff880008 #ff880007 rgba(255, 136, 0, 0.03)
rgba(255, 136, 0, 0.667) #ff8800aa rgba(255, 136, 0, 0.667)
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: the transparency is rounded otherwise"
  exit 1
fi
echo "as described: one digit of the transparency is kept"
