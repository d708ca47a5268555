#!/usr/bin/env bash
# pluscodes writes codes for the North Pole that are none, and reads none in small letters.
#
# Packages: pluscodes 3.0.1 and open-location-code 1.0.3 (npm), on Node.js 20 or newer.
# Expected: the specification of Open Location Codes, which the README names: a latitude of 90 is lowered by the height of the code's area before
#   it is encoded, so that the first digit is one of "2" to "C"; and codes are not case-sensitive: they are turned to capitals to decode.
# Seen: 90° N, 1° E is "FF232222+22", which open-location-code calls invalid; pluscodes decodes it to a latitude of 90.000063. `decode("8fvc9g8f+6w")` and
#   `expand("9g8f+6w", …)` are null, where capitals are Zurich.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund pluscodes@3.0.1 open-location-code@1.0.3
cat > main.cjs <<'JS'
const { OpenLocationCode } = require("open-location-code");
const { decode, encode, expand } = require("pluscodes");
const reference = new OpenLocationCode();
const pole = encode({ latitude: 90, longitude: 1 });
console.log(pole, reference.isValid(pole) && reference.isFull(pole), decode(pole).latitude, reference.encode(90, 1));
for (const code of ["8FVC9G8F+6W", "8fvc9g8f+6w"]) console.log(code, decode(code)?.latitude ?? null, reference.decode(code).latitudeCenter.toFixed(6));
for (const code of ["9G8F+6W", "9g8f+6w"]) console.log(code, expand(code, { latitude: 47.4, longitude: 8.6 }), reference.recoverNearest(code, 47.4, 8.6));
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
FF232222+22 false 90.000063 CFX3X2X2+X2
8FVC9G8F+6W 47.365562 47.365562
8fvc9g8f+6w null 47.365562
9G8F+6W 8FVC9G8F+6W 8FVC9G8F+6W
9g8f+6w null 8FVC9G8F+6W
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: it writes and reads such codes otherwise"
  exit 1
fi
echo "as described: no code of the North Pole, none in small letters"
