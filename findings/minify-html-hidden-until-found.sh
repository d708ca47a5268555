#!/usr/bin/env bash
# minify-html makes text that the browser's search can find unfindable: it takes the value of `hidden`.
#
# Packages: minify-html 0.18.1.
# Expected: HTML Living Standard, "The hidden attribute": it is an enumerated attribute. `hidden="until-found"` is shown when a
#   search in the page or a link to a part of it leads there; an empty value is just hidden.
# Seen: `<p hidden="until-found">` becomes `<p hidden>`, with default options, as if `hidden` were a boolean attribute: a folded
#   answer is never found any more. The value of `popover`, as young, stays.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check minify-html==0.18.1
venv/bin/python - <<'PY' | tee seen
import minify_html
print(minify_html.minify('<div hidden="until-found">an answer</div><div popover="manual">a hint</div>'))
PY
if [ "$(cat seen)" != '<div hidden>an answer</div><div popover=manual>a hint</div>' ]; then
  echo "changed: the value of hidden comes out otherwise"
  exit 1
fi
echo "as described: until-found is gone"
