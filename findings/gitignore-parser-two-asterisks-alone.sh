#!/usr/bin/env bash
# gitignore_parser ends with an IndexError at a line of two asterisks.
#
# Packages: gitignore_parser 0.1.13; git as the reference.
# Expected: its README calls it "spec-compliant". `**` alone, as in lists that ignore all and then take back a few (`!*.py`),
#   matches everything for git.
# Seen: "IndexError: string index out of range" while the file is read. `*` is read.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check gitignore_parser==0.1.13
git init --quiet tree
cd tree
for pattern in '*' '**'; do
  echo "$pattern" >.gitignore
  echo "$pattern git: $(git check-ignore --no-index notes.txt)" \
    "python: $(../venv/bin/python -c '
import os, gitignore_parser
print(gitignore_parser.parse_gitignore(".gitignore")(os.path.abspath("notes.txt")))' 2>&1 | tail -1)"
done | tee ../seen
if [ "$(tr '\n' '|' <../seen)" != "* git: notes.txt python: True|** git: notes.txt python: IndexError: string index out of range|" ]; then
  echo "changed: two asterisks are read otherwise"
  exit 1
fi
echo "as described: the file with two asterisks can't be read"
