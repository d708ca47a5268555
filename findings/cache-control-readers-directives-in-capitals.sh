#!/usr/bin/env bash
# Werkzeug, WebOb, parse-cache-control and http-cache-semantics do not know the directives of Cache-Control when they are written with capitals.
#
# Packages: Werkzeug 3.1.9 and WebOb 1.8.11 (PyPI), with Python 3.11 or newer; parse-cache-control 1.0.1, http-cache-semantics 4.3.0 and, for comparison,
#   @tusbar/cache-control 3.0.1 (npm), on Node.js 20 or newer.
# Expected: RFC 9111, 5.2: directives are "identified by a token, to be compared case-insensitively", so that "Max-Age=60" is "max-age=60".
# Seen: Werkzeug and WebOb have no maximal age, parse-cache-control a text under "Max-Age" in place of a number under "max-age", and http-cache-semantics
#   takes the response for stale at once. No error. Only @tusbar/cache-control reads 60. There are servers that write the names so.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund parse-cache-control@1.0.1 http-cache-semantics@4.3.0 @tusbar/cache-control@3.0.1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check Werkzeug==3.1.9 WebOb==1.8.11
cat > main.py <<'PYTHON'
import webob
from werkzeug.datastructures import ResponseCacheControl
from werkzeug.http import parse_cache_control_header

for header in ("max-age=60", "Max-Age=60"):
    response = webob.Response()
    response.headers["Cache-Control"] = header
    print("WebOb:", header, response.cache_control.max_age)
    print("Werkzeug:", header, parse_cache_control_header(header, cls=ResponseCacheControl).max_age)
PYTHON
cat > main.cjs <<'JS'
const tusbar = require("@tusbar/cache-control");
const CachePolicy = require("http-cache-semantics");
const parse = require("parse-cache-control");
const request = { method: "GET", url: "/", headers: {} };
for (const header of ["max-age=60", "Max-Age=60"]) {
  const policy = new CachePolicy(request, { status: 200, headers: { "cache-control": header } });
  console.log("parse-cache-control:", header, parse(header));
  console.log("http-cache-semantics:", header, policy.maxAge(), policy.stale());
  console.log("@tusbar/cache-control:", header, tusbar.parse(header).maxAge);
}
JS
{ venv/bin/python main.py; node main.cjs; } | tee seen
cat > expected <<'EXPECTED'
WebOb: max-age=60 60
Werkzeug: max-age=60 60
WebOb: Max-Age=60 None
Werkzeug: Max-Age=60 None
parse-cache-control: max-age=60 { 'max-age': 60 }
http-cache-semantics: max-age=60 60 false
@tusbar/cache-control: max-age=60 60
parse-cache-control: Max-Age=60 { 'Max-Age': '60' }
http-cache-semantics: Max-Age=60 0 true
@tusbar/cache-control: Max-Age=60 60
EXPECTED
if ! cmp --silent seen expected; then
  echo "changed: one of them knows such directives"
  exit 1
fi
echo "as described: directives that are not known"
