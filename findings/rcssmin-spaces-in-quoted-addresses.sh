#!/usr/bin/env bash
# rcssmin takes the spaces out of a quoted address.
#
# Packages: rcssmin 1.3.0.
# Expected: CSS Values and Units Module Level 4, 4.5: an address with spaces is written as a string in `url()`. What is in a string
#   stays as it is, as it does for `content` and in `@import "…"`.
# Seen: `url("two words.png")` becomes `url("twowords.png")`: another file. There is no error and no warning.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check rcssmin==1.3.0
printf '%s\n' '@import "two words.css";' 'a{background:url("two words.png")}' 'b{content:"two words"}' | venv/bin/python -m rcssmin | tee seen
if [ "$(cat seen)" != '@import "two words.css";a{background:url("twowords.png")}b{content:"two words"}' ]; then
  echo "changed: the addresses come out otherwise"
  exit 1
fi
echo "as described: the address in url() lost its space"
