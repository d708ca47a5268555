#!/usr/bin/env bash
# fastfeedparser gives a picture's address, or a feed's, as that of an Atom entry whose link to its page has no `rel`.
#
# Packages: fastfeedparser 0.6.5, beside feedparser 6.0.14; Python 3.11 or newer.
# Expected: RFC 4287, section 4.2.7.2: a `link` without `rel` "MUST be interpreted as if" it were `alternate`: it leads to the entry's
#   page. `entry.link` is that one, wherever it stands among the entry's links, as with feedparser and as for `rel="alternate"`.
# Seen: where a link with another `rel` stands before it, `entry.link` is that one's: `https://a.example/icon.png` of an enclosure, the
#   address of answers (`replies`), or that of the entry's own Atom document (`self`). With `rel="alternate"` written out it is right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check fastfeedparser==0.6.5 feedparser==6.0.14
if ! "$folder/venv/bin/python" - <<'PYTHON'
import fastfeedparser
import feedparser

FEED = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:1</id><title>Fixes</title>
<updated>2026-11-30T10:00:00Z</updated><entry><id>urn:x:2</id><title>One</title><updated>2026-11-30T10:00:00Z</updated>
<link rel="{rel}" href="https://a.example/other"/><link {page} href="https://a.example/page"/></entry></feed>"""
for rel in ("enclosure", "replies", "self"):
    for page in ("", 'rel="alternate"'):
        text = FEED.format(rel=rel, page=page)
        seen = [module.parse(text).entries[0].link.rpartition("/")[2] for module in (fastfeedparser, feedparser)]
        print(f"{rel} before <link {page}>:", "fastfeedparser", seen[0], "feedparser", seen[1])
        assert seen == ["page" if page else "other", "page"], "changed"
PYTHON
then
  echo "changed: fastfeedparser chooses another link"
  exit 1
fi
echo "as described: a link of another kind is taken for the entry's own"
