#!/usr/bin/env bash
# univers reads npm's ranges with partial versions as if the parts that are missing were zeros.
#
# Packages: univers 32.0.1; semver 7.8.6 (npm), Node.js 20 or newer, says what npm makes of them.
# Expected: `NpmVersionRange.from_native` takes a range as npm writes it. node-semver's README, "Advanced Range Syntax": `1.2` is the X-range
#   `1.2.x`, `^0` and `^0.0` are `>=0.0.0 <1.0.0-0` and `>=0.0.0 <0.1.0-0`, `<=1` is `<2.0.0-0` and `>1.2` is `>=1.3.0`.
# Seen: `1.2` is `vers:npm/1.2.0` alone, `^0` and `^0.0` are `>=0.0.0|<0.0.1`, `<=1` ends at 1.0.0, and `>1.2` takes 1.2.1. All without an
#   error. `^1`, `~1.2` and `1.x` are right. So a tool that asks whether an installed 0.4.2 is in a package's affected range `^0`,
#   or 1.9.0 in `<=1`, hears that it is not.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund semver@7.8.6
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check univers==32.0.1
cat > asked <<'ASKED'
1.2 1.2.9
^0 0.4.2
^0.0 0.0.7
<=1 1.9.0
>1.2 1.2.1
^1 1.9.0
~1.2 1.2.9
1.x 1.9.0
ASKED
cat > main.py <<'PYTHON'
from pathlib import Path

from univers.version_range import NpmVersionRange
from univers.versions import SemverVersion

for line in Path("asked").read_text().splitlines():
    asked, version = line.split()
    found = NpmVersionRange.from_native(asked)
    print(asked, version, str(SemverVersion(version) in found).lower())
PYTHON
cat > main.cjs <<'JS'
const semver = require("semver");
for (const line of require("fs").readFileSync("asked", "utf8").trim().split("\n")) {
  const [range, version] = line.split(" ");
  console.log(range, version, semver.satisfies(version, range));
}
JS
venv/bin/python main.py > univers
node main.cjs > npm
paste -d ' ' univers npm | awk '{print $1, $2, "univers:", $3, "npm:", $6}' | tee seen
if [ "$(awk '{print $4 "/" $6}' seen | tr '\n' ' ')" != "false/true false/true false/true false/true true/false true/true true/true true/true " ]; then
  echo "changed: univers reads partial versions otherwise"
  exit 1
fi
echo "as described: what is missing of a version is taken for zeros"
