#!/usr/bin/env bash
# pyromark takes all that follows a block of code for code where its closing fence has a tab behind it.
#
# Packages: pyromark 0.10.3 (pulldown-cmark inside), beside markdown-it-py 4.3.0; Python 3.11 or newer.
# Expected: CommonMark 0.31.2, section 4.5: the closing fence "may be followed only by spaces or tabs, which are ignored".
# Seen: with a space behind it the fence closes the block, with a tab, or a space and a tab, it does not: the fence, and every
#   heading and paragraph to the end of the document, is inside `<pre><code>`. Fences of `~` as well. markdown-it-py closes it.
#   What is copied out of a table, a spreadsheet or a terminal has such tabs, and nobody sees them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyromark==0.10.3 markdown-it-py==4.3.0
if ! "$folder/venv/bin/python" - <<'PYTHON'
import pyromark
from markdown_it import MarkdownIt

for fence in ("```", "~~~"):
    for behind, is_closed in (("", True), (" ", True), ("\t", False), (" \t", False)):
        text = f"{fence}\nmake\n{fence}{behind}\n\nThen restart.\n"
        seen, other = pyromark.html(text), MarkdownIt("commonmark").render(text)
        print(repr(fence + behind), "pyromark:", repr(seen))
        assert ("<p>Then restart.</p>" in seen) == is_closed, "changed"
        assert "<p>Then restart.</p>" in other
PYTHON
then
  echo "changed: pyromark closes other fences"
  exit 1
fi
echo "as described: a fence with a tab behind it closes nothing"
