#!/usr/bin/env bash
# whatthepatch cuts names in two where a file with a space in its name is only renamed, or only has another mode.
#
# Packages: whatthepatch 1.0.7; git 2.20 or newer.
# Expected: git-diff(1), "Generating patch text with -p": the lines `rename from` and `rename to` have the names as they are. Of
#   `rename from my notes.txt`, `rename to our notes.txt` the header's `old_path` and `new_path` are these two.
# Seen: they are "b/our" and "notes.txt" where nothing else changed in the file, and "b/run" and "me.sh" for `run me.sh` that became
#   executable: the line `diff --git` is split at its spaces, and what stands below is not looked at. Whoever lists the files
#   that a commit touches has names that there are not, without an error. A file that is empty and new or deleted is right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/project"
cd "$folder/project"
git init --quiet .
git config user.name example
git config user.email me@localhost
git config core.fileMode true
echo one > "my notes.txt"
echo two > "run me.sh"
git add .
git commit --quiet -m one
git mv "my notes.txt" "our notes.txt"
chmod +x "run me.sh"
git add .
git diff --cached --find-renames > "$folder/diff"
cat "$folder/diff"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check whatthepatch==1.0.7
"$folder/venv/bin/python" - "$folder/diff" <<'PYTHON' | tee "$folder/seen"
import sys
from pathlib import Path

import whatthepatch

for diff in whatthepatch.parse_patch(Path(sys.argv[1]).read_text()):
    print(diff.header.old_path, "->", diff.header.new_path)
PYTHON
printf '%s\n' 'b/our -> notes.txt' 'b/run -> me.sh' > "$folder/expected"
if ! cmp --silent "$folder/seen" "$folder/expected"; then
  echo "changed: whatthepatch reads such names otherwise"
  exit 1
fi
echo "as described: names with spaces are cut in two"
