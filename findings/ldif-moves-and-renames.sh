#!/usr/bin/env bash
# ldif reads a record of the kind "moddn" without what it says: where the entry goes is neither in what it reads nor in what it writes.
#
# Package: ldif 0.5.1 (npm), on Node.js 20 or newer.
# Expected: RFC 2849, "change-moddn": the kind is `modrdn` or `moddn`, and both are followed by newrdn, deleteoldrdn and, maybe, newsuperior. The
#   README: "100% RFC-compliance", and it writes what it read.
# Seen: the same record with `modrdn` is read and written whole. With `moddn` there are no changes, without an error, and what is written
#   ends behind "changetype: moddn", which is no valid record.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund ldif@0.5.1
cat > main.cjs <<'JS'
const ldif = require("ldif");
for (const kind of ["modrdn", "moddn"]) {
  const lines = ["dn: cn=Paul, dc=example", `changetype: ${kind}`, "newrdn: cn=Paula", "deleteoldrdn: 1", "newsuperior: ou=staff, dc=example", ""];
  const file = ldif.parse(lines.join("\n"));
  console.log(JSON.stringify(file.entries[0].toObject({}).changes));
  console.log(JSON.stringify(file.toLDIF()));
}
JS
node --no-deprecation main.cjs | tee seen
cat > expected <<'EXPECTED'
{"newrdn":"cn=Paula","deleteoldrdn":"1","newsuperior":"ou=staff, dc=example"}
"dn: cn=Paul, dc=example\nchangetype: modrdn\nnewrdn: cn=Paula\ndeleteoldrdn: 1\nnewsuperior: ou=staff, dc=example\n"
[]
"dn: cn=Paul, dc=example\nchangetype: moddn\n"
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: such a record is read otherwise"
  exit 1
fi
echo "as described: nothing is left of the change"
