#!/usr/bin/env bash
# glossy loses a message up to its last word that ends in a bracket, wherever the line has structured data.
#
# Packages: glossy 0.1.7 (npm), on Node.js 20 or newer.
# Expected: RFC 5424, 6: STRUCTURED-DATA is "-" or elements, each from "[" to the first "]" that no backslash stands before, then a space and the
#   message, which holds what it likes. Of `[app@32473 id="7"] GET /a took 12 ms [200]` the message is `GET /a took 12 ms [200]`.
# Seen: glossy looks for the last word of the line that ends in "]", takes everything up to it for structured data and drops what it cannot
#   read there: the message is empty, and of `worker [3] stopped` only `stopped` is left. The same messages are whole where the line has "-" in place of
#   structured data, so it shows only once a sender, or rsyslog on the way, adds an element.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund glossy@0.1.7
cat > main.cjs <<'JS'
const { Parse } = require("glossy");
for (const data of ["-", '[app@32473 id="7"]']) {
  for (const message of ["GET /a took 12 ms [200]", "worker [3] stopped", "done"]) {
    const read = Parse.parse(`<165>1 2026-10-11T22:14:15.003Z host app 12 ID47 ${data} ${message}`);
    console.log(data, JSON.stringify(read.message), JSON.stringify(read.structuredData ?? null));
  }
}
JS
node main.cjs | tee seen
cat > expected <<'EXPECTED'
- "GET /a took 12 ms [200]" null
- "worker [3] stopped" null
- "done" null
[app@32473 id="7"] "" {"app@32473":{"id":"7"}}
[app@32473 id="7"] "stopped" {"app@32473":{"id":"7"}}
[app@32473 id="7"] "done" {"app@32473":{"id":"7"}}
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: glossy reads such messages otherwise"
  exit 1
fi
echo "as described: a message up to a bracket is lost"
