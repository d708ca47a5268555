#!/usr/bin/env bash
# inscriptis puts a block of code on one line where any element stands in `<pre>`.
#
# Packages: inscriptis 2.7.6.
# Expected: HTML Living Standard, "The code element": a block of code is a `pre` with a `code` in it. Its line ends and spaces are
#   kept: `white-space: pre` of the `pre` is inherited. inscriptis calls itself "layout-aware".
# Seen: `<pre>` alone keeps its lines; with `<code>` in it, as every generator of documentation writes it, line ends and
#   indentation are single spaces; so they are with `<span>`, which colors of syntax are made of.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check inscriptis==2.7.6
venv/bin/python - <<'PY' | tee seen
from inscriptis import get_text
for inner in ("{}", "<span>{}</span>", "<code>{}</code>"):
    print(repr(get_text("<pre>" + inner.format("if x:\n    run()") + "</pre>").strip()))
PY
expected="'if x:\n    run()'|'if x: run()'|'if x: run()'|"
if [ "$(tr '\n' '|' <seen)" != "$expected" ]; then
  echo "changed: the lines of a block of code come out otherwise"
  exit 1
fi
echo "as described: the lines of the code are one"
