#!/usr/bin/env bash
# syslog-rfc5424-parser gives values of structured data with their escapes in them, and of a repeated name the last value alone.
#
# Packages: syslog-rfc5424-parser 0.3.2 (PyPI), lark-parser 0.6.7.
# Expected: RFC 5424, 6.3.3: in a value `"`, `\` and `]` are written `\"`, `\\` and `\]`, "to avoid parsing errors", and a parser takes that
#   away again. And its element "origin" may have an `ip` for each address of the sender (7.2.1). The package is a "Parser for
#   RFC5424-compatible Syslog messages".
# Seen: the value is as it was on the wire: `C:\\logs`, `say \"hi\"`, `list[0\]`. Whoever writes it out again, as a relay does, escapes it
#   twice. Of `ip="192.0.2.1" ip="192.0.2.129"` the first is gone. No error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check syslog-rfc5424-parser==0.3.2 lark-parser==0.6.7
cat > main.py <<'PYTHON'
from syslog_rfc5424_parser import SyslogMessage

HEAD = "<165>1 2026-10-11T22:14:15.003Z host app 12 ID47 "
for data in (
    r'[app@32473 folder="C:\\logs"]',
    r'[app@32473 said="say \"hi\"" field="list[0\]"]',
    r'[origin ip="192.0.2.1" ip="192.0.2.129"]',
):
    for name, values in SyslogMessage.parse(f"{HEAD}{data} done").sd.items():
        print(name, *(f"{key}: {value}" for key, value in values.items()), sep=" | ")
PYTHON
venv/bin/python main.py | tee seen
cat > expected <<'EXPECTED'
app@32473 | folder: C:\\logs
app@32473 | said: say \"hi\" | field: list[0\]
origin | ip: 192.0.2.129
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: syslog-rfc5424-parser reads such values otherwise"
  exit 1
fi
echo "as described: values with their escapes"
