#!/usr/bin/env bash
# A search for a version number leaves out the page that has it, and finds one that doesn't.
#
# Packages: pagefind_bin 1.5.2 (the indexer and the search that runs in a page), Node.js 20 or newer to run the search.
# Expected: "1.2.3" finds the page that says "version v1.2.3", or nothing; "3.12" finds the page that says "python3.12".
# Seen: the query's dots are dropped, so 1.2.3 is looked up as 123. No page has that word, so Pagefind falls back to
#   the beginning 12, and answers with the page about "python3.12", of which it marks python3.12. The page with v1.2.3,
#   kept as v123, is not among the results. "3.12" becomes 312, of which no beginning is known: nothing, although the
#   same page is found by "12" and by "python3.12". Who reads "nothing found" or the one result takes it for an answer.
set -euo pipefail
command -v node > /dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
server=""
trap '[ -z "$server" ] || kill "$server"; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pagefind==1.5.2 pagefind_bin==1.5.2
mkdir -p "$folder/site/tool" "$folder/site/python"
page() { printf '<!doctype html><html lang="en"><title>%s</title><body><main data-pagefind-body><p>%s</p></main>' "$1" "$2"; }
page Tool "could not find version v1.2.3 of the package" > "$folder/site/tool/index.html"
page Python "python3.11 is not python3.12" > "$folder/site/python/index.html"
"$folder/venv/bin/python" -m pagefind --site "$folder/site" > "$folder/log"
cp "$folder/site/pagefind/pagefind.js" "$folder/site/pagefind/pagefind.mjs"

"$folder/venv/bin/python" - "$folder/site" > "$folder/port" 2> "$folder/requests" <<'PYTHON' &
import functools, http.server, sys
handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1])
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
print(server.server_port, flush=True)
server.serve_forever()
PYTHON
server=$!
for _ in $(seq 50); do [ -s "$folder/port" ] && break; sleep 0.1; done
cat > "$folder/search.mjs" <<'SCRIPT'
const [module, base, ...queries] = process.argv.slice(2);
const pagefind = await import(module);
await pagefind.options({ basePath: base, baseUrl: "/" });
for (const query of queries) {
  const { results } = await pagefind.search(query);
  const pages = await Promise.all(results.map((result) => result.data()));
  console.log(`${query} -> ${pages.map((page) => page.url).join(" ") || "nothing"}`);
}
SCRIPT
node "$folder/search.mjs" "$folder/site/pagefind/pagefind.mjs" "http://127.0.0.1:$(cat "$folder/port")/pagefind/" \
  1.2.3 v1.2.3 3.12 12 python3.12 | tee "$folder/seen"
if ! diff "$folder/seen" - <<'EXPECTED'
1.2.3 -> /python/
v1.2.3 -> /tool/
3.12 -> nothing
12 -> /python/
python3.12 -> /python/
EXPECTED
then
  echo "changed: other pages are found"
  exit 1
fi
echo "as described: 1.2.3 finds the page about python3.12, and 3.12 finds nothing"
