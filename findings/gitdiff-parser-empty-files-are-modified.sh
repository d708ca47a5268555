#!/usr/bin/env bash
# gitdiff-parser calls a file that was added or deleted empty a modified one.
#
# Packages: gitdiff-parser 0.3.1, on Node.js 20 or newer; a diff that git makes.
# Expected: its README gives each file the type `add`, `delete`, `modify` or `rename`. Git's documentation, "Generating patch text
#   with -p", says by the lines `new file mode` and `deleted file mode` that a file was added or deleted; a file with nothing in
#   it has no `---`, no `+++` and no hunk.
# Seen: "modify" for both, with the same path before and after, and no mode. A file with one line is an "add". A list of what a
#   change adds leaves out every `__init__.py` and `.gitkeep`.
set -euo pipefail
command -v node >/dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund gitdiff-parser@0.3.1
git init --quiet tree
cd tree
: >gone.py
git add gone.py
git -c user.name=me -c user.email=me@localhost commit --quiet --message start
git rm --quiet gone.py
: >__init__.py
echo 'import app' >main.py
git add __init__.py main.py
git diff --cached --no-renames >../change.diff
cd ..
node -e '
const parser = require("gitdiff-parser");
const files = (parser.default ?? parser).parse(require("fs").readFileSync("change.diff", "utf8"));
for (const { oldPath, newPath, type } of files) console.log(oldPath, newPath, type);' | tee seen
if [ "$(tr '\n' '|' <seen)" != "__init__.py __init__.py modify|gone.py gone.py modify|/dev/null main.py add|" ]; then
  echo "changed: the types of empty files are told otherwise"
  exit 1
fi
echo "as described: the file that was added empty and the one that was deleted empty are both modified"
