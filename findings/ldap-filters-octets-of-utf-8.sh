#!/usr/bin/env bash
# ldapts and ldap-filter take each escaped octet of a filter for a character: RFC 4515's own "Lučić" is searched as eight other letters.
#
# Packages: ldapts 9.2.0, ldap-filter 0.3.3 and asn1 0.2.6 (npm), on Node.js 20 or newer.
# Expected: RFC 4515, 3: a backslash and two digits are an octet of the value's UTF-8 encoding. Section 4: "(sn=Lu\c4\8di\c4\87)" has the octets of U+010D and
#   U+0107. Many libraries escape what is beyond ASCII in this way.
# Seen: both read "LuÄ\u008diÄ\u0087", and write it in that way. ldapts sends 4c75c384c28d69c384c287 to the server; what the filter says is
#   4c75c48d69c487, which it sends of "(sn=Lučić)". So the search finds nobody, without an error.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund ldapts@9.2.0 ldap-filter@0.3.3 asn1@0.2.6
cat > main.cjs <<'JS'
const { BerWriter } = require("asn1");
const filters = require("ldap-filter");
const { FilterParser } = require("ldapts");
for (const text of ["(sn=Lu\\c4\\8di\\c4\\87)", "(sn=Lu\u010di\u0107)"]) {
  const filter = FilterParser.parseString(text);
  const writer = new BerWriter();
  filter.write(writer);
  console.log("ldapts", JSON.stringify(text), writer.buffer.subarray(8).toString("hex"), filter.value === "Lu\u010di\u0107");
  console.log("ldap-filter", Buffer.from(filters.parse(text).value).toString("hex"));
}
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
ldapts "(sn=Lu\\c4\\8di\\c4\\87)" 4c75c384c28d69c384c287 false
ldap-filter 4c75c384c28d69c384c287
ldapts "(sn=Lučić)" 4c75c48d69c487 true
ldap-filter 4c75c48d69c487
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: escaped octets are read otherwise"
  exit 1
fi
echo "as described: an octet is taken for a character"
