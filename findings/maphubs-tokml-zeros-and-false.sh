#!/usr/bin/env bash
# @maphubs/tokml writes the properties 0 and false of a GeoJSON feature as empty values, where tokml, whose fork it is, writes them.
#
# Packages: @maphubs/tokml 0.6.1 and tokml 0.4.0 (npm), on Node.js 20 or newer.
# Expected: OGC KML 2.3, `<Data>`: the value is the text of `<value>`. tokml writes "0" and "false".
# Seen: the ground floor, 0, and a door that is not open have no value in the KML, like a property that is null. Other numbers, true and the text "0" are
#   written.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @maphubs/tokml@0.6.1 tokml@0.4.0
cat > main.cjs <<'JS'
const feature = {
  type: "Feature",
  properties: { floor: 0, open: false, beds: 5, lift: true, code: "0" },
  geometry: { type: "Point", coordinates: [1, 2] },
};
for (const name of ["@maphubs/tokml", "tokml"])
  console.log(name, ...require(name)(feature).match(/<Data.*?<\/Data>/g).map((one) => one.replace(/<Data name="(.*?)"><value>(.*?)<.*/, "$1=$2")));
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
@maphubs/tokml floor= open= beds=5 lift=true code=0
tokml floor=0 open=false beds=5 lift=true code=0
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: such properties are written otherwise"
  exit 1
fi
echo "as described: 0 and false are written as nothing"
