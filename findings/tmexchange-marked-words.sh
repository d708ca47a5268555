#!/usr/bin/env bash
# tmexchange takes marked words and codes out of their sentence, and cannot write such a sentence again.
#
# Package: tmexchange 2.0.6 (npm), on Node.js 20 or newer.
# Expected: TMX 1.4b, "Content markup": a segment may have `<hi>`, `<bpt>`, `<ept>`, `<ph>`, `<it>` within its text, and all tools for translation write them: they
#   stand for what is bold, or a placeholder. The README: tmx2js and js2tmx.
# Seen: "Press <hi>Enter</hi> now" is `{"_":"Press  now","hi":["Enter"]}`: where the word stood is lost; a sentence with two has the same as one with these in
#   another order. `js2tmx` of what `tmx2js` gave ends with "replace is not a function".
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund tmexchange@2.0.6
cat > main.cjs <<'JS'
const { js2tmx, tmx2js } = require("tmexchange");
const file = (segment) => `<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/>
<body><tu tuid="key"><tuv xml:lang="en"><seg>${segment}</seg></tuv></tu></body></tmx>`;
(async () => {
  for (const segment of ["Press Enter now", "Press <hi>Enter</hi> now", '<ph x="1"/> of <ph x="2"/>', '<ph x="1"/><ph x="2"/> of ']) {
    const read = await tmx2js(file(segment));
    console.log(JSON.stringify(read.resources.key.en));
    try {
      console.log((await js2tmx(read)).match(/<seg>.*/)[0]);
    } catch (error) {
      console.log(error.message.split(".").pop());
    }
  }
})();
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
"Press Enter now"
<seg>Press Enter now</seg>
{"_":"Press  now","hi":["Enter"]}
replace is not a function
{"_":" of ","ph":[{"$":{"x":"1"}},{"$":{"x":"2"}}]}
replace is not a function
{"_":" of ","ph":[{"$":{"x":"1"}},{"$":{"x":"2"}}]}
replace is not a function
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: marked words are read otherwise"
  exit 1
fi
echo "as described: the place of marked words is lost"
