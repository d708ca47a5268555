#!/usr/bin/env bash
# csscompressor takes the spaces out of `hsl()`, so that its three values become one.
#
# Packages: csscompressor 0.9.5.
# Expected: CSS Color Module Level 4, section 7: hue, saturation and lightness are separated by spaces; the form with commas is
#   called the legacy one.
# Seen: `hsl(210 40% 50%)` becomes `hsl(21040%50%)`, which no browser understands: the color is dropped without a word. With
#   commas, and in `rgb()` and `oklch()`, what belongs apart stays apart.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check csscompressor==0.9.5
cat >colors.css <<'CSS'
a { color: hsl(210 40% 50%) }
b { color: hsl(210, 40%, 50%) }
i { color: rgb(0 0 0 / 50%) }
p { color: oklch(40% 0.2 30) }
CSS
venv/bin/python -m csscompressor colors.css | sed 's/}/}\n/g' | sed '/^$/d' | tee seen
if [ "$(tr '\n' ' ' <seen)" != "a{color:hsl(21040%50%)} b{color:hsl(210,40%,50%)} i{color:rgb(0 0 0 / 50%)} p{color:oklch(40% .2 30)} " ]; then
  echo "changed: the colors come out otherwise"
  exit 1
fi
echo "as described: three values of hsl() became one"
