#!/usr/bin/env bash
# compare-versions finds no release in the range that begins with its own pre-release.
#
# Packages: compare-versions 6.1.1 and semver 7.8.6, on Node.js 20 or newer.
# Expected: its README calls the ranges of `satisfies` compatible with npm's. For npm `^1.2.3-beta.2` begins with that
#   pre-release and holds 1.2.3, 1.2.4 and 1.3.0 as well: that is how one gets from a beta to the release.
# Seen: of these versions only 1.2.3-beta.3 is in it, and the same with `~`. The range from the release, `^1.2.3`, holds the
#   other ones, and that pre-release from before it as well: what follows the hyphen is compared only where both have it.
set -euo pipefail
command -v node >/dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund compare-versions@6.1.1 semver@7.8.6
cat >main.mjs <<'JS'
import { satisfies } from "compare-versions";
import semver from "semver";
const versions = ["1.2.3-beta.3", "1.2.3", "1.2.4", "1.3.0"];
for (const range of ["^1.2.3-beta.2", "~1.2.3-beta.2", "^1.2.3"])
  console.log(range, "compare-versions:", ...versions.filter((each) => satisfies(each, range)),
    "npm:", ...versions.filter((each) => semver.satisfies(each, range)));
JS
node main.mjs | tee seen
expected="^1.2.3-beta.2 compare-versions: 1.2.3-beta.3 npm: 1.2.3-beta.3 1.2.3 1.2.4 1.3.0|"
expected+="~1.2.3-beta.2 compare-versions: 1.2.3-beta.3 npm: 1.2.3-beta.3 1.2.3 1.2.4|"
expected+="^1.2.3 compare-versions: 1.2.3-beta.3 1.2.3 1.2.4 1.3.0 npm: 1.2.3 1.2.4 1.3.0|"
if [ "$(tr '\n' '|' <seen)" != "$expected" ]; then
  echo "changed: the ranges hold something else"
  exit 1
fi
echo "as described: the range from a beta doesn't hold its release"
