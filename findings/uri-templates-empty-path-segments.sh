#!/usr/bin/env bash
# Three libraries for URI templates leave the slash out where the only segment is empty: "/items{/name}" has no slash at its end.
#
# Packages: uri-template 2.0.0, @hyperjump/uri-template 0.3.0 and rfc6570-uri-template 1.1.0, beside url-template 3.1.1 (npm), on Node.js 20 or
#   newer; uritemplate 4.2.0 (PyPI).
# Expected: RFC 6570, 2.3: an empty text is a value like others, not an undefined one. 3.2.6: for each defined variable a slash is appended, then
#   its value: `{/var,empty}` is "/value/". 3.2.4 and 3.2.5 have the same of "#" and ".".
# Seen: `{/var,empty}` is right in all of them. `{/empty}` is nothing in the three, and `{/list*}` with a list of one empty text neither.
#   @hyperjump/uri-template leaves "." and "#" out as well.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund uri-template@2.0.0 @hyperjump/uri-template@0.3.0 rfc6570-uri-template@1.1.0 url-template@3.1.1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check uritemplate==4.2.0
cat > main.mjs <<'JS'
import * as hyperjump from "@hyperjump/uri-template";
import { createRequire } from "node:module";
import { parse } from "rfc6570-uri-template";
import { parseTemplate } from "url-template";
const require = createRequire(import.meta.url);
const { parse: parsed } = require("uri-template");
const values = { var: "value", empty: "", list: [""] };
const templates = ["/a{/var,empty}", "/a{/empty}", "/a{/list*}", "/a{.empty}", "/a{#empty}"];
const show = (name, expand) => console.log(name, ...templates.map(expand));
show("uri-template", (template) => parsed(template).expand(values));
show("hyperjump", (template) => hyperjump.expand(hyperjump.parse(template), values));
show("rfc6570-uri-template", (template) => parse(template).expand(values));
show("url-template", (template) => parseTemplate(template).expand(values));
JS
cat > main.py <<'PYTHON'
from uritemplate import expand

values = {"var": "value", "empty": "", "list": [""]}
print("uritemplate", *(expand(one, values) for one in ("/a{/var,empty}", "/a{/empty}", "/a{/list*}", "/a{.empty}", "/a{#empty}")))
PYTHON
node main.mjs | tee seen
venv/bin/python main.py | tee -a seen
cat > expected <<'EXPECTED'
uri-template /a/value/ /a /a /a. /a#
hyperjump /a/value/ /a /a /a /a
rfc6570-uri-template /a/value/ /a /a /a. /a#
url-template /a/value/ /a/ /a/ /a. /a#
uritemplate /a/value/ /a/ /a/ /a. /a#
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: an empty segment is written otherwise"
  exit 1
fi
echo "as described: the slash of an empty segment is missing"
