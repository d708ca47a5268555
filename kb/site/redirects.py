"""Addresses that lead to an entry: its former ones (aliases), and those that follow from an issue's address.

Whoever has the address of a covered issue on GitHub puts the site's in place of `github.com`, and is there:
`/owner/name/issues/123/`, or in short `/r/owner/name/123/`. GitHub takes owner and name in any case and a static server
does not, so there is one page for the spelling that an entry has and one in lower case; the page for missing addresses
looks up all others there. Each page works in any browser; with a script it keeps what stands after the address.
"""

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from typing import Final

from kb.entry import Entry
from kb.site.model import Site, short_path

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

_SHORT_FOLDER: Final = "r"
_OUR_OWN: Final = frozenset({_SHORT_FOLDER, "api"})
"""Owners whose issues have short links only: their longer ones would lie among files of the site's own."""


class Redirects:
    """The redirects of a site, entry by entry.

    An issue that several entries name leads where prose leads, too: to the entry whose main issue it is, else to the
    first that lists it as a report; an official pull request leads to the first entry that has it.
    """

    def __init__(self, site: Site) -> None:
        self._base = (site.options.site_url or "").rstrip("/")
        self._covered = site.links.covered
        self._pulls: dict[str, str] = {}
        for entry in site.collection.entries:
            for pull in entry.pulls:
                self._pulls.setdefault(pull.ref.casefold(), entry.id)

    def to(self, entry: Entry) -> Iterator[tuple[str, bytes]]:
        """File name in the site and content of each redirect to an entry."""
        made: dict[int, bytes] = {}
        for path in dict.fromkeys(self._paths(entry)):
            depth = path.count("/")
            made[depth] = made.get(depth) or self._page(entry, depth)
            yield f"{path}index.html", made[depth]

    def _page(self, entry: Entry, depth: int) -> bytes:
        target = "../" * depth + f"{entry.id}/"
        canonical = escape(f"{self._base}/{entry.id}/") if self._base else target
        return _PAGE.format(title=escape(entry.title), canonical=canonical, target=target).encode()

    def _paths(self, entry: Entry) -> Iterator[str]:
        """The folders from which an entry is reached, besides its own."""
        for alias in entry.aliases:
            yield f"{alias}/"
        for ref in entry.refs:
            if self._covered[ref.casefold()] == entry.id:
                yield from _paths_of(ref, "issues")
        for pull in entry.pulls:
            ref = pull.ref.casefold()
            if self._pulls[ref] == entry.id and self._covered.get(ref, entry.id) == entry.id:
                yield from _paths_of(pull.ref, "pull")


def _paths_of(ref: str, kind: str) -> Iterator[str]:
    for spelling in (ref, ref.lower()):
        yield short_path(spelling)
        repository, _, number = spelling.partition("#")
        if repository.partition("/")[0].lower() not in _OUR_OWN:
            yield f"{repository}/{kind}/{number}/"
