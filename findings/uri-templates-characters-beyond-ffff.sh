#!/usr/bin/env bash
# uri-template and @hyperjump/uri-template cannot encode characters beyond U+FFFF: both halves of one are written on their own.
#
# Packages: uri-template 2.0.0 and @hyperjump/uri-template 0.3.0, beside url-template 3.1.1 (npm), on Node.js 20 or newer.
# Expected: RFC 6570, 3.2.1: a character that may not stand as it is is encoded in UTF-8, its octets as percent-encoded triplets. RFC 3629, 3:
#   UTF-8 has no U+D800 to U+DFFF; decoding them is prohibited.
# Seen: of the Chinese character U+20BB7, in the name of a restaurant, uri-template writes "%ED%A1%82%ED%BE%B7", which `decodeURIComponent` refuses,
#   @hyperjump/uri-template "%EF%BF%BD%EF%BF%BD", which is U+FFFD twice: the name is lost. Characters up to U+FFFF are right.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund uri-template@2.0.0 @hyperjump/uri-template@0.3.0 url-template@3.1.1
cat > main.mjs <<'JS'
import * as hyperjump from "@hyperjump/uri-template";
import { createRequire } from "node:module";
import { parseTemplate } from "url-template";
const { parse } = createRequire(import.meta.url)("uri-template");
const values = { name: "\u{20BB7}\u91CE\u5BB6" };
const written = {
  "uri-template": parse("{name}").expand(values),
  hyperjump: hyperjump.expand(hyperjump.parse("{name}"), values),
  "url-template": parseTemplate("{name}").expand(values),
};
for (const [name, address] of Object.entries(written)) {
  let read;
  try {
    read = decodeURIComponent(address) === values.name ? "the same" : "another name";
  } catch (error) {
    read = error.message;
  }
  console.log(name, address, read);
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
uri-template %ED%A1%82%ED%BE%B7%E9%87%8E%E5%AE%B6 URI malformed
hyperjump %EF%BF%BD%EF%BF%BD%E9%87%8E%E5%AE%B6 another name
url-template %F0%A0%AE%B7%E9%87%8E%E5%AE%B6 the same
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: they write such characters otherwise"
  exit 1
fi
echo "as described: a character is written as two halves"
