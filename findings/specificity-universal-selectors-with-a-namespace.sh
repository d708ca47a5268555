#!/usr/bin/env bash
# specificity counts "*|*" and "svg|*" like the name of an element.
#
# Packages: specificity 1.0.0 and @bramus/specificity 2.4.3 (npm), on Node.js 20 or newer.
# Expected: Selectors Level 4, 17: "ignore the universal selector"; with a namespace or any it is one all the same (5.2): 0,0,0.
# Seen: for "*" C is 0, for "*|*", "svg|*" and "|*" it is 1, as much as for "svg|a": so "*|*" seems to win over "*". No error.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund specificity@1.0.0 @bramus/specificity@2.4.3
cat > main.mjs <<'JS'
import Specificity from "@bramus/specificity";
import { calculate } from "specificity";
for (const selector of ["*", "*|*", "svg|*", "|*", "svg|a", ":is(*|*)"]) {
  const { A, B, C } = calculate(selector);
  console.log(selector, "@bramus/specificity:", String(Specificity.calculate(selector)[0]), "specificity:", `(${A},${B},${C})`);
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
* @bramus/specificity: (0,0,0) specificity: (0,0,0)
*|* @bramus/specificity: (0,0,0) specificity: (0,0,1)
svg|* @bramus/specificity: (0,0,0) specificity: (0,0,1)
|* @bramus/specificity: (0,0,0) specificity: (0,0,1)
svg|a @bramus/specificity: (0,0,1) specificity: (0,0,1)
:is(*|*) @bramus/specificity: (0,0,0) specificity: (0,0,1)
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: specificity counts such selectors otherwise"
  exit 1
fi
echo "as described: a universal selector that counts"
