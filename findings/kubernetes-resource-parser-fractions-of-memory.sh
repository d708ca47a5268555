#!/usr/bin/env bash
# kubernetes-resource-parser reads "0.5Gi" of memory as 0, "1.5Gi" as one byte and "129e6" as 129.
#
# Package: kubernetes-resource-parser 0.1.0 (npm), on Node.js 20 or newer.
# Expected: Kubernetes' documentation, "Quantity": a decimal number and a suffix, Ki, Mi, Gi .. or k, M, G .., or an exponent: 1.5Gi is 1610612736 bytes,
#   129e6 is 129000000.
# Seen: all behind the first digits is dropped, suffix and all, once there is a point or an "e": "1.5Gi" is 1, "0.5Gi" 0. No error; a sum or a limit
#   made of these is far too low. "512Mi" and "128974848" are right.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund kubernetes-resource-parser@0.1.0
cat > main.mjs <<'JS'
import { memoryParser } from "kubernetes-resource-parser";
for (const text of ["512Mi", "128974848", "0.5Gi", "1.5Gi", "1.5M", "129e6"]) {
  console.log(text, memoryParser(text));
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
512Mi 536870912
128974848 128974848
0.5Gi 0
1.5Gi 1
1.5M 1
129e6 129
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: kubernetes-resource-parser reads such quantities otherwise"
  exit 1
fi
echo "as described: a quantity of next to nothing"
