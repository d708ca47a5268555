#!/usr/bin/env bash
# csscompressor takes the space before a parenthesis out of conditions, which makes functions of `not` and of a container's name.
#
# Packages: csscompressor 0.9.5.
# Expected: CSS Conditional Rules Module Level 3, section 6: white space is required after `not` in @supports, since `not(` would be
#   a function. CSS Conditional Rules Module Level 5: a container's name stands before its condition, as a word of its own.
# Seen: `@supports not(display:grid)` and `@container side(width>400px)`: styles below them never apply in a browser that knows
#   grids, and neither in one that doesn't. Only `and` keeps its space. `@media(…)` for `@media (…)` stays valid.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check csscompressor==0.9.5
cat >site.css <<'CSS'
@supports not (display: grid) { a { float: left } }
@container side (width > 400px) { a { float: left } }
@supports (display: grid) and (gap: 1px) { a { float: left } }
CSS
venv/bin/python -m csscompressor site.css | sed 's/}}@/}}\n@/g' | tee seen
expected='@supports not(display:grid){a{float:left}}
@container side(width>400px){a{float:left}}
@supports(display:grid) and (gap:1px){a{float:left}}'
if [ "$(cat seen)" != "$expected" ]; then
  echo "changed: the conditions come out otherwise"
  exit 1
fi
echo "as described: the condition's first word and its parenthesis are a function now"
