#!/usr/bin/env bash
# parse-link-header and li find no next page where a server writes `Rel` or `REL`.
#
# Packages: parse-link-header 2.0.0, li 1.3.0 and http-link-header 1.1.4, on Node.js 20 or newer.
# Expected: RFC 8288, section 3: the names of parameters are compared without regard to case.
# Seen: `<https://api.example/items?page=2>; Rel="next"` has no link at all for the two; http-link-header finds it. Whoever pages
#   through an answer stops after the first page, without an error.
set -euo pipefail
command -v node >/dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund parse-link-header@2.0.0 li@1.3.0 http-link-header@1.1.4
cat >main.cjs <<'JS'
const parse = require("parse-link-header");
const li = require("li");
const LinkHeader = require("http-link-header");
for (const name of ["rel", "Rel"]) {
  const header = `<https://api.example/items?page=2>; ${name}="next"`;
  console.log(name, parse(header)?.next?.url, li.parse(header).next, LinkHeader.parse(header).rel("next")[0]?.uri);
}
JS
node main.cjs | tee seen
page="https://api.example/items?page=2"
if [ "$(tr '\n' '|' <seen)" != "rel $page $page $page|Rel undefined undefined $page|" ]; then
  echo "changed: a name in capitals is read otherwise"
  exit 1
fi
echo "as described: two of the three find no next page"
