#!/usr/bin/env bash
# fastfeedparser gives nothing of an Atom entry's title or summary whose type is `xhtml`.
#
# Packages: fastfeedparser 0.6.5, beside feedparser 6.0.14; Python 3.11 or newer.
# Expected: RFC 4287, section 3.1.1: `title` and `summary` are Text constructs, of the types `text`, `html` and `xhtml` (3.1.1.3: the
#   content of the `div`). Of `<title type="xhtml"><div …>Use <em>this</em></div></title>` the title has these two words.
# Seen: the title is "", and so is what is made of the summary, `description`. Nothing tells that there was one: an entry of a feed
#   shows up without a name. Content of the same type is read, though with the element `content` around it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check fastfeedparser==0.6.5 feedparser==6.0.14
if ! "$folder/venv/bin/python" - <<'PYTHON'
import fastfeedparser
import feedparser

FEED = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:1</id><title>Fixes</title>
<updated>2026-11-30T10:00:00Z</updated><entry><id>urn:x:2</id><updated>2026-11-30T10:00:00Z</updated>
<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Use <em>this</em></div></title>
<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">And <b>that</b></div></summary></entry></feed>"""
(fast,) = fastfeedparser.parse(FEED).entries
(other,) = feedparser.parse(FEED).entries
print("fastfeedparser:", repr(fast.title), repr(fast.description))
print("feedparser:", repr(other.title), repr(other.summary))
assert (fast.title, fast.description) == ("", ""), "changed"
assert "Use" in other.title
assert "And" in other.summary
PYTHON
then
  echo "changed: fastfeedparser reads XHTML"
  exit 1
fi
echo "as described: a title and a summary in XHTML are lost"
