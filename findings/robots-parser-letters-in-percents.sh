#!/usr/bin/env bash
# robots-parser allows a path that is disallowed where one side writes a letter or "~" in percents and the other does not.
#
# Packages: robots-parser 3.0.1 (npm), on Node.js 20 or newer; Protego 0.7.0 (PyPI) and urllib.robotparser of Python 3.8 or newer read the same.
# Expected: RFC 9309, 2.2.2: "If a percent-encoded ASCII octet is encountered in the URI, it MUST be unencoded prior to comparison, unless it is a
#   reserved character". Its table: `/foo/bar/%62%61%7A` of the file and `/foo/bar/baz` of the address match. The package calls
#   itself "A specification compliant robots.txt parser".
# Seen: only the case of the hexadecimal digits is made the same. `Disallow: /foo/bar/%62%61%7A` forbids nothing under that name, nor
#   `Disallow: /~joe` the address /%7Ejoe, as older tools write it; Protego and Python's own reader forbid each. No error: the crawler
#   fetches what it was asked not to.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund robots-parser@3.0.1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check Protego==0.7.0
cat > asked <<'ASKED'
/foo/bar/baz /foo/bar/baz
/foo/bar/%62%61%7A /foo/bar/baz
/foo/bar/baz /foo/bar/%62%61%7A
/~joe /%7Ejoe
/%7ejoe /~joe
ASKED
cat > main.cjs <<'JS'
const robots = require("robots-parser");
for (const line of require("fs").readFileSync("asked", "utf8").trim().split("\n")) {
  const [rule, path] = line.split(" ");
  const read = robots("https://app.example/robots.txt", `User-agent: *\nDisallow: ${rule}\n`);
  console.log(rule, path, "robots-parser:", read.isAllowed(`https://app.example${path}`, "bot") ? "allowed" : "forbidden");
}
JS
cat > main.py <<'PYTHON'
from pathlib import Path
from urllib.robotparser import RobotFileParser

from protego import Protego

for line in Path("asked").read_text().splitlines():
    rule, path = line.split()
    text = f"User-agent: *\nDisallow: {rule}\n"
    own = RobotFileParser()
    own.parse(text.splitlines())
    address = f"https://app.example{path}"
    found = Protego.parse(text).can_fetch(address, "bot"), own.can_fetch("bot", address)
    print("Protego, urllib:", *("allowed" if one else "forbidden" for one in found))
PYTHON
node main.cjs > by-robots-parser
venv/bin/python main.py > by-others
paste -d ' ' by-robots-parser by-others | tee seen
cat > expected <<'EXPECTED'
/foo/bar/baz /foo/bar/baz robots-parser: forbidden Protego, urllib: forbidden forbidden
/foo/bar/%62%61%7A /foo/bar/baz robots-parser: allowed Protego, urllib: forbidden forbidden
/foo/bar/baz /foo/bar/%62%61%7A robots-parser: allowed Protego, urllib: forbidden forbidden
/~joe /%7Ejoe robots-parser: allowed Protego, urllib: forbidden forbidden
/%7ejoe /~joe robots-parser: allowed Protego, urllib: forbidden forbidden
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: robots-parser compares such paths otherwise"
  exit 1
fi
echo "as described: the same path in percents is another one"
