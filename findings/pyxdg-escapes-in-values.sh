#!/usr/bin/env bash
# pyxdg hands out the escapes of desktop files as they stand: a comment of two lines is one with a backslash and an n.
#
# Package: pyxdg 0.28 (PyPI).
# Expected: freedesktop.org's Desktop Entry Specification, "Possible value types": in values of type string and localestring \s, \n, \t, \r and \\ are a
#   space, a line end, a tab, a carriage return and a backslash; in lists \; is a semicolon in an element.
# Seen: `getComment` gives "one\ntwo" with the backslash, `getName` "A\sB", `getExec` `sh -c "echo \\$HOME"` with both backslashes, so a program
#   started by it gets another argument. In a list "B\;C" is one element, its backslash in it. No error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyxdg==0.28
cat > a.desktop <<'DESKTOP'
[Desktop Entry]
Type=Application
Name=A\sB
Comment=one\ntwo
Exec=sh -c "echo \\$HOME"
Categories=A;B\;C;
DESKTOP
cat > main.py <<'PYTHON'
from xdg.DesktopEntry import DesktopEntry

entry = DesktopEntry("a.desktop")
print(repr(entry.getName()), repr(entry.getComment()), repr(entry.getExec()), entry.getCategories(), sep=" | ")
PYTHON
venv/bin/python main.py | tee seen
cat > expected <<'EXPECTED'
'A\\sB' | 'one\\ntwo' | 'sh -c "echo \\\\$HOME"' | ['A', 'B\\;C']
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: pyxdg reads such values otherwise"
  exit 1
fi
echo "as described: a backslash and an n"
