#!/usr/bin/env bash
# rss-parser puts the words of an Atom entry's XHTML into another order.
#
# Packages: rss-parser 3.13.0, on Node.js 20 or newer.
# Expected: RFC 4287, 3.1.1.3 and 4.1.3.3: content of the type "xhtml" is the markup inside its `div`. `content` is that markup, and
#   `contentSnippet` its text.
# Seen: of `<p>Never run <code>format</code> on it, <b>ever</b>.</p>` the text comes first and the elements after it:
#   `<p>Never run  on it, .<code>format</code><b>ever</b></p>`. A title of that type is an object, not a text. Content of the
#   type "html" stays as it is.
set -euo pipefail
command -v node >/dev/null || { echo "needs Node.js"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund rss-parser@3.13.0
cat >feed.xml <<'XML'
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><id>urn:t</id><updated>2026-01-01T00:00:00Z</updated>
<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">On <i>disks</i></div></title><id>urn:1</id>
<updated>2026-01-01T00:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Never run
<code>format</code> on it, <b>ever</b>.</p></div></content></entry>
<entry><title>same</title><id>urn:2</id><updated>2026-01-01T00:00:00Z</updated>
<content type="html">&lt;p&gt;Never run &lt;code&gt;format&lt;/code&gt; on it, &lt;b&gt;ever&lt;/b&gt;.&lt;/p&gt;</content></entry></feed>
XML
cat >main.cjs <<'JS'
const Parser = require("rss-parser");
new Parser().parseString(require("fs").readFileSync("feed.xml", "utf8")).then(({ items }) => {
  for (const { title, contentSnippet } of items) console.log(typeof title, contentSnippet.replace(/\s+/g, " "));
});
JS
node main.cjs | tee seen
if [ "$(tr '\n' '|' <seen)" != "object Never run on it, .formatever|string Never run format on it, ever.|" ]; then
  echo "changed: XHTML is read otherwise"
  exit 1
fi
echo "as described: the words of the first entry are in another order"
