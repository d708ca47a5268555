#!/usr/bin/env bash
# strings-file reads `\n` in a .strings file as a backslash and an n, and writes backslashes so that Apple's tools read others for them.
#
# Package: strings-file 0.0.5 (npm), on Node.js 20 or newer.
# Expected: Apple's "String Resources": a backslash comes before a quote, a backslash, and the letters of control characters, such as `\n`, in values and
#   keys; `\U` and four digits are a character.
# Seen: the escape of a quote alone is read and written, and that in values. "one\ntwo" is shown as it stands; `compile` of C:\new gives "C:\new", which has a
#   line end in it for others, and of a value that ends with a backslash a text whose end is missing. A key's quotes are written bare.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund strings-file@0.0.5
cat > de.strings <<'STRINGS'
"note" = "one\ntwo \"three\" C:\\ caf\U00e9";
STRINGS
cat > main.cjs <<'JS'
const { compile, parse } = require("strings-file");
console.log(parse(require("fs").readFileSync("de.strings", "utf8")).note);
console.log(compile({ folder: "C:\\new", quote: 'a "b"' }).trim());
console.log(compile({ root: "C:\\" }).trim());
console.log(compile({ 'Delete "%@"?': "x" }).trim());
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
one\ntwo "three" C:\\ caf\U00e9
"folder" = "C:\new";

"quote" = "a \"b\"";
"root" = "C:\";
"Delete "%@"?" = "x";
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: backslashes are read or written otherwise"
  exit 1
fi
echo "as described: the escape of a quote alone is known"
