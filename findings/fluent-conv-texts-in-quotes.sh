#!/usr/bin/env bash
# fluent_conv takes texts in quotes out of their quotes: `{ "{" }name{ "}" }`, braces that are shown, becomes the placeholder `{name}`.
#
# Packages: fluent_conv 3.3.0 and @fluent/bundle 0.19.1 (npm), on Node.js 20 or newer.
# Expected: Fluent Syntax Guide, "Special Characters" and "Quoted Text": braces, spaces at the begin and escapes such as `\u00A0` are written as text in quotes, within
#   braces, since that is the only way.
# Seen: what is read and written again is another message: braces become a reference to a message, spaces at the begin are gone, and `\u00A0` is shown as it stands.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fluent_conv@3.3.0 @fluent/bundle@0.19.1
cat > de.ftl <<'FTL'
braces = Write { "{" }name{ "}" }
space = { "  " }two spaces
number = 10{ "\u00A0" }km
FTL
cat > main.mjs <<'JS'
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { FluentBundle, FluentResource } from "@fluent/bundle";
const { ftl2js, js2ftl } = createRequire(import.meta.url)("fluent_conv");
const text = readFileSync("de.ftl", "utf8");
for (const one of [text, js2ftl(ftl2js(text))]) {
  const bundle = new FluentBundle("de", { useIsolating: false });
  bundle.addResource(new FluentResource(one));
  const shown = ["braces", "space", "number"].map((key) => bundle.formatPattern(bundle.getMessage(key).value, {}, []));
  console.log(JSON.stringify(shown));
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
["Write {name}","  two spaces","10 km"]
["Write {name}","two spaces","10\\u00A0km"]
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: texts in quotes are read otherwise"
  exit 1
fi
echo "as described: quoted text is read as if it had no quotes"
