"""What is made of an entry by itself: its page's content, its data, the pages that lead to it. Each is made once.

All of it follows from the entry, from what its page says of others, from the settings and from this program. A digest
of these is its key. What was made under the same key in an earlier build, here or on another machine, is taken from the
cache folder and not made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic import TypeAdapter

from kb.entry import Entry, Product, Tool, Translation, is_long_ago
from kb.links import Mention, links_to_translations, mentions_of_translations
from kb.process import digest_of, each_forked, program_digest
from kb.site import api_files
from kb.site.markdown_pages import MarkdownPages
from kb.site.pictures import picture_files
from kb.site.redirects import Redirects
from kb.site.render import ContentRenderer, RenderedEntry
from kb.site.store import Store

if TYPE_CHECKING:
    from kb.site.model import Site

_BATCH: Final = 250
"""Entries whose parts are kept or read at once: some 10 MB."""

Files = tuple[tuple[str, bytes], ...]
"""File name in the site and content."""


class _Made(NamedTuple):
    """The parts of an entry as they are kept."""

    page: bytes
    step: bytes
    files: bytes
    is_lasting: bool
    """Whether they would be the same another time: not where a block of code took too long to highlight."""


class Parts:
    """The parts of a site's entries: of those that `make` was asked for, and of others that are still kept."""

    def __init__(self, renderer: ContentRenderer, digests: Mapping[str, str]) -> None:
        """`digests` has for each entry, by its id, one of all that it says itself."""
        self.site = renderer.site
        self._digests = digests
        self.redirects = Redirects(self.site)
        self._renderer = renderer
        self._markdown = MarkdownPages(self.site)
        self._pages, self._steps, self._files = (Store(kind) for kind in ("pages", "steps", "files"))
        self.slow: set[str] = set()
        """Keys of entries with a block of code that took too long to highlight."""
        self._ahead: dict[str, bytes] = {}
        self._order: list[str] = []

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Entry id -> the key of its parts."""
        return dict(_keys(self.site, self.redirects, self._digests, self._led))

    def make(self, entries: Sequence[Entry]) -> None:
        """Make what there is not yet, with all processors. Raises WorkerDiedError."""
        self._order = keys = [self.keys[entry.id] for entry in entries]
        kept = self._files.has(keys) & self._pages.has(keys) & self._steps.has(keys)
        missing = [entry for entry, key in zip(entries, keys, strict=True) if key not in kept]
        made: dict[str, _Made] = {}
        for number, each in each_forked(self._made, missing):
            made[self.keys[missing[number].id]] = each
            if len(made) == _BATCH:
                self._take(made)
                made = {}
        self._take(made)

    def page(self, entry: Entry) -> RenderedEntry:
        """The content of an entry's page. It is asked for in the order of `make`, so some are read ahead."""
        key = self.keys[entry.id]
        if key not in self._ahead:
            at = self._order.index(key) if key in self._order else len(self._order)
            self._ahead = self._pages.read([key, *self._order[at + 1 : at + _BATCH]])
        value = self._ahead.pop(key, None)
        return self._renderer.entry(entry) if value is None else _pages().validate_json(value)

    def pages(self, entries: Sequence[Entry]) -> Iterator[tuple[Entry, RenderedEntry]]:
        """Some entries with the contents of their pages."""
        for start in range(0, len(entries), _BATCH):
            some = entries[start : start + _BATCH]
            read = self._pages.read(self.keys[entry.id] for entry in some)
            for entry in some:
                value = read.get(self.keys[entry.id])
                yield entry, self._renderer.entry(entry) if value is None else _pages().validate_json(value)

    def steps(self, entries: Sequence[Entry]) -> dict[str, str]:
        """Entry id -> its first workaround as HTML."""
        read = self._steps.read(self.keys[entry.id] for entry in entries)
        steps = {entry.id: read.get(self.keys[entry.id]) for entry in entries}
        return {
            entry.id: self.page(entry).step_html if (step := steps[entry.id]) is None else step.decode()
            for entry in entries
        }

    def files(self, entries: Sequence[Entry]) -> Iterator[Files]:
        """The files of each entry beside its page: data, Markdown, pages that lead to it."""
        for start in range(0, len(entries), _BATCH):
            some = entries[start : start + _BATCH]
            read = self._files.read(self.keys[entry.id] for entry in some)
            for entry in some:
                value = read.get(self.keys[entry.id])
                yield self._files_of(entry) if value is None else _file_lists().validate_json(value)

    def pictures(self, entries: Iterable[Entry]) -> Iterator[tuple[str, bytes]]:
        """The files of the pictures that some entries show."""
        showing = {entry.id for entry in entries if entry.id in self.site.pictures}
        for file in self.site.collection.files if showing else ():
            if file.id in showing:
                yield from picture_files(self.site.collection, file)

    def translation_key(self, translation: Translation) -> str:
        """The key of a translation's page: a digest of what it says, and of all that its entry's page shows."""
        mentions = repr(self._mentions.get(translation.source, ()))
        led = repr(self._led.get(translation.source, ()))
        return digest_of(self.keys[translation.id], translation.model_dump_json(), mentions, led)

    def translation(self, translation: Translation) -> RenderedEntry:
        """The content of a translation's page. It is not kept: there are few."""
        rendered = self._translations.translation(translation)
        if rendered.slow_code is not None:
            self.slow.add(self.translation_key(translation))
        return rendered

    @cached_property
    def _mentions(self) -> Mapping[str, tuple[Mention, ...]]:
        return mentions_of_translations(self.site.collection, self.site.links.covered)

    @cached_property
    def _led(self) -> Mapping[str, tuple[str, ...]]:
        return links_to_translations(self.site.collection)

    @cached_property
    def _translations(self) -> ContentRenderer:
        return self._renderer.deeper()

    def file_names(self, entry: Entry) -> Iterator[str]:
        """The names of all files of an entry, its page included."""
        yield f"{entry.id}/index.html"
        if not self.site.options.few_files:
            yield f"{entry.id}/index.md"
            yield from api_files.entry_names(entry)
        yield from (picture.published for picture in self.site.pictures.get(entry.id, ()))
        yield from self.redirects.names(entry)

    def _made(self, entry: Entry) -> _Made:
        page = self._renderer.entry(entry)
        files = _file_lists().dump_json(self._files_of(entry))
        return _Made(_pages().dump_json(page), page.step_html.encode(), files, page.slow_code is None)

    def _files_of(self, entry: Entry) -> Files:
        redirects = tuple(self.redirects.to(entry))
        if self.site.options.few_files:
            return redirects
        return (*api_files.entry_files(self.site, entry), self._markdown.entry(entry), *redirects)

    def _take(self, made: Mapping[str, _Made]) -> None:
        for store, name in ((self._pages, "page"), (self._steps, "step"), (self._files, "files")):
            store.take({key: getattr(each, name) for key, each in made.items() if each.is_lasting})
            store.hold({key: getattr(each, name) for key, each in made.items() if not each.is_lasting})
        self.slow.update(key for key, each in made.items() if not each.is_lasting)


def _keys(
    site: Site, redirects: Redirects, digests: Mapping[str, str], led: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    """Entry id and key of each entry: a digest of everything that its parts are made from."""
    base = digest_of(program_digest(), repr(site.options), *_catalogs(site))
    cards = {entry.id: site.card_text(entry) for entry in site.collection.entries}
    leading = {product: [cards[entry.id] for entry in site.leading(product)] for product in site.links.products}
    for entry in site.collection.entries:
        runs = entry.proved.runs if entry.proved else ()
        links = site.links
        yield (
            entry.id,
            digest_of(
                base,
                digests[entry.id],
                *(cards[other] for other in links.related.get(entry.id, ())),
                "",
                *(cards[other] for other in links.backlinks.get(entry.id, ())),
                repr(links.mentions.get(entry.id, ())),
                repr(led.get(entry.source, ())),
                str(links.short_ref(entry)),
                " ".join(map(site.code_path, entry.codes)),
                str(site.has_votes),
                *leading[entry.product],
                " ".join(redirects.names(entry)),
                repr(site.pictures.get(entry.id, ())),
                " ".join(each.language for each in site.translations(entry)),
                *("old" for run in runs if is_long_ago(run.day, site.as_of)),
            ),
        )


def _catalogs(site: Site) -> Iterator[str]:
    yield _products().dump_json(site.collection.products).decode()
    yield _tools().dump_json(site.collection.tools).decode()


@cache
def _pages() -> TypeAdapter[RenderedEntry]:
    return TypeAdapter(RenderedEntry)


@cache
def _file_lists() -> TypeAdapter[Files]:
    return TypeAdapter(Files)


@cache
def _products() -> TypeAdapter[dict[str, Product]]:
    return TypeAdapter(dict[str, Product])


@cache
def _tools() -> TypeAdapter[tuple[Tool, ...]]:
    return TypeAdapter(tuple[Tool, ...])
