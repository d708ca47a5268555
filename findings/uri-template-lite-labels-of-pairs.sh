#!/usr/bin/env bash
# uri-template-lite joins the pairs of a label with commas, where RFC 6570's own example has dots.
#
# Packages: uri-template-lite 23.4.0 and url-template 3.1.1 (npm), on Node.js 20 or newer; uritemplate 4.2.0 (PyPI).
# Expected: RFC 6570, 3.2.5: "X{.keys*}" is "X.semi=%3B.dot=..comma=%2C"; 3.2.1: exploded pairs are separated by the operator's character.
# Seen: "X.semi=%3B,dot=.,comma=%2C". An exploded list has its dots, and pairs in a path or a query their slashes and ampersands.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund uri-template-lite@23.4.0 url-template@3.1.1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check uritemplate==4.2.0
cat > main.mjs <<'JS'
import lite from "uri-template-lite";
import { parseTemplate } from "url-template";
const values = { list: ["red", "green"], keys: { semi: ";", dot: "." } };
for (const template of ["X{.list*}", "X{.keys*}", "X{/keys*}", "X{?keys*}"])
  console.log(template, lite.expand(template, values), parseTemplate(template).expand(values));
JS
node main.mjs | tee seen
venv/bin/python -c '
from uritemplate import expand
print("uritemplate", expand("X{.keys*}", keys={"semi": ";", "dot": "."}))' | tee -a seen
cat > expected <<'EXPECTED'
X{.list*} X.red.green X.red.green
X{.keys*} X.semi=%3B,dot=. X.semi=%3B.dot=.
X{/keys*} X/semi=%3B/dot=. X/semi=%3B/dot=.
X{?keys*} X?semi=%3B&dot=. X?semi=%3B&dot=.
uritemplate X.dot=..semi=%3B
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: the pairs of a label are joined otherwise"
  exit 1
fi
echo "as described: the pairs of a label are joined with commas"
