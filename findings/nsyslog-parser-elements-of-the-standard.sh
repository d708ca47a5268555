#!/usr/bin/env bash
# nsyslog-parser does not know structured data whose name has no "@", which are those of RFC 5424 itself, and puts them for the message.
#
# Packages: nsyslog-parser 0.10.1 (npm), on Node.js 20 or newer.
# Expected: RFC 5424, 6.3.2: names without "@" are those that IANA keeps, "name@number" is everyone else's. 7 defines "timeQuality", "origin" and "meta";
#   util-linux' `logger --server` sends `[timeQuality ...]` with every line. The package parses "RFC 5424" messages
#   with "structuredData".
# Seen: the first element is taken only with an "@". Otherwise `structuredData` is empty and the message begins within the element:
#   `tzKnown="1" isSynced="1"] started`. Where a second element follows, the message is the first element's rest, and the real one, "started",
#   is nowhere. No error.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund nsyslog-parser@0.10.1
cat > main.cjs <<'JS'
const parse = require("nsyslog-parser");
for (const data of [
  '[app@32473 id="7"]',
  '[timeQuality tzKnown="1" isSynced="1"]',
  '[origin ip="192.0.2.1" software="rsyslogd"][meta sequenceId="29"]',
]) {
  const { message, structuredData } = parse(`<13>1 2026-10-11T22:14:15.003Z host app - - ${data} started`);
  console.log(`message: ${message}, data: ${JSON.stringify(structuredData)}`);
}
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
message: started, data: [{"$id":"app@32473","id":"7"}]
message: tzKnown="1" isSynced="1"] started, data: []
message: ip="192.0.2.1" software="rsyslogd"], data: [{"$id":"meta","sequenceId":"29"}]
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: nsyslog-parser reads such structured data otherwise"
  exit 1
fi
echo "as described: the standard's own elements are not known"
