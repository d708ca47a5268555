#!/usr/bin/env bash
# git has two asterisks at the end of a name match across folders; pathspec, dulwich and ignore follow its documentation instead.
#
# Packages: pathspec 1.1.1, dulwich 1.2.21; ignore 7.0.17, on Node.js 20 or newer; git 2.39.5 (any that is there).
# Expected: gitignore(5): `**` has its meaning as `**/` at the beginning, `/**` at the end and `/**/` between; "other consecutive
#   asterisks are considered regular asterisks", which match no slash.
# Seen: for `build**/out` git ignores build/x/y/out and build1/x/out. The three readers ignore build/out and build1/out alone.
#   With `build**out` git doesn't cross folders either.
set -euo pipefail
command -v node >/dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pathspec==1.1.1 dulwich==1.2.21
npm install --silent --no-audit --no-fund ignore@7.0.17
git --version
git init --quiet tree
paths=(build/out build1/out build/x/y/out build1/x/out)
echo 'build**/out' >tree/.gitignore
echo "git $(cd tree && git check-ignore --no-index "${paths[@]}" | tr '\n' ' ')" >seen
venv/bin/python - "${paths[@]}" >>seen <<'PY'
import sys
from dulwich.ignore import IgnoreFilter
from pathspec import GitIgnoreSpec
lines = open("tree/.gitignore").read().splitlines()
spec, rules = GitIgnoreSpec.from_lines(lines), IgnoreFilter.from_path("tree/.gitignore")
print("pathspec", *(path for path in sys.argv[1:] if spec.match_file(path)), "")
print("dulwich", *(path for path in sys.argv[1:] if rules.is_ignored(path)), "")
PY
node -e '
const ignore = require("ignore");
const rules = (ignore.default ?? ignore)().add(require("fs").readFileSync("tree/.gitignore", "utf8"));
console.log("ignore", ...process.argv.slice(1).filter((path) => rules.ignores(path)), "");' "${paths[@]}" >>seen
cat seen
expected="git build/out build1/out build/x/y/out build1/x/out |pathspec build/out build1/out |dulwich build/out build1/out |"
expected+="ignore build/out build1/out |"
if [ "$(tr '\n' '|' <seen)" != "$expected" ]; then
  echo "changed: one of them reads the two asterisks otherwise"
  exit 1
fi
echo "as described: git alone crosses folders"
