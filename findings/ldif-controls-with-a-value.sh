#!/usr/bin/env bash
# ldif takes a record that deletes an entry for an entry, where it has two controls or a control with a value.
#
# Package: ldif 0.5.1 (npm), on Node.js 20 or newer.
# Expected: RFC 2849: before its "changetype" a record may have any number of lines "control:", and a control may have a value behind a colon:
#   "control: 1.2.840.113556.1.4.805 true" is the RFC's own, `controlType [1*SPACE ("true" / "false")] [value-spec]` the grammar.
# Seen: with one control without a value the record is of the type "delete". Otherwise it is of the type "record", an entry whose attributes are
#   called "control" and "changetype", without an error. A program that goes by the type adds what is to be deleted.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund ldif@0.5.1
cat > main.cjs <<'JS'
const ldif = require("ldif");
for (const controls of [
  ["control: 1.2.840.113556.1.4.805 true"],
  ["control: 1.2.840.113556.1.4.805 true", "control: 2.16.840.1.113730.3.4.2"],
  ["control: 1.3.6.1.1.12 true: (cn=Paul)"],
]) {
  const record = ldif.parse(["dn: cn=Paul, dc=example", ...controls, "changetype: delete", ""].join("\n")).entries[0];
  console.log(record.type, JSON.stringify(record.toObject({}).attributes ?? null));
}
JS
node --no-deprecation main.cjs | tee seen
cat > expected <<'EXPECTED'
delete null
record {"control":["1.2.840.113556.1.4.805 true","2.16.840.1.113730.3.4.2"],"changetype":"delete"}
record {"control":"1.3.6.1.1.12 true: (cn=Paul)","changetype":"delete"}
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: controls are read otherwise"
  exit 1
fi
echo "as described: a record that deletes an entry is taken for an entry"
