"""The Atom feed of new and changed entries (RFC 4287)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from typing import Final, NamedTuple

from kb import __version__
from kb.entry import Entry
from kb.site.model import DRAFT_WORDS, Site

FEED: Final = "feed.xml"
LATEST: Final = 50
"""Entries in the feed."""
LATEST_OF_ONE: Final = 20
"""Entries in the feed of a product, or of a tag."""

# XML 1.0 has no way to write these: https://www.w3.org/TR/xml/#charsets.
_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Channel(NamedTuple):
    """What a feed tells of: everything, a product, or a tag."""

    page: str = "newest/"
    """The page for people, relative to the root."""
    name: str = ""
    """What its entries have in common; empty where it is everything."""

    @property
    def file(self) -> str:
        """Its name in the site."""
        return f"{self.page}{FEED}" if self.name else FEED


_EVERYTHING: Final = Channel()


def channels(site: Site) -> dict[Channel, tuple[Entry, ...]]:
    """The feed of each product and each tag, with the entries that it tells of, the last changed first."""
    found: defaultdict[Channel, list[Entry]] = defaultdict(list)
    products = {key: Channel(f"{key}/", site.product_name(key)) for key in site.links.products}
    tags = {tag: Channel(f"tags/{tag}/", tag) for tag in site.links.tags}
    for entry in site.links.newest:
        for channel in (products[entry.product], *(tags[tag] for tag in entry.tags)):
            if len(found[channel]) < LATEST_OF_ONE:
                found[channel].append(entry)
    return {channel: tuple(entries) for channel, entries in found.items()}


def latest(site: Site) -> tuple[Entry, ...]:
    """The entries that the feed tells of, the last changed first."""
    return site.links.newest[:LATEST]


def feed(site: Site, entries: Iterable[tuple[Entry, str]], channel: Channel = _EVERYTHING) -> str:
    """The feed's XML from entries and their summaries as plain text. The site must have an address.

    An entry's id is its permanent address; when a person changes what it says, its date tells feed readers.
    """
    return "\n".join(_lines(site, list(entries), channel)) + "\n"


def _lines(site: Site, entries: list[tuple[Entry, str]], channel: Channel) -> Iterator[str]:
    options, root = site.options, _text(site.options.root_url)
    updated = entries[0][0].updated if entries else date(1970, 1, 1)
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{options.language.code}">'
    yield f"<id>{root}{channel.file if channel.name else ''}</id>"
    about = f"{options.site_name}, {channel.name}" if channel.name else options.site_name
    title = site.words.gettext("%(site)s: new and changed") % {"site": about}
    yield f"<title>{_text(title)}</title>"
    if options.site_description:
        yield f"<subtitle>{_text(options.site_description)}</subtitle>"
    yield f'<link rel="self" type="application/atom+xml" href="{root}{channel.file}"/>'
    yield f'<link rel="alternate" type="text/html" href="{root}{channel.page}"/>'
    yield f"<updated>{_time(updated)}</updated>"
    author = site.words.gettext("Contributors to %(site)s") % {"site": options.site_name}
    yield f"<author><name>{_text(author)}</name></author>"
    yield f'<generator version="{__version__}">Known Fixes</generator>'
    for entry, summary in entries:
        yield from _entry(site, entry, summary)
    yield "</feed>"


def _entry(site: Site, entry: Entry, summary: str) -> Iterator[str]:
    url = _text(f"{site.options.root_url}{entry.id}/")
    yield "<entry>"
    yield f"<id>{url}</id>"
    yield f"<title>{_text(entry.title)}</title>"
    yield f'<link rel="alternate" type="text/html" href="{url}"/>'
    if not site.options.few_files:
        yield f'<link rel="alternate" type="text/markdown" href="{url}index.md"/>'
    for ref in entry.refs[:1]:
        yield f'<link rel="related" href="{_text(ref.url)}"/>'
    yield f"<updated>{_time(entry.updated)}</updated>"
    yield f'<category term="{entry.product}" label="{_text(site.product_name(entry.product))}"/>'
    yield from (f'<category term="{tag}"/>' for tag in entry.tags)
    proofs = site.proof_view(entry).line
    if "summary" in entry.unreviewed:
        summary = f"{site.words.gettext(DRAFT_WORDS)}: {summary}"
    yield f"<summary>{_text(f'{summary} {proofs}.' if proofs else summary)}</summary>"
    yield "</entry>"


def _time(day: date) -> str:
    """A day as the moment at which it begins (RFC 3339)."""
    return f"{day.isoformat()}T00:00:00Z"


def _text(text: str) -> str:
    return escape(_NOT_IN_XML.sub("\ufffd", text))
