#!/usr/bin/env bash
# netrc-parser changes passwords of other machines, and puts the word "undefined" into the file, when one machine is added.
#
# Package: netrc-parser 3.1.6 (npm), on Node.js 20 or newer; Python 3.11 or newer and its `netrc` read the files.
# Expected: what a program does not touch stays as it is: after `machines["new.example"] = {..}` and `save()` the other lines are those from before, or
#   say the same. The parts are kept as tokens with their blanks and comments for this.
# Seen: "password se#cret" is written as "password se #cret": the password is "se" for whoever reads the file. "password p # note" is written as
#   "password p  undefined # note", which Python's `netrc` refuses with the whole file. So one `login` of a tool that uses this breaks the logins of others.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund netrc-parser@3.1.6
printf 'machine a.example login me password se#cret\n' > sign
printf 'machine a.example login me password secret # note\n' > comment
chmod 600 sign comment
cat > main.cjs <<'JS'
const { Netrc } = require("netrc-parser");
const file = new Netrc(process.argv[2]);
file.loadSync();
file.machines["new.example"] = { login: "you", password: "other" };
file.saveSync();
JS
cat > main.py <<'PYTHON'
import netrc
import sys

try:
    print(netrc.netrc(sys.argv[1]).authenticators("a.example"))
except netrc.NetrcParseError as error:
    print(error.msg)
PYTHON
for name in sign comment; do
  python3 main.py "$name"
  node main.cjs "$name"
  cat "$name"
  python3 main.py "$name"
done | tee seen
cat > expected <<'EXPECTED'
('me', '', 'se#cret')
machine a.example login me password se #cret
machine new.example login you password other
('me', '', 'se')
('me', '', 'secret')
machine a.example login me password secret  undefined # note
machine new.example login you password other
bad follower token 'undefined'
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: netrc-parser writes such files otherwise"
  exit 1
fi
echo "as described: other passwords than before"
