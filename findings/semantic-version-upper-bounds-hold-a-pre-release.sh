#!/usr/bin/env bash
# semantic-version's npm ranges let release candidates in where a range has an upper bound alone: `<=1` holds 2.0.0-rc.1.
#
# Packages: semantic-version 2.10.0; npm's semver 7.8.6, on Node.js 20 or newer.
# Expected: its documentation calls NpmSpec "compatible with" the ranges of npm. npm reads `<=1` as `<2.0.0-0`, below every
#   pre-release of 2.0.0, and lets a pre-release in only where the range names one of the same version.
# Seen: `<=1`, `<2.0.0` and even `<2.0.0-0` hold 2.0.0-rc.1, although that comes after 2.0.0-0 (Semantic Versioning 2.0.0,
#   item 11: a number comes before letters). `1.x` and `>=1 <2` don't hold it.
set -euo pipefail
command -v node >/dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check semantic-version==2.10.0
npm install --silent --no-audit --no-fund semver@7.8.6
venv/bin/python - >python.txt <<'PY'
from semantic_version import NpmSpec, Version
for text in ("<=1", "<2.0.0-0", "<2.0.0", ">=1 <2", "1.x"):
    print(text, str(Version("2.0.0-rc.1") in NpmSpec(text)).lower())
PY
node -e '
const { satisfies } = require("semver");
for (const range of ["<=1", "<2.0.0-0", "<2.0.0", ">=1 <2", "1.x"]) console.log(range, satisfies("2.0.0-rc.1", range));' >node.txt
paste -d ' ' python.txt node.txt | tee seen
if [ "$(tr '\n' '|' <seen)" != "<=1 true <=1 false|<2.0.0-0 true <2.0.0-0 false|<2.0.0 true <2.0.0 false|>=1 <2 false >=1 <2 false|1.x false 1.x false|" ]; then
  echo "changed: a release candidate above an upper bound is told otherwise"
  exit 1
fi
echo "as described: <=1 holds 2.0.0-rc.1 in Python, and not with npm"
