#!/usr/bin/env bash
# simple-plist writes a time in milliseconds into a binary property list as another number, and reads others' large numbers so.
#
# Package: simple-plist 1.4.0 (npm), on Node.js 20 or newer; Python 3.11 or newer reads what it writes, and writes what it reads.
# Expected: the binary format has whole numbers of eight bytes, and a number of JavaScript holds whole ones up to 2^53. Its README promises XML and binary
#   alike.
# Seen: 1700000000000 is written as 3487918080, 2^32 as 0: the upper four bytes are zeros, without an error. A file of Python's plistlib with 5000000000 has
#   705032704 in it, and -3000000000 is 1294967296. In XML they are right.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund simple-plist@1.4.0
python3 -c '
import plistlib
from pathlib import Path
Path("python.plist").write_bytes(plistlib.dumps([5000000000, -3000000000], fmt=plistlib.FMT_BINARY))'
cat > main.cjs <<'JS'
const plist = require("simple-plist");
const numbers = [1700000000000, 4294967296, 4294967295];
plist.writeBinaryFileSync("binary.plist", { numbers });
plist.writeFileSync("xml.plist", { numbers });
console.log("read of python's", JSON.stringify(plist.readFileSync("python.plist")));
JS
node main.cjs | tee seen
python3 - <<'PYTHON' | tee -a seen
import plistlib
from pathlib import Path

for kind in ("xml", "binary"):
    print(kind, plistlib.loads(Path(f"{kind}.plist").read_bytes())["numbers"])
PYTHON
cat > expected <<'EXPECTED'
read of python's [705032704,1294967296]
xml [1700000000000, 4294967296, 4294967295]
binary [3487918080, 0, 4294967295]
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: large numbers are written or read otherwise"
  exit 1
fi
echo "as described: the upper four bytes are lost"
