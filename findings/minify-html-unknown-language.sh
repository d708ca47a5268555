#!/usr/bin/env bash
# minify-html takes away an empty `lang`, and with it what that says.
#
# Packages: minify-html 0.18.1.
# Expected: HTML Living Standard, "The lang and xml:lang attributes": an empty value says that the language is unknown, so that a
#   translation or a voice doesn't take the text for the language around it. It differs from having no such attribute.
# Seen: `<html lang="en">…<code lang="">` loses it, with default options: the text inherits English. `alt=""` stays.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check minify-html==0.18.1
venv/bin/python - <<'PY' | tee seen
import minify_html
print(minify_html.minify('<html lang="en"><body><p>It prints <samp lang="">zzgl ok</samp> <img src="a.png" alt=""></p></body></html>'))
PY
if [ "$(cat seen)" != '<html lang=en><body><p>It prints <samp>zzgl ok</samp> <img alt src=a.png>' ]; then
  echo "changed: an empty lang comes out otherwise"
  exit 1
fi
echo "as described: text in no known language is English now"
