#!/usr/bin/env bash
# jsonpath-rfc9535 finds nothing at a position of a list in a comparison: `@[0] == 1` is never true, `@[0] == $.t[1]` always.
#
# Packages: jsonpath-rfc9535 1.3.0 and json-p3 2.3.1 (npm), on Node.js 20 or newer.
# Expected: RFC 9535, 2.3.5.1: a comparison's side may be a singular query, of names and indexes: `@.x[0]`. 2.3.5.2.2: it stands for the value of the
#   node it finds; only where both find no node they are equal. The README says "A JSONPath implementation based on RFC 9535".
# Seen: `$.a[?@[0] == 1]` gives nothing, `!= 1` every element, and two such sides are equal whatever they hold: `@[0] == $.t[1]` gives every
#   element. No error. A name alone (`@.x == 1`), a test for existence (`?@[0]`) and `value(@[0]) == 1` are right.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund jsonpath-rfc9535@1.3.0 json-p3@2.3.1
cat > main.mjs <<'JS'
import { query as p3 } from "json-p3";
import { query } from "jsonpath-rfc9535";
const data = { t: [1, 2], a: [[1], [2], [3]], o: [{ x: [1, 2] }, { x: [3] }] };
for (const path of ["$.a[?@[0] == 1]", "$.a[?@[0] != 1]", "$.a[?@[0] == $.t[1]]", "$.o[?@.x[-1] == 2]", "$.a[?@[0]]", "$.a[?value(@[0]) == 1]"]) {
  console.log(path, "json-p3:", JSON.stringify(p3(path, data).values()), "jsonpath-rfc9535:", JSON.stringify(query(data, path)));
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
$.a[?@[0] == 1] json-p3: [[1]] jsonpath-rfc9535: []
$.a[?@[0] != 1] json-p3: [[2],[3]] jsonpath-rfc9535: [[1],[2],[3]]
$.a[?@[0] == $.t[1]] json-p3: [[2]] jsonpath-rfc9535: [[1],[2],[3]]
$.o[?@.x[-1] == 2] json-p3: [{"x":[1,2]}] jsonpath-rfc9535: []
$.a[?@[0]] json-p3: [[1],[2],[3]] jsonpath-rfc9535: [[1],[2],[3]]
$.a[?value(@[0]) == 1] json-p3: [[1]] jsonpath-rfc9535: [[1]]
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: jsonpath-rfc9535 compares values at positions otherwise"
  exit 1
fi
echo "as described: nothing is at a position"
