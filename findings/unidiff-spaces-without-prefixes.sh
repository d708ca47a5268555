#!/usr/bin/env bash
# unidiff reads another file's name, or nothing at all, out of git's diffs without prefixes where a name has a space.
#
# Packages: unidiff 1.0.1, beside 0.7.5; git 2.20 or newer.
# Expected: git-diff(1), `--no-prefix` and the setting `diff.noprefix`: names stand without `a/` and `b/`. unidiff takes such diffs
#   (names without spaces are right), and the lines `---` and `+++` have each name as a whole, with a tab behind it.
# Seen: 1.0.1 splits the line `diff --git` at its spaces. Of a file that was deleted it gives the path "my notes.txt my", which
#   isn't there, without an error; of one that was changed it raises `UnidiffParseError: Target without source: +++ my notes.txt`,
#   so that one such file makes the diff of a whole commit unreadable. 0.7.5 raises nothing: it lists the file under its
#   right name, and beside it a file that there is not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/project"
cd "$folder/project"
git init --quiet .
git config user.name example
git config user.email me@localhost
echo one > "my notes.txt"
git add .
git commit --quiet -m one
echo two > "my notes.txt"
git diff --no-prefix > "$folder/changed"
git rm --quiet --force "my notes.txt"
git diff --cached --no-prefix > "$folder/deleted"
cat > "$folder/read.py" <<'PYTHON'
import sys
from pathlib import Path

import unidiff

for name in ("changed", "deleted"):
    try:
        print(name, [file.path for file in unidiff.PatchSet.from_string(Path(sys.argv[1], name).read_text())])
    except unidiff.UnidiffParseError as error:
        print(name, str(error).strip())
PYTHON
python3 -m venv "$folder/older"
python3 -m venv "$folder/newer"
"$folder/older/bin/pip" install --quiet --disable-pip-version-check unidiff==0.7.5
"$folder/newer/bin/pip" install --quiet --disable-pip-version-check unidiff==1.0.1
for version in older newer; do
  "$folder/$version/bin/python" "$folder/read.py" "$folder"
done | tee "$folder/seen"
cat > "$folder/expected" <<'SEEN'
changed ['notes.txt', 'my notes.txt']
deleted ['my notes.txt my', 'my notes.txt']
changed Target without source: +++ my notes.txt
deleted ['my notes.txt my']
SEEN
if ! cmp --silent "$folder/seen" "$folder/expected"; then
  echo "changed: unidiff reads such diffs otherwise"
  exit 1
fi
echo "as described: names with spaces are lost where a diff has no prefixes"
