#!/usr/bin/env bash
# html2text puts code with a grave accent between single ones: the code ends early, or a block of code begins.
#
# Packages: html2text 2025.4.15; markdown-it-py 4.2.0 to read the result.
# Expected: CommonMark 0.31.2, 6.1: code that holds a grave accent stands between longer strings of them.
# Seen: `<code>a`b</code>` is read as the code "a" and the text "b`". `<code>`</code>` at the beginning of a
#   line becomes three grave accents: all that follows, to the end of the document, is a block of code.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check html2text==2025.4.15 markdown-it-py==4.2.0
venv/bin/python - <<'PY' | tee seen
import html2text
from markdown_it import MarkdownIt
for page in ("<p>Use <code>a`b</code> now</p>", "<p><code>`</code> ends it</p><p>More text</p>"):
    print(MarkdownIt().render(html2text.html2text(page)).replace("\n", " "))
PY
expected='<p>Use <code>a</code>b` now</p> |<pre><code class="language-ends"> More text  </code></pre> |'
if [ "$(tr '\n' '|' <seen)" != "$expected" ]; then
  echo "changed: code with a grave accent is written otherwise"
  exit 1
fi
echo "as described: code ends early, and text is a block of code"
