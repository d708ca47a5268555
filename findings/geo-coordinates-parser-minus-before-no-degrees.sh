#!/usr/bin/env bash
# geo-coordinates-parser puts London east of Greenwich: a minus sign before 0 degrees has no effect on the minutes.
#
# Package: geo-coordinates-parser 1.7.4 (npm), on Node.js 20 or newer.
# Expected: its README has signs among the formats that it supports ("40° 26.7717 -79° 56.93172"). A sign is that of the whole value, minutes and
#   seconds with it, as the same text with -1 degree shows.
# Seen: "51°30′26″, -0°7′39″" is 51.50722, 0.1275, without an error; so are degrees with decimal minutes, and latitudes just south of the equator.
#   With -1 degree, with a letter for the side, or as decimal degrees it is right.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund geo-coordinates-parser@1.7.4
cat > main.mjs <<'JS'
import { convert } from "geo-coordinates-parser";
for (const text of ["51°30′26″, -0°7′39″", "51°30.44′, -0°7.66′", "-0°30′0″, 36°49′0″", "-1°30′0″, 36°49′0″", "51°30′26″N, 0°7′39″W"]) {
  const { decimalLatitude, decimalLongitude } = convert(text, 5);
  console.log(text, "=", decimalLatitude, decimalLongitude);
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
51°30′26″, -0°7′39″ = 51.50722 0.1275
51°30.44′, -0°7.66′ = 51.50733 0.12767
-0°30′0″, 36°49′0″ = 0.5 36.81667
-1°30′0″, 36°49′0″ = -1.5 36.81667
51°30′26″N, 0°7′39″W = 51.50722 -0.1275
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: such signs are read otherwise"
  exit 1
fi
echo "as described: the sign of no degrees is lost"
