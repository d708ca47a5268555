#!/usr/bin/env bash
# tomlkit appends a value into the comment that ends a list, and the value is not in the file that it writes.
#
# Packages: tomlkit 0.15.2 (PyPI).
# Expected: tomlkit "preserves all comments, indentations, whitespace and internal element ordering", and a document that it parsed can be edited: what
#   `append` adds to a list is in the list of the document that `dumps` writes.
# Seen: where the list's last line has two values or more and then a comment, as in `80, 443 # web`, the next one is written
#   behind it: `80, 443, # web 8080`. In the document in memory it is there, in the file it is commented out. No error. With one value in the
#   last line it is right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check tomlkit==0.15.2
cat > main.py <<'PYTHON'
import tomlkit

for text in (
    "ports = [\n  80,\n  443 # web\n]\n",
    "ports = [\n  80, 443, # web\n]\n",
    "ports = [\n  80, 443 # web\n]\n",
    "ports = [\n  22, # shell\n  80, 443 # web\n]\n",
):
    document = tomlkit.parse(text)
    document["ports"].append(8080)
    written = tomlkit.dumps(document)
    print(repr(written), "in memory:", document["ports"].unwrap(), "read again:", tomlkit.parse(written)["ports"].unwrap())
PYTHON
venv/bin/python main.py | tee seen
cat > expected <<'EXPECTED'
'ports = [\n  80,\n  443, # web\n  8080\n]\n' in memory: [80, 443, 8080] read again: [80, 443, 8080]
'ports = [\n  80, 443, # web 8080,\n]\n' in memory: [80, 443, 8080] read again: [80, 443]
'ports = [\n  80, 443, # web 8080\n]\n' in memory: [80, 443, 8080] read again: [80, 443]
'ports = [\n  22, # shell\n  80, 443, # web 8080\n]\n' in memory: [22, 80, 443, 8080] read again: [22, 80, 443]
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: tomlkit appends to such lists otherwise"
  exit 1
fi
echo "as described: a value in a comment"
