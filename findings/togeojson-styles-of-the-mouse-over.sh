#!/usr/bin/env bash
# togeojson gives a place the style that is meant for the mouse over it, or none, after how its StyleMap is written.
#
# Packages: @tmcw/togeojson 7.1.3 and @xmldom/xmldom 0.9.12 (npm), on Node.js 20 or newer.
# Expected: OGC KML 2.2 (07-147r2), "kml:StyleMap" and "kml:Pair": a pair has the key "normal" or "highlight", and names a style or holds one. A
#   place is drawn with "normal"; the pairs may come in either order. README, "KML": styles are supported.
# Seen: the key is not looked at. Where the pair "highlight" comes first, the line has the highlight's green instead of the red; where the pair holds its
#   <Style>, the line has no colour at all. Only a file with "normal" first and both by their addresses comes out right.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @tmcw/togeojson@7.1.3 @xmldom/xmldom@0.9.12
cat > main.mjs <<'JS'
import { kml } from "@tmcw/togeojson";
import { DOMParser } from "@xmldom/xmldom";
const style = (color, id = "") => `<Style${id}><LineStyle><color>${color}</color></LineStyle></Style>`;
const styles = style("ff0000ff", ' id="red"') + style("ff00ff00", ' id="green"');
const pair = (key, content) => `<Pair><key>${key}</key>${content}</Pair>`;
const show = (name, ...pairs) => {
  const map = `<StyleMap id="map">${pairs.join("")}</StyleMap>`;
  const line = "<LineString><coordinates>1,2 3,4</coordinates></LineString>";
  const place = `<Placemark><styleUrl>#map</styleUrl>${line}</Placemark>`;
  const source = `<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${styles}${map}${place}</Document></kml>`;
  const [feature] = kml(new DOMParser().parseFromString(source, "text/xml")).features;
  console.log(`${name}:`, feature.properties.stroke);
};
const normal = pair("normal", "<styleUrl>#red</styleUrl>");
const highlight = pair("highlight", "<styleUrl>#green</styleUrl>");
show("normal first", normal, highlight);
show("highlight first", highlight, normal);
show("styles within", pair("normal", style("ff0000ff")), pair("highlight", style("ff00ff00")));
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
normal first: #ff0000
highlight first: #00ff00
styles within: undefined
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: togeojson reads such maps of styles otherwise"
  exit 1
fi
echo "as described: another colour or none"
