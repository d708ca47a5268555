#!/usr/bin/env bash
# marko ends emphasis at another asterisk than CommonMark says, where one may both close and open it.
#
# Packages: marko 2.2.4, beside markdown-it-py 4.3.0; Python 3.11 or newer.
# Expected: CommonMark 0.31.2, section 6.2, rules 9 and 10: where one of two delimiters can both open and close emphasis, the sum of the
#   lengths of their runs must not be a multiple of 3. marko's README: it "adheres to the specifications of CommonMark's spec v0.31.2".
# Seen: of `**a* b*c*` it makes `<em><em>a</em> b</em>c*`: the asterisk between b and c closes what the two at the start began, though 1 and 2
#   make 3; `*<em>a</em> b<em>c</em>` is right. Of `x**a***b**y` it makes `<strong>a</strong>*b**y`, with the second pair left as text,
#   and `<strong>a</strong><em>b</em>*y` is right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check marko==2.2.4 markdown-it-py==4.3.0
if ! "$folder/venv/bin/python" - <<'PYTHON'
import marko
from markdown_it import MarkdownIt

CASES = {
    "**a* b*c*": ("<p><em><em>a</em> b</em>c*</p>", "<p>*<em>a</em> b<em>c</em></p>"),
    "x**a***b**y": ("<p>x<strong>a</strong>*b**y</p>", "<p>x<strong>a</strong><em>b</em>*y</p>"),
}
for text, expected in CASES.items():
    seen = marko.convert(text).strip(), MarkdownIt("commonmark").render(text).strip()
    print(text, "marko:", seen[0], "markdown-it-py:", seen[1])
    assert seen == expected, "changed"
PYTHON
then
  echo "changed: marko reads these asterisks otherwise"
  exit 1
fi
echo "as described: emphasis ends at another asterisk"
