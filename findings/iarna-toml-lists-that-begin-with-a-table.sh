#!/usr/bin/env bash
# @iarna/toml writes a list that begins with a table as nothing but tables, and the numbers and texts in it are lost.
#
# Packages: @iarna/toml 3.0.0 and smol-toml 1.9.1 (npm), on Node.js 20 or newer.
# Expected: TOML 1.0.0, "Array": "Values of different types may be mixed"; its example has texts beside an inline table. Version 3 of the package
#   supports that ("Inline arrays can have mixed types now!!"), and `stringify` writes `["jo", { name = "kim" }]` so.
# Seen: `stringify` looks at the first element. If that is a table, each element becomes a `[[people]]`: a number an empty one, and a text one with a
#   key for each letter ("0" = "j"). No error, neither in writing nor in reading. In the other order the list is whole, and smol-toml writes both.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @iarna/toml@3.0.0 smol-toml@1.9.1
cat > main.mjs <<'JS'
import iarna from "@iarna/toml";
import * as smol from "smol-toml";
for (const people of [["jo", { name: "kim" }, 7], [{ name: "kim" }, "jo", 7]]) {
  for (const [name, { stringify }] of Object.entries({ smol, iarna })) {
    console.log(`${name}:`, JSON.stringify(smol.parse(stringify({ people }))));
  }
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
smol: {"people":["jo",{"name":"kim"},7]}
iarna: {"people":["jo",{"name":"kim"},7]}
smol: {"people":[{"name":"kim"},"jo",7]}
iarna: {"people":[{"name":"kim"},{"0":"j","1":"o"},{}]}
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: @iarna/toml writes such lists otherwise"
  exit 1
fi
echo "as described: what is no table is lost"
