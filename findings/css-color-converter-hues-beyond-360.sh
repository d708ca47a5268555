#!/usr/bin/env bash
# css-color-converter makes a pink of `hsl(450, 50%, 50%)`, a green: hues beyond 360 get other colors, and negative ones none.
#
# Packages: css-color-converter 2.0.0 and colord 2.9.3 (npm), on Node.js 20 or newer.
# Expected: CSS Color 4, the syntax of hues: a hue is an angle of a circle, and any number of turns is the same: 450 is 90, -270 as well.
# Seen: 450 is #bf3f7f, 90 is #7fbf3f; 720 and 360 are the same red. Of -270 `fromString` gives null. And of the pink `toHslString` says hsl(-30, …), which it
#   cannot read.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund css-color-converter@2.0.0 colord@2.9.3
cat > main.mjs <<'JS'
import { fromString } from "css-color-converter";
import { colord } from "colord";
for (const hue of [90, 450, -270, 20, 380]) {
  const text = `hsl(${hue}, 50%, 50%)`;
  console.log(text, fromString(text)?.toHexString() ?? null, colord(text).toHex());
}
const pink = fromString("rgb(191, 63, 127)").toHslString();
console.log(pink, fromString(pink));
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
hsl(90, 50%, 50%) #7fbf3f #80bf40
hsl(450, 50%, 50%) #bf3f7f #80bf40
hsl(-270, 50%, 50%) null #80bf40
hsl(20, 50%, 50%) #bf6a3f #bf6a40
hsl(380, 50%, 50%) #bf3f6a #bf6a40
hsl(-30, 50.39370078740157%, 49.80392156862745%) null
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: such hues are read otherwise"
  exit 1
fi
echo "as described: another color where the hue is beyond 360"
