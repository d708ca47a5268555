#!/usr/bin/env bash
# A minor release of webpack builds CSS and TypeScript without a loader, and writes a second file for the CSS.
#
# Packages: webpack 5.113.0, beside 5.108.0.
# Expected: webpack's concepts, section "Loaders", which its own error links, say that it takes JavaScript and JSON alone
#   out of the box: `./a.css` and `./b.ts` without a rule end in "Module parse failed: Unexpected token" and "You may need an
#   appropriate loader to handle this file type". With 5.108.0 both do.
# Seen: 5.113.0, with the same configuration and no `experiments`, has no error, takes the types away and writes `main.css`
#   beside `main.js`, which a page that loads the script alone does not get.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix="$folder/older" webpack@5.108.0
npm install --silent --no-audit --no-fund --prefix="$folder/newer" webpack@5.113.0
cd "$folder"
echo 'import "./a.css"; import { total } from "./b.ts"; console.log(total);' >index.js
echo 'p { color: red }' >a.css
echo 'export const total: number = 1;' >b.ts
cat >build.js <<'JAVASCRIPT'
const { readdirSync } = require("node:fs");
const side = process.argv[2];
const webpack = require(`./${side}/node_modules/webpack`);
const output = { path: `${__dirname}/built-${side}` };
webpack({ mode: "development", devtool: false, entry: "./index.js", context: __dirname, output }, (failed, stats) => {
  const errors = stats.toJson({ all: false, errors: true }).errors.map((error) => error.message.split("\n")[0]);
  console.log(`${webpack.version}: ${errors.length} errors, ${readdirSync(output.path)}`);
});
JAVASCRIPT
older=$(node build.js older)
newer=$(node build.js newer)
printf '%s\n' "$older" "$newer"
if [ "$older" != "5.108.0: 2 errors, main.js" ] || [ "$newer" != "5.113.0: 0 errors, main.css,main.js" ]; then
  echo "changed: the two take the same files, or write others"
  exit 1
fi
echo "as described: two errors with 5.108.0, main.css and main.js with 5.113.0"
