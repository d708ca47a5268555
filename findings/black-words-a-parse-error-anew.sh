#!/usr/bin/env bash
# Black words what it can't parse in three ways within a year, and the last one has no "cannot format" any more.
#
# Packages: black 26.1.0, 26.5.1 and 26.10.1.
# Expected: what editors, hooks and people look for in Black's output stays within a year's stable style: "error: cannot
#   format app.py: Cannot parse: 1:6: print "hi"", with the line of source.
# Seen: 26.1.0 says that. 26.5.1 leaves the line of source away. 26.10.1 says "error: cannot parse: app.py:1:6": other words,
#   in another order, with the place behind the file's name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for version in 26.1.0 26.5.1 26.10.1; do
  python3 -m venv "$folder/$version"
done
"$folder/26.1.0/bin/pip" install --quiet --disable-pip-version-check black==26.1.0
"$folder/26.5.1/bin/pip" install --quiet --disable-pip-version-check black==26.5.1
"$folder/26.10.1/bin/pip" install --quiet --disable-pip-version-check black==26.10.1
cd "$folder"
echo 'print "hi"' >app.py
seen=$(for version in 26.1.0 26.5.1 26.10.1; do
  ("$version/bin/black" app.py 2>&1 || true) | grep -m 1 '^error: '
done)
printf '%s\n' "$seen"
if [ "$seen" != $'error: cannot format app.py: Cannot parse: 1:6: print "hi"\nerror: cannot format app.py: Cannot parse: 1:6\nerror: cannot parse: app.py:1:6' ]; then
  echo "changed: Black words it otherwise"
  exit 1
fi
echo "as described: three wordings in three releases"
