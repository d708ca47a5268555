#!/usr/bin/env bash
# pathspec's patterns of .gitignore know no classes of characters: `[[:digit:]]` matches nothing.
#
# Packages: pathspec 1.1.1; git as the reference.
# Expected: gitignore(5) has patterns match as fnmatch(3) does, whose brackets hold classes (POSIX, Shell Command Language, 2.13.1
#   and XBD 9.3.5). pathspec calls its GitIgnoreSpec a replication of git's behavior, down to its edge cases.
# Seen: `core.[[:digit:]]*` ignores core.41 for git, and not for pathspec; `core.[0-9]*` for both. The pattern becomes a regular
#   expression in which Python warns of a "Possible nested set".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pathspec==1.1.1
git init --quiet tree
cd tree
for pattern in 'core.[0-9]*' 'core.[[:digit:]]*'; do
  echo "$pattern" >.gitignore
  echo "$pattern git:$(git check-ignore --quiet --no-index core.41 && echo yes || echo no)" \
    "pathspec:$(../venv/bin/python -W ignore -c '
import sys
from pathspec import GitIgnoreSpec
print("yes" if GitIgnoreSpec.from_lines(sys.argv[1:]).match_file("core.41") else "no")' "$pattern")"
done | tee ../seen
if [ "$(tr '\n' '|' <../seen)" != "core.[0-9]* git:yes pathspec:yes|core.[[:digit:]]* git:yes pathspec:no|" ]; then
  echo "changed: classes of characters are read otherwise"
  exit 1
fi
echo "as described: pathspec doesn't ignore what git ignores"
