"""From values to the HTML of page contents, with templates of the project's own that know nothing of the theme."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from importlib import resources
from typing import Any, Final, NamedTuple

from markupsafe import Markup, escape

from kb.checks import Rule, all_rules
from kb.entry import (
    Entry,
    Literal,
    Tool,
    Translation,
    html_without_pictures,
    readable_parts,
)
from kb.match import Types, types_of
from kb.site.facets import facets_of
from kb.site.head import entry_head
from kb.site.highlight import Highlighter
from kb.site.model import TOOLS, TRENDING, EntryView, SignatureView, Site, shortened
from kb.site.printed import printed_html
from kb.site.prose import ProseRenderer, signature_html
from kb.site.sharing import share_texts
from kb.site.templating import templates
from kb.site.tongues import language_of
from kb.site.urls import Urls
from kb.site.voting import Voting

_OWN_SITE: Final = "https://known-fixes.github.io/known-fixes/"
"""Where the schema is that the example entry names."""
_SCHEMA_LINE: Final = re.compile(r"^# yaml-language-server:.*\n", re.MULTILINE)
DESCRIPTION: Final = 155
"""Characters that search engines show of a description."""

SAMPLES: Final = 3
SAMPLE: Final = 42
"""How many messages the home page shows as examples, and their characters: one fits on a phone's line."""

ENTRY_DEPTH: Final = 2
"""Folders between the site's root and an entry: `/product/slug/`."""


class Pager(tuple[Entry, ...]):
    """One page of a list, with its number from 1 and how many pages there are."""

    number: int
    pages: int

    @classmethod
    def split(cls, entries: Sequence[Entry], size: int) -> Iterator["Pager"]:
        """The list in pages of `size` entries; at least one page."""
        pages = max(1, -(-len(entries) // size))
        for number in range(pages):
            page = cls(entries[number * size : (number + 1) * size])
            page.number, page.pages = number + 1, pages
            yield page


class RenderedEntry(NamedTuple):
    """What rendering an entry gives: plain values, which can be sent from one process to another."""

    html: str
    blocks: tuple[tuple[str, str], ...]
    """Title and anchor of each block, for "On this page"."""
    product_name: str
    description: str
    """The start of the summary, as plain text."""
    step_html: str
    """The first workaround."""
    head: str
    """Elements for the page's head."""
    slow_code: int | None
    """The block of code that takes too long to highlight, counted from 0, if there is one."""


class ContentRenderer:
    """Renders the contents of entries and of the site's own pages.

    What stands on many pages is rendered once: cards, tools, trending, and votes (in `voting.py`). For each of these
    that saves some 0.4 ms of 2 ms of processor time an entry, at 92 entries as at 1,000.
    """

    def __init__(self, site: Site, highlighter: Highlighter, depth: int = ENTRY_DEPTH) -> None:
        """`depth` is that of the pages of entries, or of translations."""
        self.site = site
        self._highlighter = highlighter
        self._entry_urls = Urls.at(depth)
        self._templates = templates(site.options.language)
        self._entry_template = self._templates.get_template("entry.html")
        self._tools: dict[Tool, Markup] = {}
        self._voting = Voting(site.options, self._templates)
        self._trending_blocks: dict[tuple[str, ...], Markup] = {}
        self._cards: dict[tuple[str, str, bool], Markup] = {}
        self._entry_values = self._values(self._entry_urls)
        ids_by_name = {file.name: file.id for file in site.collection.files}
        translations = (each for own in site.collection.translations.values() for each in own)
        ids_by_name |= {each.source: f"{each.id}/{each.language}" for each in translations}
        pictures = {picture.name: picture for own in site.pictures.values() for picture in own}
        self._prose = ProseRenderer(
            ids_by_name, site.links.covered, self._entry_urls, highlighter, pictures, site.options.language.words
        )

    def _trending(self, entry: Entry) -> Markup:
        """The entries that trend most, the page's own aside: the same block on many an entry's page."""
        shown = tuple(other for other in self.site.leading(entry.product) if other.id != entry.id)[:TRENDING]
        key = tuple(other.id for other in shown)
        if key not in self._trending_blocks:
            values = self._values(self._entry_urls) | {"shown": shown, "product": entry.product}
            html = self._templates.get_template("trending_block.html").render(values)
            self._trending_blocks[key] = Markup(html)  # noqa: S704 - autoescaped
        return self._trending_blocks[key]

    def entry(self, entry: Entry) -> RenderedEntry:
        """The content of an entry's page."""
        types, signatures = _signatures(entry)
        sections, slow_code = self._prose.sections(entry, types)
        view = EntryView(self.site, entry, sections, signatures)
        return self._page(view, self.site.options.edit_url(entry.source), slow_code)

    def _page(self, view: EntryView, edit_url: str | None, slow_code: int | None) -> RenderedEntry:
        entry = view.entry
        html = self._entry_template.render(
            entry=entry,
            view=view,
            edit_url=edit_url,
            trending=self._trending(entry),
            shares=tuple(share_texts(view)),
            **self._entry_values,
        )
        description = shortened(view.plain_summary, DESCRIPTION)
        head = entry_head(self.site, entry, view.url, description, is_translation=view.translation is not None)
        step_html = html_without_pictures(view.workarounds[0].html)
        if "workarounds" in entry.unreviewed:
            step_html = f'<p class="kb-drafted__mark">{escape(view.draft_words)}</p>{step_html}'
        return RenderedEntry(html, tuple(view.blocks()), view.product_name, description, step_html, head, slow_code)

    def deeper(self) -> "ContentRenderer":
        """One for the pages of translations, which lie below those of their entries."""
        return ContentRenderer(self.site, self._highlighter, ENTRY_DEPTH + 1)

    def translation(self, translation: Translation) -> RenderedEntry:
        """The content of a translation's page: what it lacks is its entry's, and so is all but title and prose."""
        entry = self.site.collection.by_id[translation.id]
        prose = {name: getattr(translation, name) for name in translation.sections}
        said = {"body": translation.body, "headings": translation.headings, **prose}
        types, signatures = _signatures(entry)
        translated, slow_code = self._prose.sections(entry.model_copy(update=said), types)
        has_all_steps = len(translation.workarounds) == len(entry.workarounds)
        own = [each for each in translated if has_all_steps or each.kind != "workarounds"]
        former, _ = self._prose.sections(entry, types)
        language = language_of(self.site, entry)
        sections = [
            each
            for kind in dict.fromkeys(section.kind for section in former)
            for each in (
                [section for section in own if section.kind == kind]
                or [replace(section, lang=language) for section in former if section.kind == kind]
            )
        ]
        shown = entry.model_copy(update={"title": translation.title, "lang": translation.language})
        view = EntryView(self.site, shown, sections, signatures, translation)
        return self._page(view, self.site.options.edit_url(translation.source), slow_code)

    def cards(self, urls: Urls, entries: Iterable[Entry], *, with_product: bool = True) -> Markup:
        """Entries as items of a list. An entry stands on many pages, so each item is made once.

        In the list of its product, which is `with_product` not needed, an item has what it can be filtered by.
        """
        return Markup().join(self._card(urls, entry, with_product) for entry in entries)

    def _card(self, urls: Urls, entry: Entry, with_product: bool) -> Markup:
        key = urls.root, entry.id, with_product
        if key not in self._cards:
            card = self.site.card(entry)
            facets = None if with_product else facets_of(entry, self.site.proven(entry))
            html = self._templates.get_template("card.html").render(card=card, urls=urls, facets=facets)
            self._cards[key] = Markup(html)  # noqa: S704 - autoescaped
        return self._cards[key]

    def tools(self, tools: Iterable[Tool]) -> Markup:
        """Tools as items of a list, each made once."""
        return Markup().join(map(self._tool, tools))

    def _tool(self, tool: Tool) -> Markup:
        if tool not in self._tools:
            html = self._templates.get_template("tool.html").render(tool=tool)
            self._tools[tool] = Markup(html)  # noqa: S704 - autoescaped
        return self._tools[tool]

    def _values(self, urls: Urls) -> dict[str, Any]:
        """What every template may use."""
        return {
            "site": self.site,
            "urls": urls,
            "cards": partial(self.cards, urls),
            "tools": self.tools,
            "voting": self._voting,
            "per_list": TOOLS,
        }

    def page(self, template: str, depth: int, **values: Any) -> str:
        """The content of a page of the site itself that lies `depth` folders below the root."""
        return self._templates.get_template(template).render(
            **self._values(Urls.at(depth)), links=self.site.links, **values
        )

    def rule(self, rule: Rule, depth: int) -> str:
        return self.page("rule.html", depth, rule=rule, rules=all_rules())

    def not_found(self, root: str, shards: int) -> str:
        """The content of the page for missing addresses, which may be shown at any depth: `root` is absolute.

        `shards` is the number of files that the map of redirects has.
        """
        products = self.site.collection.products.items()
        repositories = {each.repository.lower(): (key, each.name) for key, each in products if each.repository}
        values = self._values(Urls(root=root)) | {"repositories": repositories, "shortcuts": shards}
        return self._templates.get_template("not_found.html").render(values)


def sample_messages(entries: Iterable[Entry]) -> list[tuple[Entry, str]]:
    """Short messages to show, each of another product, with their entries."""
    found: dict[str, tuple[Entry, str]] = {}
    for entry in entries:
        parts = readable_parts(entry.signatures[0].text)
        text = " ".join(parts[0].text.split()) if len(parts) == 1 and isinstance(parts[0], Literal) else ""
        if 0 < len(text) <= SAMPLE:
            found.setdefault(entry.product, (entry, text))
        if len(found) == SAMPLES:
            break
    return list(found.values())


def example_entry(site_url: str | None = _OWN_SITE) -> str:
    """A complete small entry, for contributors, with the address of the schema on the site where that has one."""
    text = resources.files("kb.site").joinpath("templates/example_entry.md").read_text("utf-8")
    return text.replace(_OWN_SITE, f"{site_url.rstrip('/')}/") if site_url else _SCHEMA_LINE.sub("", text)


def contribute_steps() -> str:
    """How to contribute an entry, in Markdown: CONTRIBUTING.md says the same."""
    return resources.files("kb.site").joinpath("templates/contribute_steps.md").read_text("utf-8")


def _signatures(entry: Entry) -> tuple[Types, list[SignatureView]]:
    """The names that an entry's prose may use as placeholders, with their types, and its signatures as HTML."""
    texts = [signature.text for signature in entry.signatures]
    views = [SignatureView(signature_html(each.text), each.examples) for each in entry.signatures]
    first = views[0]._replace(printed=printed_html(entry.signatures[0]))
    return types_of(texts), [first, *views[1:]]
