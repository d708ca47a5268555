"""Pages at the addresses that lead to an entry besides its own: see `kb/links/addresses.py`.

Each works in any browser; with a script it keeps what stands after the address.
"""

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from typing import Final

from kb.entry import Entry
from kb.links import addresses, by_entry
from kb.site.model import Site
from kb.site.urls import RESERVED

_SCRIPT: Final = 'location.replace(document.querySelector("a").getAttribute("href") + location.search + location.hash);'
_HASH: Final = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
_PAGE: Final = f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-{_HASH}'; \
base-uri 'none'; form-action 'none'">
<title>{{title}}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{{canonical}}">
<noscript><meta http-equiv="refresh" content="0; url={{target}}"></noscript>
<p>This page is at <a href="{{target}}">{{title}}</a>.</p>
<script>{_SCRIPT}</script>
</html>
"""


class Redirects:
    """The redirects of a site, entry by entry."""

    def __init__(self, site: Site) -> None:
        self._base = (site.options.site_url or "").rstrip("/")
        self._paths = by_entry(addresses(site.collection.entries, RESERVED))

    def to(self, entry: Entry) -> Iterator[tuple[str, bytes]]:
        """File name in the site and content of each redirect to an entry."""
        made: dict[int, bytes] = {}
        for path in self._paths.get(entry.id, ()):
            depth = path.count("/")
            made[depth] = made.get(depth) or self._page(entry, depth)
            yield f"{path}index.html", made[depth]

    def _page(self, entry: Entry, depth: int) -> bytes:
        target = "../" * depth + f"{entry.id}/"
        canonical = escape(f"{self._base}/{entry.id}/") if self._base else target
        return _PAGE.format(title=escape(entry.title), canonical=canonical, target=target).encode()
