#!/usr/bin/env bash
# fluent_conv drops what stands behind the name of a reference: `{ -brand(case: "genitive") }` and `{ menu.title }` become `{ -brand }` and `{ menu }`.
#
# Package: fluent_conv 3.3.0 (npm), on Node.js 20 or newer.
# Expected: Fluent Syntax Guide, "References": a message may refer to another's attribute, and give a term arguments that choose one of its variants. The README:
#   ftl2js and js2ftl, there and back.
# Seen: `ftl2js` leaves the attribute and the arguments out, without an error, and what `js2ftl` writes is another text: the wrong case of the name, the message for
#   its title. Arguments of functions are kept.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fluent_conv@3.3.0
cat > de.ftl <<'FTL'
about = Über { -brand(case: "genitive") }
help = Siehe { menu.title }
day = { DATETIME($day, month: "long") }
FTL
cat > main.cjs <<'JS'
const { ftl2js, js2ftl } = require("fluent_conv");
const texts = ftl2js(require("fs").readFileSync("de.ftl", "utf8"));
console.log(JSON.stringify(texts));
console.log(js2ftl(texts).replace(/\n+/g, "\n").trim());
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
{"about":"Über { -brand }","help":"Siehe { menu }","day":"{ DATETIME($day, month: \"long\") }"}
about = Über { -brand }
help = Siehe { menu }
day = { DATETIME($day, month: "long") }
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: references are read otherwise"
  exit 1
fi
echo "as described: the name alone is left of a reference"
