#!/usr/bin/env bash
# svgpath drops a transformation whose numbers touch: "translate(10-20)" moves nothing, "scale(.5.25)" shrinks everything to a point.
#
# Packages: svgpath 2.6.0 (npm), on Node.js 20 or newer.
# Expected: CSS Transforms 1, "SVG transform attribute" (#svg-syntax): between two numbers stands `comma-wsp?`, so none is needed where a sign or a point
#   begins the next; a line end is white space too. In paths svgpath reads such numbers.
# Seen: "translate(10-20)", "rotate(45 5-5)", "matrix(1 0 0 1 10-20)" and what has its numbers on two lines leave the path as it was; of "scale(.5.25)" is
#   all at 0. `err` stays empty, and nothing is thrown. SVG cleaners write numbers so.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund svgpath@2.6.0
cat > main.mjs <<'JS'
import svgpath from "svgpath";
for (const text of ["translate(10 -20)", "translate(10-20)", "scale(.5 .25)", "scale(.5.25)", "rotate(90 5 -5)", "rotate(90 5-5)", "matrix(1 0 0 1 10-20)", "translate(10\n20)"]) {
  const path = svgpath("M1 1L2 2").transform(text);
  console.log(JSON.stringify(text), path.round(3).toString(), JSON.stringify(path.err));
}
console.log("as a path:", svgpath("M10-20L.5.25").toString());
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
"translate(10 -20)" M11-19L12-18 ""
"translate(10-20)" M1 1L2 2 ""
"scale(.5 .25)" M0.5 0.25L1 0.5 ""
"scale(.5.25)" M0 0L0 0 ""
"rotate(90 5 -5)" M-1-9L-2-8 ""
"rotate(90 5-5)" M1 1L2 2 ""
"matrix(1 0 0 1 10-20)" M1 1L2 2 ""
"translate(10\n20)" M1 1L2 2 ""
as a path: M10-20L0.5 0.25
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: svgpath reads such transformations otherwise"
  exit 1
fi
echo "as described: a transformation without an effect"
