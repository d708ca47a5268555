#!/usr/bin/env bash
# python-hl7 escapes a tab as "\X 9\" with a space, and the euro sign as two bytes that it reads as other characters.
#
# Package: hl7 0.4.5 (PyPI).
# Expected: HL7 2.5, 2.7.6: in \Xdddd\ each pair of hexadecimal digits is one byte, so a tab is \X09\. What `escape` writes, `unescape` reads the same.
# Seen: a tab is "\X 9\" and a line feed "\X a\": no pair of hexadecimal digits. "€" is "\X20ac\", the bytes 20 and AC, and comes back as " ¬"; "Ł" is
#   "\X141\", three digits, and comes back as two control characters. Letters up to U+00FF are right. No error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check hl7==0.4.5
cat > main.py <<'PYTHON'
import hl7

message = hl7.parse("MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\r")
for text in ("a|b", "é", "a\tb", "a\nb", "5 €", "Łódź"):
    escaped = message.escape(text)
    print(ascii(text), escaped, ascii(message.unescape(escaped)))
PYTHON
venv/bin/python main.py | tee seen
cat > expected <<'EXPECTED'
'a|b' a\F\b 'a|b'
'\xe9' \Xe9\ '\xe9'
'a\tb' a\X 9\b 'a\tb'
'a\nb' a\X a\b 'a\nb'
'5 \u20ac' 5 \X20ac\ '5  \xac'
'\u0141\xf3d\u017a' \X141\\Xf3\d\X17a\ '\x14\x01\xf3d\x17\n'
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: python-hl7 escapes such characters otherwise"
  exit 1
fi
echo "as described: escapes that are no pairs of digits"
