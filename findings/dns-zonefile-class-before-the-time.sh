#!/usr/bin/env bash
# dns-zonefile drops every record whose class stands before its time to live, without a word.
#
# Package: dns-zonefile 0.3.2 (npm), on Node.js 20 or newer.
# Expected: RFC 1035, 5.1: a record is "[<TTL>] [<class>] <type> <RDATA>" or "[<class>] [<TTL>] <type> <RDATA>".
# Seen: "www IN 300 A 192.0.2.1" is not among the records that `parse` gives, whatever the type, and a zone written from them is without it. So are
#   "www in a 192.0.2.1" in small letters and "www 1h A ..", BIND's times with units. No error. "www 300 IN A 192.0.2.1" is there.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund dns-zonefile@0.3.2
cat > zone <<'ZONE'
$ORIGIN example.org.
$TTL 3600
@ IN SOA ns1 host ( 1 7200 3600 1209600 3600 )
@ IN NS ns1
first 300 IN A 192.0.2.1
second IN 300 A 192.0.2.2
third IN 300 MX 10 mail
fourth IN 300 CNAME first
fifth in a 192.0.2.5
ZONE
cat > main.mjs <<'JS'
import { readFileSync } from "node:fs";
import zonefile from "dns-zonefile";
const zone = zonefile.parse(readFileSync("zone", "utf8"));
const names = Object.values(zone).filter(Array.isArray).flat().map((record) => record.name);
console.log("names:", names.sort().join(" "));
JS
node main.mjs | tee seen
cat > expected <<'EXPECTED'
names: @ first
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: dns-zonefile reads such records"
  exit 1
fi
echo "as described: records that are not there"
