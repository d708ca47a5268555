#!/usr/bin/env bash
# @loaders.gl/wkt reads nothing of a geometry of several parts that is marked with Z: "MULTIPOLYGON Z (…)" has no polygons.
#
# Packages: @loaders.gl/wkt 4.5.2 with @loaders.gl/core 4.5.2, beside wkx 0.5.0 (npm), on Node.js 20 or newer; shapely 2.2.0 (PyPI) writes the text.
# Expected: OGC 06-103r4 (Simple Features, part 1), 7.2: "MULTIPOLYGON Z (((…)))" and "MULTILINESTRING Z ((…))" are how these with three coordinates
#   are written, and so GEOS, PostGIS and shapely write them.
# Seen: `{"type":"MultiPolygon","coordinates":[]}`, without an error. POLYGON Z, LINESTRING Z and MULTIPOINT Z are read, and so is the old way, three
#   numbers without the Z.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @loaders.gl/wkt@4.5.2 @loaders.gl/core@4.5.2 wkx@0.5.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check shapely==2.2.0
venv/bin/python - > texts <<'PYTHON'
from shapely import LineString, MultiLineString, MultiPolygon, Polygon

line = LineString([(1, 2, 3), (4, 5, 6)])
area = Polygon([(0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 0, 1)])
for one in (line, MultiLineString([line]), area, MultiPolygon([area])):
    print(one.wkt)
print(MultiPolygon([area]).wkt.replace(" Z", ""))
PYTHON
cat > main.mjs <<'JS'
import { readFileSync } from "node:fs";
import { WKTLoader } from "@loaders.gl/wkt";
import wkx from "wkx";
for (const text of readFileSync("texts", "utf8").trim().split("\n")) {
  const other = text.includes(" Z") ? JSON.stringify(wkx.Geometry.parse(text).toGeoJSON().coordinates) : "-";
  console.log(text.slice(0, text.indexOf("(")), JSON.stringify(WKTLoader.parseTextSync(text).coordinates), other);
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
LINESTRING Z  [[1,2,3],[4,5,6]] [[1,2,3],[4,5,6]]
MULTILINESTRING Z  [] [[[1,2,3],[4,5,6]]]
POLYGON Z  [[[0,0,1],[1,0,1],[1,1,1],[0,0,1]]] [[[0,0,1],[1,0,1],[1,1,1],[0,0,1]]]
MULTIPOLYGON Z  [] [[[[0,0,1],[1,0,1],[1,1,1],[0,0,1]]]]
MULTIPOLYGON  [[[[0,0,1],[1,0,1],[1,1,1],[0,0,1]]]] -
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: these are read otherwise"
  exit 1
fi
echo "as described: nothing is left of several parts with heights"
