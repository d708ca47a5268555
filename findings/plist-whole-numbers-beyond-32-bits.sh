#!/usr/bin/env bash
# plist 5 writes whole numbers of more than 32 bits into binary property lists as reals, and a BigInt with another value.
#
# Package: plist 5.0.0 (npm), on Node.js 20 or newer; Python 3.11 or newer reads what it writes.
# Expected: its README: a whole number is an `<integer>`; the XML that it builds of the same object has integers. The binary format has them with
#   eight bytes, and with sixteen what is beyond 2^63 (CFBinaryPList.c of Apple's Core Foundation).
# Seen: 4294967296, a file of 4 GiB, is the real 4294967296.0, so that a reader who asks for an integer finds none; -2147483649 as well. BigInts are integers, but pass
#   through a real: 2^53 + 1 is 2^53, 2^63 - 1 is -2^63, and 2^64 - 1 is 0. In XML all are right.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund plist@5.0.0
cat > main.mjs <<'JS'
import { writeFileSync } from "node:fs";
import { build, buildBinary } from "plist";
const numbers = [4294967295, 4294967296, -2147483648, -2147483649, 2n ** 53n + 1n, 2n ** 63n - 1n, 2n ** 64n - 1n];
writeFileSync("xml.plist", build({ numbers }));
writeFileSync("binary.plist", buildBinary({ numbers }));
JS
node main.mjs
python3 - <<'PYTHON' | tee seen
import plistlib
from pathlib import Path

both = (plistlib.loads(Path(f"{kind}.plist").read_bytes())["numbers"] for kind in ("xml", "binary"))
for xml, binary in zip(*both):
    print(xml, binary)
PYTHON
cat > expected <<'EXPECTED'
4294967295 4294967295
4294967296 4294967296.0
-2147483648 -2147483648
-2147483649 -2147483649.0
9007199254740993 9007199254740992
9223372036854775807 -9223372036854775808
18446744073709551615 0
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: large numbers are written otherwise"
  exit 1
fi
echo "as described: reals for large numbers, other values for BigInts"
