#!/usr/bin/env bash
# univers reads RubyGems' `~>` with a pre-release as a range that the pre-release itself is not in, but the next version's is.
#
# Packages: univers 32.0.1 (PyPI); @renovatebot/ruby-semver 4.1.3 (npm, Node.js 20 or newer) says what RubyGems makes of it.
# Expected: `GemVersionRange.from_native` takes a requirement as RubyGems writes it. RubyGems' guide "Patterns", "Pessimistic version constraint": `~> 2.2` is
#   `>= 2.2` and below 3; `Gem::Requirement` takes a version that is at least the one named, with its letters, and whose release is below.
#   So `~> 7.1.0.beta1` has 7.1.0.beta1, 7.1.0.rc1 and 7.1.5 in it, and nothing of 7.2.
# Seen: it is `vers:gem/>=7.1.0|<7.2`: the letters are dropped from the lower bound, and 7.2.0.beta1, which is below 7.2, is in. So is 2.0.pre
#   in `~> 1.0`. No error. Whether an installed beta is in the range of an advisory, which is what univers is for, is
#   answered the wrong way round at both ends.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @renovatebot/ruby-semver@4.1.3
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check univers==32.0.1
cat > asked <<'ASKED'
~> 7.1.0.beta1: 7.1.0.beta1
~> 7.1.0.beta1: 7.1.0.rc1
~> 7.1.0.beta1: 7.1.5
~> 7.1.0.beta1: 7.2.0.beta1
~> 7.1.0.beta1: 7.2.0
~> 1.0: 1.5
~> 1.0: 2.0.pre
ASKED
cat > main.py <<'PYTHON'
from pathlib import Path

from univers.version_range import GemVersionRange
from univers.versions import RubygemsVersion

for line in Path("asked").read_text().splitlines():
    requirement, version = line.split(": ")
    found = GemVersionRange.from_native(requirement)
    print(f"{requirement} is {found.to_string()}, {version} in it: univers:", str(RubygemsVersion(version) in found).lower())
PYTHON
cat > main.cjs <<'JS'
const { satisfies } = require("@renovatebot/ruby-semver");
for (const line of require("fs").readFileSync("asked", "utf8").trim().split("\n")) {
  const [requirement, version] = line.split(": ");
  console.log("RubyGems:", satisfies(version, requirement));
}
JS
venv/bin/python main.py > univers
node main.cjs > gems
paste -d ' ' univers gems | tee seen
if [ "$(awk '{print $(NF - 2) "/" $NF}' seen | tr '\n' ' ')" != "false/true false/true true/true true/false false/false true/true true/false " ]; then
  echo "changed: univers reads such requirements otherwise"
  exit 1
fi
echo "as described: a range without its own lower bound"
