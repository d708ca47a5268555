"""Addresses inside of the site, relative to the page they stand on, so that the site works under any base path."""

import re
from dataclasses import dataclass
from typing import Final

from kb.entry import Entry, slug_of

PAGES: Final = ("products", "tags", "codes", "trending", "proven", "newest", "tools", "contribute", "rules")
"""The site's own pages, besides home."""

RESERVED: Final = frozenset(
    {*PAGES, "404", "api", "assets", "index", "match", "r", "report", "schema", "search", "sitemap"}
)
"""First parts of addresses that no product may take."""

_FOLDERS: Final = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")
_SERVER: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?=/|\Z)")


def page_slug(name: str) -> str:
    """A name as a part of an address: `HTTP 400` -> `http-400`. Names without letters and digits give `other`."""
    slug = slug_of(name) or "other"
    return "index-1" if slug == "index" else slug  # `index` would be the address of the list of them all


@dataclass(frozen=True)
class Urls:
    """Addresses as seen from a page."""

    root: str
    """The way to the site's root, with a slash at its end: `../../`, `./`, or absolute."""

    @classmethod
    def at(cls, depth: int) -> "Urls":
        """As seen from a page that lies `depth` folders below the site's root."""
        return cls("../" * depth or "./")

    def entry(self, entry_id: str) -> str:
        return f"{self.root}{entry_id}/"

    def product(self, product: str) -> str:
        return f"{self.root}{product}/"

    def tag(self, tag: str) -> str:
        return f"{self.root}tags/{tag}/"

    def page(self, name: str) -> str:
        """The address of a page of the site itself, or of a file: `trending/`, `schema/entry.schema.json`."""
        return f"{self.root}{name}"


def server_of(address: str) -> str:
    """Scheme, host and port of an address. Raises ValueError where it isn't one of a web server."""
    found = _SERVER.match(address)
    if not found:
        raise ValueError(f"{address!r} is no address of a server, such as https://host.example")
    return found[0]


def collector_url(address: str) -> str:
    """The address of a collector of votes, as pages use it: without a slash at its end. Raises ValueError."""
    server = server_of(address) if address else ""
    below = address[len(server) :].rstrip("/")
    if not _FOLDERS.fullmatch(below):
        raise ValueError(f"{address!r} has more than a server and folders, such as https://votes.example.com/fixes")
    return server + below


ID_MARK: Final = "{id}"
"""Where an entry's id is to be put into an address that is the same for all entries but for it."""


def canonical_url(site_url: str | None, entry: Entry, language: str = "") -> str:
    """The permanent address of an entry, or of its translation into a language.

    It is relative to the site's root where the site has no address yet. No picture, alias or issue has an address
    below an entry's that is called like a language.
    """
    return f"{(site_url or '').rstrip('/')}/{entry.id}/{language and f'{language}/'}"
