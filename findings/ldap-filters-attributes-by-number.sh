#!/usr/bin/env bash
# Three parsers of LDAP filters know no attributes by number and none with options: "(userCertificate;binary=*)" is no filter for them.
#
# Packages: ldapts 9.2.0, @ldapjs/filter 2.1.1 and ldap-filter 0.3.3 (npm), on Node.js 20 or newer.
# Expected: RFC 4515, 3: the attribute is an AttributeDescription of RFC 4512, 2.5: a name or a dotted number, then options behind semicolons. Section 4 of
#   RFC 4515 has "(1.3.6.1.4.1.1466.0=\04\02\48\69)" as an example, RFC 4522 "userCertificate;binary".
# Seen: "invalid expression" from all of them; of the same attributes with a matching rule, "(2.5.4.3:=x)", @ldapjs/filter alone reads them.
#   Attribute names are read.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund ldapts@9.2.0 @ldapjs/filter@2.1.1 ldap-filter@0.3.3
cat > main.cjs <<'JS'
const { FilterParser } = require("ldapts");
const parsers = {
  ldapts: (text) => FilterParser.parseString(text),
  "@ldapjs/filter": (text) => require("@ldapjs/filter").parseString(text),
  "ldap-filter": (text) => require("ldap-filter").parse(text),
};
for (const text of ["(cn=x)", "(2.5.4.3=x)", "(cn;lang-de=x)", "(userCertificate;binary=*)", "(2.5.4.3:=x)"]) {
  for (const [name, parse] of Object.entries(parsers)) {
    let seen;
    try {
      seen = parse(text).toString();
    } catch (error) {
      seen = error.message;
    }
    console.log(text, name, seen);
  }
}
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
(cn=x) ldapts (cn=x)
(cn=x) @ldapjs/filter (cn=x)
(cn=x) ldap-filter (cn=x)
(2.5.4.3=x) ldapts Invalid expression: 2.5.4.3=x
(2.5.4.3=x) @ldapjs/filter invalid expression
(2.5.4.3=x) ldap-filter invalid expression
(cn;lang-de=x) ldapts Invalid expression: cn;lang-de=x
(cn;lang-de=x) @ldapjs/filter invalid expression
(cn;lang-de=x) ldap-filter invalid expression
(userCertificate;binary=*) ldapts Invalid expression: userCertificate;binary=*
(userCertificate;binary=*) @ldapjs/filter invalid expression
(userCertificate;binary=*) ldap-filter invalid expression
(2.5.4.3:=x) ldapts Invalid expression: 2.5.4.3:=x
(2.5.4.3:=x) @ldapjs/filter (2.5.4.3:=x)
(2.5.4.3:=x) ldap-filter invalid expression
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: attributes are read otherwise"
  exit 1
fi
echo "as described: no attributes by number, none with options"
