#!/usr/bin/env bash
# structured-headers writes a line end or a tab of a display string with one hexadecimal digit, and the text is unreadable or another one.
#
# Packages: structured-headers 2.1.0 (npm), on Node.js 20 or newer; http-sf 1.5.0 (PyPI).
# Expected: RFC 9651, "Serializing a Display String": a byte from %x00 to %x1f is "%" and its value in two lowercase hexadecimal digits. So the
#   line end of "line 1\nline 2" is %0a, and what is read is what was written.
# Seen: it is `toString(16)`, which gives "%a" and "%9". Mostly a reader fails ("%al"), and the whole field is lost, for
#   structured-headers too. Where the next letter is a hexadecimal digit, the two make another byte: "\u00077ab" (a bell and "7ab")
#   is read back as "wab". Display strings exist for text that people read, in any script, and such text has line ends.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund structured-headers@2.1.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check http-sf==1.5.0
cat > main.mjs <<'JS'
import { DisplayString, parseItem, serializeItem } from "structured-headers";
for (const text of ["größer", "line 1\nline 2", "a\tb", "\u00077ab"]) {
  const written = serializeItem(new DisplayString(text));
  let read;
  try {
    read = JSON.stringify(parseItem(written)[0].toString());
  } catch {
    read = "unreadable";
  }
  console.log(JSON.stringify(text), "is", written, "which is read as", read);
}
JS
cat > main.py <<'PYTHON'
from http_sf import DisplayString, ser

print("http-sf:", ser(DisplayString("line 1\nline 2")), ser(DisplayString("a\tb")))
PYTHON
node main.mjs | tee seen
venv/bin/python main.py | tee --append seen
cat > expected <<'EXPECTED'
"größer" is %"gr%c3%b6%c3%9fer" which is read as "größer"
"line 1\nline 2" is %"line 1%aline 2" which is read as unreadable
"a\tb" is %"a%9b" which is read as unreadable
"\u00077ab" is %"%77ab" which is read as "wab"
http-sf: %"line 1%0aline 2" %"a%09b"
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: structured-headers writes such bytes otherwise"
  exit 1
fi
echo "as described: bytes with one hexadecimal digit"
