#!/usr/bin/env bash
# The last link of a text is lost in comrak if its definition is in angle brackets and no line break ends the text.
#
# Packages: comrak 0.0.16 (Python's wheel), beside markdown-it-py 4.0.0; Python 3.11 or newer.
# Expected: CommonMark 0.31.2, section 2.1: a line ends with a line ending "or by the end of file"; section 4.7: a
#   definition's destination may stand in `<…>`. So `[a]: <https://a.example/x>` is one as the last line, however it ends.
# Seen: without a line break behind it comrak shows `[a]` as text, and the definition as a paragraph:
#     <p>[a]</p> <p>[a]: <a href="https://a.example/x">https://a.example/x</a></p>
#   With the line break, or without the angle brackets, it is a definition; markdown-it-py takes all forms alike. A title
#   behind the brackets makes it one again. Bodies of issues and fields of forms come without a last line break, and
#   their last lines are where people put their definitions.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check comrak==0.0.16 markdown-it-py==4.0.0
if ! "$folder/venv/bin/python" - <<'PYTHON'
import comrak
from markdown_it import MarkdownIt

LINK = '<a href="https://a.example/x"'
CASES = {
    "[a]\n\n[a]: <https://a.example/x>": (False, True),
    "[a]\n\n[a]: <https://a.example/x>\n": (True, True),
    "[a]\n\n[a]: https://a.example/x": (True, True),
    '[a]\n\n[a]: <https://a.example/x> "t"': (True, True),
    "[a]\n\n> [a]: <https://a.example/x>": (False, True),
}
for text, expected in CASES.items():
    pages = comrak.render_markdown(text), MarkdownIt("commonmark").render(text)
    seen = tuple(f"{LINK}" in page.partition("\n")[0] and ">a</a>" in page for page in pages)
    print(repr(text), "comrak:", seen[0], "markdown-it-py:", seen[1])
    assert seen == expected, f"changed: {pages}"
PYTHON
then
  echo "changed: comrak takes other definitions, or markdown-it-py does"
  exit 1
fi
echo "as described: comrak misses a definition in angle brackets that ends the text"
