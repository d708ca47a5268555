#!/usr/bin/env bash
# EditorConfig for Python ends with an error of `re` at a section whose braces are escaped, and drops an escaped asterisk's escape.
#
# Packages: EditorConfig 0.17.1.
# Expected: the specification of EditorConfig, "Glob Expressions": a backslash before a special character takes its meaning away.
# Seen: for `[\{name\}.txt]` every question, about any file below, ends with re.error, "missing ), unterminated subpattern" or
#   alike. `[*.\*]` holds for all files, instead of those that end in an asterisk.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check EditorConfig==0.17.1
cat >main.py <<'PY'
import os
import re
import editorconfig
for section in (r"*.\*", r"\{name\}.txt"):
    with open(".editorconfig", "w") as file:
        file.write(f"root = true\n[{section}]\nfound = yes\n")
    try:
        print(section, editorconfig.get_properties(os.path.abspath("main.py")).get("found"))
    except re.error as error:
        print(section, "re.error:", error)
PY
venv/bin/python main.py | tee seen
if [ "$(sed 's/error: .*/error/' seen | tr '\n' '|')" != '*.\* yes|\{name\}.txt re.error|' ]; then
  echo "changed: escaped characters are read otherwise"
  exit 1
fi
echo "as described: the escapes of one section are dropped, and the other one can't be read"
