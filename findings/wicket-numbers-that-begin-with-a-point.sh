#!/usr/bin/env bash
# wicket reads ".5" as 5 and "-.1278" as 1278 where it is the first number of a point, a line or points.
#
# Packages: wicket 1.3.8 and wkx 0.5.0 (npm), on Node.js 20 or newer.
# Expected: OGC 06-103r4 (Simple Features, part 1), 7.2.2: an exact number may begin with its point: `<decimal point><unsigned integer>`.
# Seen: POINT(-.1278 51.5), in London, has a longitude of 1278, and so it is written again. The sign goes with the point. The second number
#   suffers as well; a polygon's are right. There is no error.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund wicket@1.3.8 wkx@0.5.0
cat > main.cjs <<'JS'
const { Wkt } = require("wicket");
const wkx = require("wkx");
for (const text of ["POINT(-.1278 51.5)", "POINT(-0.1278 51.5)", "POINT(51.5 -.1278)", "LINESTRING(.5 1,2 3)", "POLYGON((.5 0,1 0,1 1,.5 0))"])
  console.log(text, new Wkt(text).write(), wkx.Geometry.parse(text).toWkt());
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
POINT(-.1278 51.5) POINT(1278 51.5) POINT(-0.1278 51.5)
POINT(-0.1278 51.5) POINT(-0.1278 51.5) POINT(-0.1278 51.5)
POINT(51.5 -.1278) POINT(51.5 1278) POINT(51.5 -0.1278)
LINESTRING(.5 1,2 3) LINESTRING(5 1,2 3) LINESTRING(0.5 1,2 3)
POLYGON((.5 0,1 0,1 1,.5 0)) POLYGON((0.5 0,1 0,1 1,0.5 0)) POLYGON((0.5 0,1 0,1 1,0.5 0))
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: such numbers are read otherwise"
  exit 1
fi
echo "as described: the point and the sign before it are lost"
