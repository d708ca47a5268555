#!/usr/bin/env bash
# kubernetes-resource-parser reads the use of a processor in nanocores as whole ones: "1500000n" is 1500000 processors.
#
# Package: kubernetes-resource-parser 0.1.0 (npm), on Node.js 20 or newer.
# Expected: Kubernetes' documentation, "Quantity": the suffixes are n, u, m, k and so on; the metrics API gives a pod's use as "1500000n", which is 0.0015.
# Seen: `cpuParser` knows "m" alone. "1500000n" is 1500000, "250u" is 250, and "2k" is 2. No error.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund kubernetes-resource-parser@0.1.0
cat > main.mjs <<'JS'
import { cpuParser } from "kubernetes-resource-parser";
for (const text of ["0.5", "500m", "1500000n", "250u", "2k"]) {
  console.log(text, cpuParser(text));
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
0.5 0.5
500m 0.5
1500000n 1500000
250u 250
2k 2
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: kubernetes-resource-parser reads such quantities otherwise"
  exit 1
fi
echo "as described: a million processors"
