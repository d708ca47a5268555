#!/usr/bin/env bash
# The parser that llmstxt.org publishes can't read a file of that format that has nothing between its title and its lists.
#
# Packages: llms-txt 0.0.7, Python 3.11 or newer.
# Expected: llmstxt.org, section "Format": the H1 with the name "is the only required section"; the blockquote below it, the details and the
#   lists are optional. `parse_llms_file` of a title and a list of links gives that list, with `summary` and `info` None.
# Seen: `TypeError: 'NoneType' object does not support item assignment`, with a list and for a title alone. With a summary, or with a line of
#   details, it gives the list. `llms_txt2ctx`, which makes a prompt of such a file, ends with the same traceback.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check llms-txt==0.0.7
if ! "$folder/venv/bin/python" - <<'PYTHON'
from llms_txt import parse_llms_file

LIST = "\n## Docs\n\n- [Start](https://a.example/start.md): how to begin\n"
for between in ("\n> Summary.\n", "\nDetails.\n"):
    read = parse_llms_file(f"# Title\n{between}{LIST}")
    print(repr(between), [link["title"] for link in read.sections["Docs"]])
for text in ("# Title\n", f"# Title\n{LIST}"):
    try:
        parse_llms_file(text)
    except TypeError as error:
        print(repr(text[:18]), "TypeError:", error)
    else:
        raise SystemExit("changed")
PYTHON
then
  echo "changed: llms-txt reads such files"
  exit 1
fi
echo "as described: a title with nothing but lists below it can't be read"
