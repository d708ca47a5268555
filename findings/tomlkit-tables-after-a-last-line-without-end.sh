#!/usr/bin/env bash
# tomlkit adds a table to an array of tables on the last line of a file that ends without a line end, and nobody can read the file any more.
#
# Packages: tomlkit 0.15.2 (PyPI).
# Expected: TOML 1.0.0, "Key/Value Pair": after a pair there is "a newline (or EOF)", so the last line may be without one. To add a table to
#   `[[server]]\nname = "a"` gives a document with two; with a plain table or a key tomlkit begins a new line in such a file.
# Seen: `name = "a"[[server]]`: the header is on the line before, and to read it is an error, for tomlkit as well. If the last line is a comment,
#   the header is in the comment: no error, and the new table's keys are the old one's.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check tomlkit==0.15.2
cat > main.py <<'PYTHON'
import tomlkit

for text in ('[[server]]\nname = "a"\n', '[[server]]\nname = "a"', '[[server]]\nname = "a" # first'):
    document = tomlkit.parse(text)
    document["server"].append({"port": 80})
    written = tomlkit.dumps(document)
    try:
        read = tomlkit.parse(written).unwrap()["server"]
    except tomlkit.exceptions.ParseError as error:
        read = type(error).__name__
    print(repr(written), "read again:", read)
PYTHON
venv/bin/python main.py | tee seen
cat > expected <<'EXPECTED'
'[[server]]\nname = "a"\n[[server]]\nport = 80\n' read again: [{'name': 'a'}, {'port': 80}]
'[[server]]\nname = "a"[[server]]\nport = 80\n' read again: UnexpectedCharError
'[[server]]\nname = "a" # first[[server]]\nport = 80\n' read again: [{'name': 'a', 'port': 80}]
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: tomlkit adds such tables otherwise"
  exit 1
fi
echo "as described: a header on the line before"
