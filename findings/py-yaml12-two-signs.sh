#!/usr/bin/env bash
# yaml12 reads text with two signs before a number as a number.
#
# Package: py-yaml12 0.2.0, "YAML 1.2 parser".
# Expected: YAML 1.2.2, section 10.3.2 (https://yaml.org/spec/1.2.2/#1032-tag-resolution): a plain scalar is an integer if
#   it matches [-+]? [0-9]+ as a whole. `++5` and `+-5` have two signs, so they are text, as `--5` and `-+5` are.
# Seen: `++5` is the integer 5 and `+-5` the integer -5, while `--5` and `-+5` are text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check py-yaml12==0.2.0

seen=$("$folder/venv/bin/python" -c '
from yaml12 import parse_yaml
print(*[repr(parse_yaml(f"k: {text}")["k"]) for text in ("+5", "++5", "+-5", "--5", "-+5")])
')
echo "$seen"
if [ "$seen" != "5 5 -5 '--5' '-+5'" ]; then
  echo "changed: other values than 5 5 -5 '--5' '-+5'"
  exit 1
fi
echo "as described: ++5 and +-5 are numbers"
