#!/usr/bin/env bash
# Four libraries for URI templates leave apostrophes, parentheses and asterisks as they are where RFC 6570 has them encoded.
#
# Packages: uri-templates 0.2.0, @std-uritemplate/std-uritemplate 2.0.12, @contentgrid/uri-template 0.4.2 and rfc6570-uri-template 1.1.0,
#   beside url-template 3.1.1 (npm), on Node.js 20 or newer; uritemplate 4.2.0 and std-uritemplate 2.0.12 (PyPI).
# Expected: RFC 6570, 3.2.1: an expression without an operator, or with another one than `+` and `#`, lets unreserved characters alone through;
#   all others are encoded. Section 1.5 counts `'`, `(`, `)` and `*` among the reserved ones, beside `!`.
# Seen: of the RFC's example, "Hello World!", all of them encode the "!". Of "it's (a) *" the four leave "it's%20(a)%20*". So the Python
#   and the JavaScript package of one project, std-uritemplate, make two addresses of one template: a key of a cache, a signature over
#   the address or a sub-delimiter that a server reads differs.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund uri-templates@0.2.0 @std-uritemplate/std-uritemplate@2.0.12 @contentgrid/uri-template@0.4.2 rfc6570-uri-template@1.1.0 url-template@3.1.1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check uritemplate==4.2.0 std-uritemplate==2.0.12
cat > main.mjs <<'JS'
import { StdUriTemplate } from "@std-uritemplate/std-uritemplate";
import { createRequire } from "node:module";
import { parse } from "rfc6570-uri-template";
import { parseTemplate } from "url-template";
const require = createRequire(import.meta.url);
const fill = require("uri-templates");
const Contentgrid = require("@contentgrid/uri-template").default;
const values = { hello: "Hello World!", text: "it's (a) *" };
const template = "/{hello}{?text}";
console.log("uri-templates", fill(template).fill(values));
console.log("std-uritemplate-for-node", StdUriTemplate.expand(template, values));
console.log("contentgrid", new Contentgrid(template).expand(values));
console.log("rfc6570-uri-template", parse(template).expand(values));
console.log("url-template", parseTemplate(template).expand(values));
JS
cat > main.py <<'PYTHON'
import stduritemplate
import uritemplate

values = {"hello": "Hello World!", "text": "it's (a) *"}
template = "/{hello}{?text}"
print("std-uritemplate-for-python", stduritemplate.StdUriTemplate.expand(template, values))
print("uritemplate", uritemplate.expand(template, values))
PYTHON
node main.mjs | tee seen
venv/bin/python main.py | tee -a seen
cat > expected <<'EXPECTED'
uri-templates /Hello%20World%21?text=it's%20(a)%20*
std-uritemplate-for-node /Hello%20World%21?text=it's%20(a)%20*
contentgrid /Hello%20World%21?text=it's%20(a)%20*
rfc6570-uri-template /Hello%20World%21?text=it's%20(a)%20*
url-template /Hello%20World%21?text=it%27s%20%28a%29%20%2A
std-uritemplate-for-python /Hello%20World%21?text=it%27s%20%28a%29%20%2A
uritemplate /Hello%20World%21?text=it%27s%20%28a%29%20%2A
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: they encode other characters"
  exit 1
fi
echo "as described: four of them encode the exclamation mark alone"
