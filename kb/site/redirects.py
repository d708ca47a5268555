"""Pages at the addresses that lead to an entry besides its own, and a map of all of them: see `kb/links/addresses.py`.

A page stands at each former id of an entry, at the short link that the entry's page shows, and at the other addresses
of an entry's main issue: the one on GitHub as the entry spells it, the short one in lower case, too. Each works in any
browser; with a script it keeps what stands after the address. All other addresses, and other spellings, are looked up
by the page for missing ones (`missing.js`) in the map, r/-/<n>.json: issue in lower case, as `owner/name/123`, or the
address of a code that only one entry has, as `codes/eresolve` -> the entry's id. The shard's number follows from a hash
of that (`kb.match.shard_of`). No owner and no host is called `-`.

The shipped base has some 1,300 files so, and would have 5,000 with a page at each address. With the setting `few_files`
only former ids have one.
"""

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from html import escape
from typing import Final

from kb.entry import Entry
from kb.links import SHORT_FOLDER, Address, addresses, shortcuts
from kb.match import shard_of
from kb.site.model import Site
from kb.site.urls import RESERVED

_SCRIPT: Final = 'location.replace(document.querySelector("a").getAttribute("href") + location.search + location.hash);'
_HASH: Final = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
_PAGE: Final = f"""<!doctype html>
<html lang="{{language}}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-{_HASH}'; \
base-uri 'none'; form-action 'none'">
<title>{{title}}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{{canonical}}">
<noscript><meta http-equiv="refresh" content="0; url={{target}}"></noscript>
<p>{{sentence}}</p>
<script>{_SCRIPT}</script>
</html>
"""


PER_SHARD: Final = 200
"""Addresses in one file of the map, on average: some 10 KB."""


class Redirects:
    """The redirects of a site, entry by entry, and their map."""

    def __init__(self, site: Site) -> None:
        self._language = site.options.language
        self._base = (site.options.site_url or "").rstrip("/")
        found = addresses(site.collection.entries, RESERVED)
        alone = {slug: entries[0].id for slug, (_, entries) in site.codes.items() if len(entries) == 1}
        self._map = shortcuts(found) | {f"codes/{slug}": entry_id for slug, entry_id in alone.items()}
        self._paths: defaultdict[str, list[str]] = defaultdict(list)
        for address in found:
            if _has_page(address, site):
                self._paths[address.entry].append(address.path)

    def to(self, entry: Entry) -> Iterator[tuple[str, bytes]]:
        """File name in the site and content of each redirect to an entry."""
        made: dict[int, bytes] = {}
        for name in self.names(entry):
            depth = name.count("/")
            made[depth] = made.get(depth) or self._page(entry, depth)
            yield name, made[depth]

    def names(self, entry: Entry) -> Iterator[str]:
        """The names of these files."""
        return (f"{path}index.html" for path in self._paths.get(entry.id, ()))

    @property
    def shards(self) -> int:
        """How many files the map has."""
        return max(1, -(-len(self._map) // PER_SHARD))

    def map_files(self) -> Iterator[tuple[str, bytes]]:
        """File name in the site and content of each shard of the map."""
        shards: list[dict[str, str]] = [{} for _ in range(self.shards)]
        for address, entry_id in self._map.items():
            shards[shard_of(address, len(shards))][address] = entry_id
        for number, shard in enumerate(shards):
            yield f"{SHORT_FOLDER}/-/{number}.json", json.dumps(shard, separators=(",", ":")).encode()

    def _page(self, entry: Entry, depth: int) -> bytes:
        target = "../" * depth + f"{entry.id}/"
        canonical = escape(f"{self._base}/{entry.id}/") if self._base else target
        title = escape(entry.title)
        sentence = escape(self._language.words.gettext("This page is at %(link)s.")) % {
            "link": f'<a href="{target}">{title}</a>'
        }
        return _PAGE.format(
            title=title, canonical=canonical, target=target, sentence=sentence, language=self._language.code
        ).encode()


def _has_page(address: Address, site: Site) -> bool:
    if address.ref is None:
        return address.path != f"{address.entry}/"
    entry = site.collection.by_id[address.entry]
    if site.options.few_files or address.ref != site.links.short_ref(entry):
        return False
    if entry.issue and entry.issue.ref == address.ref:
        return address.is_spelt_alike or address.is_short
    return address.is_spelt_alike and address.is_short
