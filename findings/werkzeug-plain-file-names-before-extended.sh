#!/usr/bin/env bash
# Werkzeug takes the plain name of a file where the extended one, with all its letters, comes first in the header.
#
# Packages: Werkzeug 3.1.9 and, for comparison, aiohttp 3.14.5 (PyPI), with Python 3.11 or newer; content-disposition 2.0.1 (npm), on Node.js 20 or newer.
# Expected: RFC 6266, 4.3: where "filename" and "filename*" are there, a recipient takes "filename*" and ignores "filename", in whatever order they are;
#   the plain one is for old programs. Both forms are read by `parse_options_header`, which gives one "filename".
# Seen: whichever comes last is given. Of "filename*=UTF-8''%E2%82%AC%20rates.txt; filename=EURO.txt" it is "EURO.txt", in the other order "€ rates.txt".
#   No trace of the other is left. aiohttp and content-disposition give the extended name both times.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund content-disposition@2.0.1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check Werkzeug==3.1.9 aiohttp==3.14.5
cat > headers <<'HEADERS'
attachment; filename*=UTF-8''%E2%82%AC%20rates.txt; filename=EURO.txt
attachment; filename=EURO.txt; filename*=UTF-8''%E2%82%AC%20rates.txt
HEADERS
cat > main.py <<'PYTHON'
from pathlib import Path

from aiohttp.multipart import content_disposition_filename, parse_content_disposition
from werkzeug.http import parse_options_header

for header in Path("headers").read_text().splitlines():
    print("Werkzeug:", parse_options_header(header)[1])
    print("aiohttp:", content_disposition_filename(parse_content_disposition(header)[1]))
PYTHON
cat > main.mjs <<'JS'
import { readFileSync } from "node:fs";
import { parse } from "content-disposition";
for (const header of readFileSync("headers", "utf8").trim().split("\n")) console.log("content-disposition:", parse(header).parameters.filename);
JS
{ venv/bin/python main.py; node main.mjs; } | tee seen
cat > expected <<'EXPECTED'
Werkzeug: {'filename': 'EURO.txt'}
aiohttp: € rates.txt
Werkzeug: {'filename': '€ rates.txt'}
aiohttp: € rates.txt
content-disposition: € rates.txt
content-disposition: € rates.txt
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: Werkzeug reads such headers otherwise"
  exit 1
fi
echo "as described: the name that comes last"
