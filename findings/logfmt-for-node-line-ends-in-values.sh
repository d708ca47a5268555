#!/usr/bin/env bash
# logfmt for Node.js writes a value of two lines as two lines, and so as two records.
#
# Packages: logfmt 1.4.0, on Node.js 20 or newer.
# Expected: its README: one line a record, and `stringify` "serializes an object to logfmt". Values with spaces are quoted.
# Seen: `{msg: "a\nb", code: 7}` becomes `msg=a`, an end of line and `b code=7`, without quotes. Read line by line, as logs are,
#   these are two records, and `b` is a key of the second one. A value with a space as well is quoted, with the end of line in it.
set -euo pipefail
command -v node >/dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund logfmt@1.4.0
cat >main.cjs <<'JS'
const logfmt = require("logfmt");
const line = logfmt.stringify({ msg: "a\nb", code: 7 });
console.log(JSON.stringify(line));
for (const each of line.split("\n")) console.log(JSON.stringify(logfmt.parse(each)));
JS
node main.cjs | tee seen
if [ "$(tr '\n' '|' <seen)" != '"msg=a\nb code=7"|{"msg":"a"}|{"b":true,"code":"7"}|' ]; then
  echo "changed: ends of lines in values are written or read otherwise"
  exit 1
fi
echo "as described: one record was written and two are read"
