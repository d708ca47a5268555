#!/usr/bin/env bash
# Three libraries for URI templates count UTF-16 units in a prefix: the first character of a name such as "𠮷野家" is an error.
#
# Packages: url-template 3.1.1, uri-templates 0.2.0 and uri-template-lite 23.4.0, beside @std-uritemplate/std-uritemplate 2.0.12 (npm), on
#   Node.js 20 or newer; uritemplate 4.2.0 (PyPI).
# Expected: RFC 6570, 2.4.1: `{name:1}` takes as many characters from the begin of the value, as a Unicode string. Its sections 1.6 and 3.2.1
#   encode these as UTF-8.
# Seen: the Chinese character U+20BB7 is cut in two, and the three end with "URI malformed", since half of it has no UTF-8. `{name:2}` gives one
#   character in them.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund url-template@3.1.1 uri-templates@0.2.0 uri-template-lite@23.4.0 @std-uritemplate/std-uritemplate@2.0.12
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check uritemplate==4.2.0
cat > main.mjs <<'JS'
import { StdUriTemplate } from "@std-uritemplate/std-uritemplate";
import { createRequire } from "node:module";
import { parseTemplate } from "url-template";
const require = createRequire(import.meta.url);
const values = { name: "\u{20BB7}\u91CE\u5BB6" };
const libraries = {
  "url-template": (template) => parseTemplate(template).expand(values),
  "uri-templates": (template) => require("uri-templates")(template).fill(values),
  "uri-template-lite": (template) => require("uri-template-lite").expand(template, values),
  "std-uritemplate": (template) => StdUriTemplate.expand(template, values),
};
for (const [name, expand] of Object.entries(libraries)) {
  const seen = [];
  for (const template of ["{name:1}", "{name:2}"]) {
    try {
      seen.push(expand(template));
    } catch (error) {
      seen.push(error.message);
    }
  }
  console.log(name, ...seen);
}
JS
node main.mjs | tee seen
venv/bin/python -c '
from uritemplate import expand
print("uritemplate", *(expand(one, name="\U00020bb7\u91ce\u5bb6") for one in ("{name:1}", "{name:2}")))' | tee -a seen
cat > expected <<'EXPECTED'
url-template URI malformed %F0%A0%AE%B7
uri-templates URI malformed %F0%A0%AE%B7
uri-template-lite URI malformed %F0%A0%AE%B7
std-uritemplate %F0%A0%AE%B7 %F0%A0%AE%B7%E9%87%8E
uritemplate %F0%A0%AE%B7 %F0%A0%AE%B7%E9%87%8E
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: a prefix counts otherwise"
  exit 1
fi
echo "as described: half a character is an error"
