#!/usr/bin/env bash
# Renovate's PEP 440 takes no version of a release into a range that is bounded by a pre-release or post-release of it.
#
# Packages: @renovatebot/pep440 4.2.4, Node.js 20 or newer; packaging 26.4 (PyPI) says what pip makes of it. 5.0.1, for Node.js 22, does the same.
# Expected: PEP 440, "Exclusive ordered comparison": `>V` leaves out post-releases of V and `<V` pre-releases of V, "unless" V is one itself, and
#   the order of versions decides all else: 1.0 is above 1.0a1, 1.0rc1 and 1.0.dev1, and below 1.0.post1. Its README: "PEP440 implementation
#   in JavaScript", "ported from Python".
# Seen: where the numbers of version and bound are the same, `<` and `>` say no before they compare: 1.0 is not in `>1.0a1`, `>1.0rc1` or
#   `>1.0.dev1`, nor 1.0 in `<1.0.post1`, nor 1.0a1 in `<1.0rc1`. The epoch is not looked at, either: 1!1.0 is not above 1.0. No option changes
#   it, and a range is valid all the same. A bot that asks whether the release satisfies what a project wrote for its
#   candidate hears that it doesn't. `>=1.0a1` and `<=1.0.post1` are right.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @renovatebot/pep440@4.2.4
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check packaging==26.4
cat > asked <<'ASKED'
>1.0a1 1.0
>1.0rc1 1.0
>1.0.dev1 1.0
>1.0a1 1.0rc1
<1.0.post1 1.0
<1.0rc1 1.0a1
>1.0 1!1.0
>1.0a1 1.0.1
>=1.0a1 1.0
<=1.0.post1 1.0
>1.0 1.0.post1
ASKED
cat > main.py <<'PYTHON'
from pathlib import Path

from packaging.specifiers import SpecifierSet

for line in Path("asked").read_text().splitlines():
    asked, version = line.split()
    print(asked, version, str(SpecifierSet(asked).contains(version, prereleases=True)).lower())
PYTHON
cat > main.cjs <<'JS'
const { satisfies } = require("@renovatebot/pep440");
for (const line of require("fs").readFileSync("asked", "utf8").trim().split("\n")) {
  const [range, version] = line.split(" ");
  console.log(satisfies(version, range, { prereleases: true }));
}
JS
venv/bin/python main.py > packaging
node main.cjs > renovate
paste -d ' ' packaging renovate | awk '{print $1, $2, "packaging:", $3, "Renovate:", $4}' | tee seen
if [ "$(awk '{print $4 "/" $6}' seen | tr '\n' ' ')" != "true/false true/false true/false true/false true/false true/false true/false true/true true/true true/true false/false " ]; then
  echo "changed: one of the two reads such ranges otherwise"
  exit 1
fi
echo "as described: a release is not above its own candidate"
