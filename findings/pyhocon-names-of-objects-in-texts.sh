#!/usr/bin/env bash
# pyhocon puts Python's names of objects into texts that begin with a time, a truth value or null.
#
# Packages: pyhocon 0.3.63 (PyPI), with python-dateutil 4.0.0, which it uses where it is there; Python 3.11 or newer.
# Expected: HOCON.md, "String value concatenation": values next to each other on a line are one string, "true", "null" and numbers as they
#   are written, with the space between them. Only a whole value, "7 days", may be taken for a duration.
# Seen: "7 days ago" is "relativedelta(days=+7)ago", "5 minutes with git" is "relativedelta(minutes=+5)with git", without the space; "true story" is
#   "Truestory"; "null and void" has the address of an object of Python, other in every run. No error. In quotes all of them are right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyhocon==0.3.63 python-dateutil==4.0.0
cat > main.py <<'PYTHON'
import re

from pyhocon import ConfigFactory

SOURCE = """
since = 7 days ago
title = 5 minutes with git
story = true story
clause = null and void
quoted = "7 days ago"
words = seven days ago
"""
for name, value in ConfigFactory.parse_string(SOURCE).items():
    print(name, re.sub("0x[0-9a-f]+", "0x...", repr(value)))
PYTHON
venv/bin/python main.py | tee seen
cat > expected <<'EXPECTED'
since 'relativedelta(days=+7)ago'
title 'relativedelta(minutes=+5)with git'
story 'Truestory'
clause '<pyhocon.config_tree.NoneValue object at 0x...>and void'
quoted '7 days ago'
words 'seven days ago'
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: pyhocon joins such words otherwise"
  exit 1
fi
echo "as described: objects in texts"
