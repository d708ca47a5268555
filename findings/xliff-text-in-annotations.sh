#!/usr/bin/env bash
# xliff loses the words that are marked in XLIFF 2: of "Press <mrk …>Enter</mrk> now" the key is gone.
#
# Package: xliff 6.4.0 (npm), on Node.js 20 or newer.
# Expected: XLIFF 2.0, inline elements: `<mrk>` marks a part of the text, as a term or as not to be translated; what is in it is text of the source. The README has
#   inline elements of both versions, and reads those of XLIFF 1.2 with what is in them.
# Seen: `xliff2js` gives "" for it, without an error, so that "Press  now" is left. `<pc>` keeps its text, and so does `<mrk>` of XLIFF 1.2. A `<cp hex="001A"/>`,
#   a character that XML cannot hold, is lost as well.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund xliff@6.4.0
cat > main.cjs <<'JS'
const { xliff12ToJs, xliff2js } = require("xliff");
const two = (source) => `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en"><file id="f"><unit id="u"><segment>
<source>${source}</source></segment></unit></file></xliff>`;
const one = (source) => `<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file original="f" datatype="plaintext" source-language="en"><body>
<trans-unit id="u"><source>${source}</source></trans-unit></body></file></xliff>`;
(async () => {
  for (const source of ['Press <mrk id="1" translate="no">Enter</mrk> now', 'Press <pc id="1">Enter</pc> now', 'a<cp hex="001A"/>b']) {
    const read = await xliff2js(two(source));
    console.log(JSON.stringify(read.resources.f.u.source));
  }
  const read = await xliff12ToJs(one('Press <mrk mtype="protected">Enter</mrk> now'));
  console.log(JSON.stringify(read.resources.f.u.source));
})();
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
["Press ",""," now"]
["Press ",{"Span":{"id":"1","contents":"Enter"}}," now"]
["a","","b"]
["Press ",{"Marker":{"mtype":"protected","contents":"Enter"}}," now"]
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: marked text is read otherwise"
  exit 1
fi
echo "as described: marked text is lost"
