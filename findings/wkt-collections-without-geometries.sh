#!/usr/bin/env bash
# @terraformer/wkt and @loaders.gl/wkt write an empty collection as "GEOMETRYCOLLECTION()", which GEOS cannot read.
#
# Packages: @terraformer/wkt 2.2.2, @loaders.gl/wkt 4.5.2 with @loaders.gl/core 4.5.2, beside wkx 0.5.0 (npm), on Node.js 20 or newer; shapely 2.2.0 (PyPI).
# Expected: RFC 7946, 3.1.8: the list of a GeometryCollection's geometries may be empty. OGC 06-103r4, 7.2.2: an empty set is `EMPTY`, and parentheses have at
#   least one member in them.
# Seen: "GEOMETRYCOLLECTION()" and "GEOMETRYCOLLECTION ()". Terraformer, which writes an empty line as "LINESTRING EMPTY", ends with "Unable to
#   parse" at its own text. shapely, which has GEOS read it, ends with a ParseException at both. wkx writes "GEOMETRYCOLLECTION EMPTY".
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @terraformer/wkt@2.2.2 @loaders.gl/wkt@4.5.2 @loaders.gl/core@4.5.2 wkx@0.5.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check shapely==2.2.0
cat > main.mjs <<'JS'
import { appendFileSync } from "node:fs";
import { createRequire } from "node:module";
import { WKTLoader, WKTWriter } from "@loaders.gl/wkt";
import wkx from "wkx";
const { geojsonToWKT, wktToGeoJSON } = createRequire(import.meta.url)("@terraformer/wkt");
const nothing = { type: "GeometryCollection", geometries: [] };
const libraries = {
  terraformer: [geojsonToWKT, wktToGeoJSON],
  loaders: [(one) => WKTWriter.encodeTextSync(one), (text) => WKTLoader.parseTextSync(text)],
  wkx: [(one) => wkx.Geometry.parseGeoJSON(one).toWkt(), (text) => wkx.Geometry.parse(text).toGeoJSON()],
};
for (const [name, [write, read]] of Object.entries(libraries)) {
  const text = write(nothing);
  let back;
  try {
    back = JSON.stringify(read(text));
  } catch (error) {
    back = error.message.split(":")[0];
  }
  console.log(name, "|", text, "|", back);
  appendFileSync("texts", `${text}\n`);
}
JS
node main.mjs | tee seen
venv/bin/python - <<'PYTHON' | tee -a seen
from pathlib import Path

import shapely

for text in Path("texts").read_text().splitlines():
    try:
        print("shapely", "|", text, "|", shapely.from_wkt(text))
    except shapely.errors.GEOSException as error:
        print("shapely", "|", text, "|", error)
PYTHON
cat > expected <<'EXPECTED'
terraformer | GEOMETRYCOLLECTION() | Unable to parse
loaders | GEOMETRYCOLLECTION () | {"type":"GeometryCollection","geometries":[]}
wkx | GEOMETRYCOLLECTION EMPTY | {"type":"GeometryCollection","geometries":[]}
shapely | GEOMETRYCOLLECTION() | ParseException: Unknown type: ')'
shapely | GEOMETRYCOLLECTION () | ParseException: Unknown type: ')'
shapely | GEOMETRYCOLLECTION EMPTY | GEOMETRYCOLLECTION EMPTY
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: an empty collection is written otherwise"
  exit 1
fi
echo "as described: GEOS cannot read their empty collections"
