#!/usr/bin/env bash
# markdownify ends a block of code at the first fence that stands in it.
#
# Packages: markdownify 1.2.3; markdown-it-py 4.2.0 to read the result.
# Expected: CommonMark 0.31.2, 4.5: a block of code ends with a fence of at least as many grave accents as it began with, so that
#   code with a fence in it needs a longer one. Inside a line markdownify does so: `a`b` gets two.
# Seen: of a page that shows how to write Markdown the block ends one line early, and the fence that was to end it begins
#   another one: the text that follows is code to the end of the document.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check markdownify==1.2.3 markdown-it-py==4.2.0
venv/bin/python - <<'PY' | tee seen
from markdown_it import MarkdownIt
from markdownify import markdownify
for page in ("<p><code>a`b</code></p>", "<pre><code>```sh\nls\n```</code></pre><p>More text</p>"):
    print(MarkdownIt().render(markdownify(page)).replace("\n", " "))
PY
expected='<p><code>a`b</code></p> |<pre><code>```sh ls </code></pre> <pre><code> More text</code></pre> |'
if [ "$(tr '\n' '|' <seen)" != "$expected" ]; then
  echo "changed: code with a fence is written otherwise"
  exit 1
fi
echo "as described: the text below is code"
