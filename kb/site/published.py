"""What is published beside the pages and the indexes: data, Markdown, redirects, lists, the feed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from gzip import GzipFile
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mkdocs.utils import get_build_timestamp

from kb.entry import Entry, schemas
from kb.match import fix_files_of, fix_names_of
from kb.process import digest_of
from kb.site import api_files
from kb.site.api import API, ARCHIVE, WHOLE
from kb.site.bundle import card
from kb.site.copies import copies
from kb.site.feed import FEED, channels, feed, latest
from kb.site.head import CARD
from kb.site.jobs import Job, Shards
from kb.site.llms import llms_text
from kb.site.llms_full import LLMS_FULL, llms_full_text
from kb.site.markdown_pages import MarkdownPages
from kb.site.model import Site
from kb.site.overview import Overview
from kb.site.parts import Parts
from kb.site.site_files import write_files
from kb.site.skill import skill_text

if TYPE_CHECKING:
    from kb.site.pages import Listed

SITE_MAP: Final = "sitemap.xml"
_SCHEMAS: Final = "schema/"
_LISTS: Final = tuple(f"{API}{kind}/" for kind in ("products", "tags", "codes", "changed", "schema"))


def jobs(parts: Parts, overview: Overview, *, has_match: bool, has_copies: bool) -> Iterator[Job]:
    """What there is to be written of all entries together: lists, schemas, and copies of everything.

    `has_match` says whether what answers show of entries is published, too; `has_copies` whether the copies are.
    """
    site = parts.site

    @cache
    def listed() -> Mapping[str, bytes]:
        return api_files.listed_entries(site)

    def key() -> str:
        products = repr(site.collection.products)
        # Drafts stand last in lists, also where their listed form, which tells of any section, is the same.
        drafts = " ".join(entry.id for entry in site.collection.entries if entry.is_draft)
        return digest_of(products, drafts, *(content.decode() for content in listed().values()))

    markdown = () if site.options.few_files else MarkdownPages(site).list_names()
    names = (*_LISTS, *api_files.LISTS, *markdown)
    yield Job("lists", overview.key("lists", key), names, lambda: _list_files(site, listed(), has_match=has_match))
    yield Job("schemas", "schemas", (_SCHEMAS,), lambda: _schema_files(site))
    if has_copies:
        made_of = digest_of(*parts.keys.values())
        yield Job("copies", made_of, (WHOLE, ARCHIVE), lambda: copies(parts))


def _list_files(site: Site, listed: Mapping[str, bytes], *, has_match: bool) -> Iterator[tuple[str, bytes]]:
    if not site.options.few_files:
        yield from MarkdownPages(site).lists()
    yield from api_files.list_files(site, listed, has_match=has_match)


def _schema_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """What editors complete and check entries by. It follows from this program and the site's address."""
    for name, schema in schemas(site.options.site_url or "").items():
        yield f"{_SCHEMAS}{name}", f"{json.dumps(schema, indent=2)}\n".encode()


def fix_shards(parts: Parts) -> Shards:
    """What the match page and `kb match --site` show of entries."""
    collection = parts.site.collection
    shards = fix_names_of(collection)
    count = str(len(collection.entries))
    of_entries = {name: [parts.keys[entry.id] for entry in held] for name, held in shards.items()}
    keys = {name: "" if parts.slow.intersection(own) else digest_of(count, *own) for name, own in of_entries.items()}

    def write(folder: Path, names: Sequence[str]) -> None:
        steps = parts.steps([entry for name in names for entry in shards[name]])
        write_files(folder, fix_files_of(collection, lambda entry: steps[entry.id], names).items())

    return Shards(keys, write)


def feed_shards(parts: Parts) -> Shards:
    """The feeds of products and tags; none of a site that has no address."""
    site = parts.site
    found = {channel.file: (channel, entries) for channel, entries in channels(site).items()}
    if not site.options.site_url:
        found = {}
    keys = {name: digest_of(*(parts.keys[entry.id] for entry in entries)) for name, (_, entries) in found.items()}

    def write(folder: Path, names: Sequence[str]) -> None:
        wanted = {entry.id: entry for name in names for entry in found[name][1]}
        told = {entry.id: page.description for entry, page in parts.pages(tuple(wanted.values()))}
        for name in names:
            channel, entries = found[name]
            text = feed(site, ((entry, told[entry.id]) for entry in entries), channel)
            write_files(folder, [(name, text.encode())])

    return Shards(keys, write)


def publish_entries(parts: Parts, entries: Sequence[Entry], folder: Path) -> None:
    """Write what entries have by themselves beside their pages: data, Markdown, the pages that lead to them."""
    write_files(folder, chain.from_iterable(parts.files(entries)))
    write_files(folder, parts.pictures(entries))


def publish_single_files(parts: Parts, folder: Path, *, has_match: bool) -> None:
    """Write the files of which there is one of each kind, and the map of redirects, which are quick to make."""
    write_files(folder, parts.redirects.map_files())
    write_files(folder, _single_files(parts, has_match))


def write_compressed_map(folder: Path, listed: Iterable[Listed]) -> None:
    """Write the site's map once more, compressed, as MkDocs does: its time is that of the last change of any page."""
    path = folder / SITE_MAP
    if path.exists():
        time = get_build_timestamp(pages=list(listed))  # type: ignore[arg-type]
        name = f"{path}.gz"
        with open(name, "wb") as file, GzipFile(fileobj=file, filename=name, mode="wb", mtime=time) as packed:  # noqa: PTH123
            packed.write(path.read_bytes())


def _single_files(parts: Parts, has_match: bool) -> Iterator[tuple[str, bytes]]:
    site = parts.site
    yield "llms.txt", llms_text(site, has_match=has_match).encode()
    yield LLMS_FULL, llms_full_text(site)
    if site.options.site_url:
        yield "SKILL.md", skill_text(site).encode()
    yield CARD, card()
    if site.options.site_url:
        pages = parts.pages(latest(site))
        yield FEED, feed(site, ((entry, page.description) for entry, page in pages)).encode()
