#!/usr/bin/env bash
# netrc-parser finds no login and no password where the lines after a machine's name begin at the margin.
#
# Package: netrc-parser 3.1.6 (npm), on Node.js 20 or newer; Python 3.11 or newer and its `netrc` read the same files.
# Expected: the manual of GNU inetutils, "The .netrc file": tokens are "separated by spaces, tabs, or new-lines", so that indents and line ends between
#   them mean nothing. The README only says "parses a netrc file".
# Seen: of "machine example.com", "login me", "password secret" on three lines there is the machine without login and password, with two blanks before
#   each of them both. A value on the next line is lost too, and so is the machine's `default`. No error: the request goes out without a login.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund netrc-parser@3.1.6
printf 'machine example.com\n  login me\n  password secret\n' > indented
printf 'machine example.com\nlogin me\npassword secret\n' > at-the-margin
printf 'machine example.com login\n  me password secret\n' > value-on-the-next-line
printf 'default login me password secret\n' > default
chmod 600 indented at-the-margin value-on-the-next-line default
cat > main.cjs <<'JS'
const { Netrc } = require("netrc-parser");
for (const name of process.argv.slice(2)) {
  const file = new Netrc(name);
  file.loadSync();
  const { login = null, password = null } = file.machines["example.com"] ?? file.default ?? {};
  console.log("netrc-parser:", name, login, password);
}
JS
cat > main.py <<'PYTHON'
import netrc
import sys

for name in sys.argv[1:]:
    login, _, password = netrc.netrc(name).authenticators("example.com")
    print("Python:", name, login, password)
PYTHON
files="indented at-the-margin value-on-the-next-line default"
# shellcheck disable=SC2086
{ python3 main.py $files; node main.cjs $files; } | tee seen
cat > expected <<'EXPECTED'
Python: indented me secret
Python: at-the-margin me secret
Python: value-on-the-next-line me secret
Python: default me secret
netrc-parser: indented me secret
netrc-parser: at-the-margin null null
netrc-parser: value-on-the-next-line null null
netrc-parser: default null null
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: netrc-parser reads such lines otherwise"
  exit 1
fi
echo "as described: a machine without login and password"
