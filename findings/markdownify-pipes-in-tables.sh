#!/usr/bin/env bash
# markdownify leaves a pipe in a table's cell as it is, which makes two cells of it.
#
# Packages: markdownify 1.2.3; markdown-it-py 4.2.0 to read the result.
# Expected: GitHub Flavored Markdown 0.29, 4.10: a pipe in a cell is written `\|`, in code as well.
# Seen: of the cells "ls | wc" and "counts" the table has "ls" and "wc"; "counts" is gone, since a row has no more cells than
#   its header. `escape_misc=True`, which escapes more signs, changes that for text, and not for code.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check markdownify==1.2.3 markdown-it-py==4.2.0
venv/bin/python - <<'PY' | tee seen
import re
from markdown_it import MarkdownIt
from markdownify import markdownify
page = "<table><tr><th>command</th><th>what it does</th></tr><tr><td>{}</td><td>counts</td></tr></table>"
for cell in ("ls", "ls | wc", "<code>ls | wc</code>"):
    for options in ({}, {"escape_misc": True}):
        html = MarkdownIt("gfm-like", {"linkify": False}).render(markdownify(page.format(cell), **options))
        print(cell, *options, "->", *re.findall("<td>(.*?)</td>", html), sep=" · ")
PY
expected='ls · -> · ls · counts|ls · escape_misc · -> · ls · counts|ls | wc · -> · ls · wc|ls | wc · escape_misc · -> · ls | wc · counts|'
expected+='<code>ls | wc</code> · -> · `ls · wc`|<code>ls | wc</code> · escape_misc · -> · `ls · wc`|'
if [ "$(tr '\n' '|' <seen)" != "$expected" ]; then
  echo "changed: a pipe in a cell is written otherwise"
  exit 1
fi
echo "as described: the second cell is lost"
