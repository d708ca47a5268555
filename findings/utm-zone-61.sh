#!/usr/bin/env bash
# utm puts the 180th meridian into zone 61, of sixty, and cannot read what it wrote.
#
# Packages: utm 1.1.1 (npm), on Node.js 20 or newer; utm 0.9.0 (PyPI), whose port it is.
# Expected: there are 60 zones of six degrees from 180° W to 180° E, and both are the same meridian. Python's package has 180° E in zone 1, with the
#   same easting.
# Seen: `fromLatLon(-17, 180)`, in Fiji, gives `zoneNum: 61`, and `toLatLon` of that ends with "zone number out of range (must be between 1 and 60)".
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund utm@1.1.1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check utm==0.9.0
cat > main.cjs <<'JS'
const { fromLatLon, toLatLon } = require("utm");
for (const longitude of [180, -180]) {
  const { easting, northing, zoneNum, zoneLetter } = fromLatLon(-17, longitude);
  console.log(zoneNum, zoneLetter, Math.round(easting), Math.round(northing));
  try {
    console.log(toLatLon(easting, northing, zoneNum, zoneLetter).latitude.toFixed(3));
  } catch (error) {
    console.log(error.message);
  }
}
JS
node main.cjs | tee seen
venv/bin/python -c '
from utm import from_latlon
for longitude in (180, -180):
    easting, northing, number, letter = from_latlon(-17, longitude)
    print("python:", number, letter, round(easting), round(northing))' | tee -a seen
cat > expected <<'EXPECTED'
61 K 180548 8117998
zone number out of range (must be between 1 and 60)
1 K 180548 8117998
-17.000
python: 1 K 180548 8117998
python: 1 K 180548 8117998
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: the meridian is in another zone"
  exit 1
fi
echo "as described: the 180th meridian is in zone 61"
