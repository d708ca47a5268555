#!/usr/bin/env bash
# android-string-resource writes a backslash bare, so that Android reads a line end in "C:\new", and "@home" as a reference.
#
# Package: android-string-resource 2.3.10 (npm), on Node.js 20 or newer.
# Expected: Android's guide "String resources", "Handle special characters": a backslash in a text is `\\`, and an "@" or "?" at its begin `\@` or `\?`; a space at
#   its begin or end stands in quotes. android-string-resource reads all of these.
# Seen: `js2asr` writes none of them. What it reads of `C:\\new` it writes as `C:\new`, of `\@home` as `@home`, which aapt2 takes for the name of a
#   resource, and of `"  kept  "` without the quotes, which its own reader cuts off.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund android-string-resource@2.3.10
cat > strings.xml <<'XML'
<resources>
<string name="folder">C:\\new</string>
<string name="mention">\@home</string>
<string name="question">\?x=1</string>
<string name="indent">"  kept  "</string>
<string name="quotes">It\'s \"here\"</string>
</resources>
XML
cat > main.cjs <<'JS'
const { asr2js, js2asr } = require("android-string-resource");
(async () => {
  const texts = await asr2js(require("fs").readFileSync("strings.xml", "utf8"));
  const written = await js2asr(texts);
  for (const line of written.match(/<string .*/g)) console.log(line);
  console.log(JSON.stringify(texts.indent), JSON.stringify((await asr2js(written)).indent));
})();
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
<string name="folder">C:\new</string>
<string name="mention">@home</string>
<string name="question">?x=1</string>
<string name="indent">  kept  </string>
<string name="quotes">It\'s \"here\"</string>
"  kept  " "kept"
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: texts are written otherwise"
  exit 1
fi
echo "as described: backslashes, signs and spaces are written bare"
