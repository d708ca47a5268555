#!/usr/bin/env bash
# gitignore_parser ignores a folder, but not what is in it, unless the pattern ends with a slash.
#
# Packages: gitignore_parser 0.1.13; git as the reference.
# Expected: its README calls it "spec-compliant". gitignore(5): a pattern without a slash at its end matches files and folders
#   alike, and what is in an ignored folder is ignored.
# Seen: `/dist` ignores `dist`, but not `dist/app.js`; `/dist/` ignores both. So a tool that asks for files alone takes all of
#   a build's output.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check gitignore_parser==0.1.13
git init --quiet tree
cd tree
mkdir dist
touch dist/app.js
for pattern in /dist /dist/; do
  echo "$pattern" >.gitignore
  echo "$pattern git: $(git check-ignore --no-index dist/app.js)" \
    "python: $(../venv/bin/python -c '
import os, gitignore_parser
print(gitignore_parser.parse_gitignore(".gitignore")(os.path.abspath("dist/app.js")))')"
done | tee ../seen
if [ "$(tr '\n' '|' <../seen)" != "/dist git: dist/app.js python: False|/dist/ git: dist/app.js python: True|" ]; then
  echo "changed: what is in an ignored folder is told otherwise"
  exit 1
fi
echo "as described: dist is ignored, and what is in it isn't"
