#!/usr/bin/env bash
# parse-data-url decodes base64 with the percent signs in it: the letter of "data:;base64,YQ%3D%3D" has three bytes more.
#
# Packages: parse-data-url 6.0.0 and data-urls 7.0.0 (npm), on Node.js 20 or newer.
# Expected: RFC 2397, 3: the data is urlchar, in which "=", "+" and "/" may be escaped; WHATWG's Fetch, "data: URLs": percent-decode first, then base64. The URL
#   is the letter "a", as for `fetch`.
# Seen: "YQ%3D%3D" becomes 61 0d c3 dc: the letters and digits behind the percent signs count as base64. "%2B" for "+" and "%2F" for "/" give other
#   bytes too. No error. `encodeURIComponent` escapes these three. Without ";base64" it decodes percents.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund parse-data-url@6.0.0 data-urls@7.0.0
cat > main.mjs <<'JS'
import parseOther from "data-urls";
import parse from "parse-data-url";
const hex = (bytes) => Buffer.from(bytes).toString("hex");
for (const url of ["data:,%61", "data:;base64,YQ==", "data:;base64,YQ%3D%3D", "data:;base64,+/8=", "data:;base64,%2B%2F8%3D"]) {
  const fetched = await (await fetch(url)).arrayBuffer();
  console.log(url, "fetch:", hex(fetched), "data-urls:", hex(parseOther(url).body), "parse-data-url:", hex(parse(url).toBuffer()));
}
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
data:,%61 fetch: 61 data-urls: 61 parse-data-url: 61
data:;base64,YQ== fetch: 61 data-urls: 61 parse-data-url: 61
data:;base64,YQ%3D%3D fetch: 61 data-urls: 61 parse-data-url: 610dc3dc
data:;base64,+/8= fetch: fbff data-urls: fbff parse-data-url: fbff
data:;base64,%2B%2F8%3D fetch: fbff data-urls: fbff parse-data-url: d81d85f370
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: parse-data-url decodes such data otherwise"
  exit 1
fi
echo "as described: percent signs in base64"
