"""The pages of the site as MkDocs sees them: entries, and virtual pages that come with the generator."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from kb.checks import all_rules
from kb.entry import Entry, order_formula, read_source
from kb.links import trending_formula
from kb.site.api import API_FILES
from kb.site.frame import Holes
from kb.site.head import page_head
from kb.site.model import Options, Site
from kb.site.render import ContentRenderer, Pager, RenderedEntry, contribute_steps, example_entry, sample_messages
from kb.site.urls import server_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger(f"mkdocs.plugins.{__name__}")

NO_INDEX: Final = '<meta name="robots" content="noindex">'


class KbPage(Page):
    """A page whose content the generator makes itself."""

    description: str = ""
    head: str = ""
    connects: str = ""
    """The one other server that the page may ask, when its reader wants that."""
    edit_url: str | None

    @property
    def frame_key(self) -> str:
        """Pages with the same key have the same frame."""
        return f"{type(self).__name__.lower()}-{self.url.count('/')}{'-connects' if self.connects else ''}"

    def read_source(self, config: MkDocsConfig) -> None:
        raise NotImplementedError

    def render(self, config: MkDocsConfig, files: Files) -> None:
        raise NotImplementedError


class EntryPage(KbPage):
    """The page of an entry. The entry was read and checked before the build began; this renders it."""

    rendered: RenderedEntry

    def __init__(self, entry: Entry, renderer: ContentRenderer, file: File, config: MkDocsConfig) -> None:
        self.entry = entry
        self._renderer = renderer
        super().__init__(entry.title, file, config)
        self.edit_url = renderer.site.options.edit_url(entry.source)
        self.update_date = entry.updated.isoformat()

    def read_source(self, config: MkDocsConfig) -> None:
        """Hand the entry's prose to MkDocs, for plugins that look at a page's Markdown."""
        self.markdown = self.entry.body

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Make the page's content from the entry."""
        self.rendered = self._renderer.entry(self.entry)
        if self.rendered.slow_code is not None:
            place = self._place_of_code(Path(config.docs_dir), self.rendered.slow_code)
            log.warning(
                "kb: %s: this block of code takes too long to highlight, so it and those after it on the page are "
                "shown plain. Write `text` for its language, or make it shorter.",
                place,
            )
        self.content = self.rendered.html
        self.description = self.rendered.description
        self.head = self.rendered.head
        self.toc = TableOfContents([AnchorLink(title, anchor, level=2) for title, anchor in self.rendered.blocks])

    def _place_of_code(self, root: Path, number: int) -> str:
        """File, line and column of a block of code, for a person. The file is read again: nothing else needs places."""
        source = read_source(root / self.entry.source, root)
        path = os.path.relpath(source.path)
        if number >= len(source.outline.blocks):
            return path
        line, column = source.body_position(source.outline.blocks[number].position)
        return f"{path}:{line}:{column}"


class SitePage(KbPage):
    """A page of the site itself; `make` gives its content when the build renders it."""

    def __init__(
        self,
        title: str,
        make: Callable[[], str],
        file: File,
        config: MkDocsConfig,
        *,
        description: str = "",
        updated: date | None = None,
        head: str = "",
    ) -> None:
        self._make = make
        super().__init__(title, file, config)
        self.edit_url = None
        self.description = description
        self.head = head
        if updated:
            self.update_date = updated.isoformat()

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no Markdown: the content comes from a template."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Make the page's content."""
        self.content = self._make()
        self.toc = TableOfContents([])


def add_entry_pages(files: Files, site: Site, renderer: ContentRenderer, config: MkDocsConfig) -> None:
    """Turn the files of entries into pages, and take everything else under `docs_dir` out of `files`."""
    pages = {entry.source for entry in site.collection.entries if entry.source.endswith(".md")}
    for file in list(files):
        if file.src_dir == config.docs_dir and file.src_uri not in pages:
            files.remove(file)
    for entry in site.collection.entries:
        file = files.get_file_from_path(entry.source) or _added_file(files, site, entry, config)
        file.inclusion = InclusionLevel.NOT_IN_NAV
        EntryPage(entry, renderer, file, config)


def _added_file(files: Files, site: Site, entry: Entry, config: MkDocsConfig) -> File:
    """A page's file for a `.yml` entry, which MkDocs takes for a static file."""
    file = File.generated(config, f"{entry.id}.md", abs_src_path=str(site.collection.root / entry.source))
    files.append(file)
    return file


def add_site_pages(files: Files, site: Site, renderer: ContentRenderer, config: MkDocsConfig) -> None:
    """Add the site's own pages, unless the knowledge base has a file of that name itself."""
    newest = site.links.newest[0].updated if site.links.newest else None
    for name, title, description, make in _site_pages(site, renderer):
        if files.get_file_from_path(f"{name}.md") is None:
            file = File.generated(config, f"{name}.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
            files.append(file)
            page = SitePage(title, make, file, config, description=description, updated=newest)
            if name == "report":
                page.connects = server_of(site.options.github_api)


SitePageSpec = tuple[str, str, str, "Callable[[], str]"]
"""File name without ending, title, description, and what makes the content."""


def _site_pages(site: Site, renderer: ContentRenderer) -> Iterator[SitePageSpec]:
    """Every page of the site itself."""
    links, name = site.links, site.options.site_name

    def page(template: str, depth: int, **values: Any) -> Callable[[], str]:
        return lambda: renderer.page(template, depth, **values)

    yield "index", name, site.options.site_description, page("home.html", 0, samples=sample_messages(links.trending))
    yield "match", "Match an error", "Paste an error or a log and land on its fix.", page("match.html", 1)
    yield "search", "Search", f"All that a search finds on {name}.", page("search.html", 1)
    yield (
        "report",
        "Issue report",
        "What is known of a GitHub issue, and of the issues and pull requests around it.",
        page("report.html", 1),
    )
    yield "products", "Products", f"Every product with fixes on {name}.", page("products.html", 1)
    yield "tags", "Tags", f"Every tag of the fixes on {name}.", page("tags.html", 1)
    yield "codes", "Error codes", f"Every error code with a fix on {name}.", page("codes.html", 1)
    yield "tools", "Tools", "Tools that help when something breaks.", page("tools.html", 1)
    yield (
        "contribute",
        "Contribute a fix",
        "How to add an error and its fix.",
        page("contribute.html", 1, example=example_entry(), steps=contribute_steps(), order=order_formula()),
    )
    yield "api", "Data", f"The entries of {name} as JSON, Markdown and a feed.", _api_page(site, renderer)
    yield "rules", "Rules for entries", "What the checks ask of an entry.", page("rules.html", 1, rules=all_rules())
    yield from _list(site, renderer, "trending", "Trending", links.trending, note=trending_formula())
    yield from _list(site, renderer, "newest", "Newest", links.newest)
    for tag, entries in links.tags.items():
        yield from _list(site, renderer, f"tags/{tag}", f"Tag: {tag}", entries)
    for slug, (code, entries) in site.codes.items():
        yield from _list(site, renderer, f"codes/{slug}", f"Error code {code}", entries)
    for product, entries in links.products.items():
        title = f"{site.product_name(product)} errors"
        yield from _list(site, renderer, product, title, entries, more=f"products/{product}", product=product)
    for code, rule in all_rules().items():
        yield f"rules/{code.lower()}", f"{code} {rule.name}", rule.summary, _rule_page(renderer, code)


def _api_page(site: Site, renderer: ContentRenderer) -> Callable[[], str]:
    example = next(iter(site.links.trending), None)
    return lambda: renderer.page("api.html", 1, files=API_FILES, example=example)


def _rule_page(renderer: ContentRenderer, code: str) -> Callable[[], str]:
    return lambda: renderer.rule(all_rules()[code], 2)


def _list(
    site: Site,
    renderer: ContentRenderer,
    name: str,
    title: str,
    entries: Sequence[Entry],
    *,
    more: str | None = None,
    product: str | None = None,
    note: str = "",
) -> Iterator[SitePageSpec]:
    """The pages of one list: the first at `name`, the others at `more/2`, `more/3`, …"""
    more = more or name

    def make(part: Pager, depth: int) -> Callable[[], str]:
        return lambda: renderer.page(
            "list.html",
            depth,
            title=title,
            name=name,
            more=more,
            part=part,
            total=len(entries),
            product=product,
            note=note,
        )

    for part in Pager.split(entries, site.options.page_size):
        page_name = name if part.number == 1 else f"{more}/{part.number}"
        page_title = title if part.number == 1 else f"{title}, page {part.number}"
        description = f"{page_title}: {len(entries)} with causes and workarounds on {site.options.site_name}."
        yield page_name, page_title, description, make(part, page_name.count("/") + 1)


def holes_of(page: Page, options: Options, render_toc: Callable[[TableOfContents], str]) -> Holes:
    """What a page puts into the frame."""
    title, site_name = str(page.title or ""), options.site_name
    full_title = site_name if page.is_homepage or not title else f"{title} - {site_name}"
    description = page.description if isinstance(page, KbPage) else str(page.meta.get("description", ""))
    head = f'<link rel="canonical" href="{escape(page.canonical_url)}">' if page.canonical_url else ""
    if isinstance(page, KbPage):
        head += page.head
    if not isinstance(page, EntryPage):
        head += page_head(options, title or site_name, description, page.canonical_url)
    content = page.content or ""
    if not isinstance(page, KbPage):
        content = f'<article class="kb-page kb-prose">{content}</article>'
    toc = render_toc(page.toc) if isinstance(page, EntryPage) else ""
    return Holes(escape(full_title), escape(description), head, content, toc)
