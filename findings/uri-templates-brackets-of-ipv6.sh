#!/usr/bin/env bash
# Four libraries for URI templates encode square brackets in a reserved expansion, so that an address with an IPv6 host has none.
#
# Packages: uri-templates 0.2.0, uri-template-lite 23.4.0, @contentgrid/uri-template 0.4.2 and rfc6570-uri-template 1.1.0, beside url-template
#   3.1.1 and uri-template 2.0.0 (npm), on Node.js 20 or newer.
# Expected: RFC 6570, 3.2.3: `{+var}` is for values that may have reserved characters, which are copied; 1.5 has `[` and `]` among them. The base
#   address of a server is the RFC's own use of it: `{+base}index`.
# Seen: with "http://[2001:db8::1]:8080/" as the base the four write "http://%5B2001:db8::1%5D:8080/index", which `new URL` refuses. They use
#   `encodeURI`, which knows the brackets not. A query such as "filter[name]=a" changes in the same way.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund uri-templates@0.2.0 uri-template-lite@23.4.0 @contentgrid/uri-template@0.4.2 rfc6570-uri-template@1.1.0 url-template@3.1.1 uri-template@2.0.0
cat > main.mjs <<'JS'
import { createRequire } from "node:module";
import { parse } from "rfc6570-uri-template";
import { parseTemplate } from "url-template";
const require = createRequire(import.meta.url);
const Contentgrid = require("@contentgrid/uri-template").default;
const values = { base: "http://[2001:db8::1]:8080/" };
const template = "{+base}index";
const written = {
  "uri-templates": require("uri-templates")(template).fill(values),
  "uri-template-lite": require("uri-template-lite").expand(template, values),
  contentgrid: new Contentgrid(template).expand(values),
  "rfc6570-uri-template": parse(template).expand(values),
  "url-template": parseTemplate(template).expand(values),
  "uri-template": require("uri-template").parse(template).expand(values),
};
for (const [name, address] of Object.entries(written)) console.log(name, address, URL.canParse(address));
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
uri-templates http://%5B2001:db8::1%5D:8080/index false
uri-template-lite http://%5B2001:db8::1%5D:8080/index false
contentgrid http://%5B2001:db8::1%5D:8080/index false
rfc6570-uri-template http://%5B2001:db8::1%5D:8080/index false
url-template http://[2001:db8::1]:8080/index true
uri-template http://[2001:db8::1]:8080/index true
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: they write brackets otherwise"
  exit 1
fi
echo "as described: four of them encode the brackets"
