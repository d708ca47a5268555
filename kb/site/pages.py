"""The pages of the site as MkDocs sees them: entries, and virtual pages that come with the generator."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property, lru_cache, partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Self
from urllib.parse import urlsplit

from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_build_date

from kb.entry import Entry, Translation, read_source
from kb.site.frame import Holes
from kb.site.head import page_head
from kb.site.model import Options, Site
from kb.site.overview import Overview
from kb.site.parts import Parts
from kb.site.render import ContentRenderer, RenderedEntry
from kb.site.site_pages import SitePageSpec, site_pages
from kb.site.urls import server_of

if TYPE_CHECKING:
    from collections.abc import Callable

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

    def __init__(self, entry: Entry, parts: Parts, file: File, config: MkDocsConfig) -> None:
        self.entry = entry
        self._parts = parts
        super().__init__(entry.title, file, config)
        self.edit_url = parts.site.options.edit_url(entry.source)
        self.update_date = entry.updated.isoformat()

    def read_source(self, config: MkDocsConfig) -> None:
        """Hand the entry's prose to MkDocs, for plugins that look at a page's Markdown."""
        self.markdown = self.entry.body

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Make the page's content from the entry."""
        rendered = self._rendered()
        if rendered.slow_code is not None:
            place = self._place_of_code(Path(config.docs_dir), rendered.slow_code)
            log.warning(
                "kb: %s: this block of code takes too long to highlight, so it and those after it on the page are "
                "shown plain. Write `text` for its language, or make it shorter.",
                place,
            )
        self.content = rendered.html
        self.description = rendered.description
        self.head = rendered.head
        self.toc = TableOfContents([AnchorLink(title, anchor, level=2) for title, anchor in rendered.blocks])

    def _rendered(self) -> RenderedEntry:
        return self._parts.page(self.entry)

    @property
    def source_name(self) -> str:
        """The file that the page is made of."""
        return self.entry.source

    def _place_of_code(self, root: Path, number: int) -> str:
        """File, line and column of a block of code, for a person. The file is read again: nothing else needs places."""
        source = read_source(root / self.source_name, root)
        path = os.path.relpath(source.path)
        if number >= len(source.outline.blocks):
            return path
        line, column = source.body_position(source.outline.blocks[number].position)
        return f"{path}:{line}:{column}"


class TranslationPage(EntryPage):
    """The page of an entry's translation, below that of the entry."""

    def __init__(self, translation: Translation, parts: Parts, file: File, config: MkDocsConfig) -> None:
        self.translation = translation
        super().__init__(parts.site.collection.by_id[translation.id], parts, file, config)
        self.title = translation.title
        self.edit_url = parts.site.options.edit_url(translation.source)

    def read_source(self, config: MkDocsConfig) -> None:
        """Hand the translation's prose to MkDocs."""
        self.markdown = self.translation.body

    def _rendered(self) -> RenderedEntry:
        return self._parts.translation(self.translation)

    @property
    def source_name(self) -> str:
        """The file that the page is made of."""
        return self.translation.source


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


class Planned(NamedTuple):
    """A page that the site is to have, before anything is made of it."""

    file: File
    updated: date
    """The day of its last change."""
    key: str
    """A digest of all that its content and the files beside it follow from; none where it is made in each build."""
    names: tuple[str, ...]
    """The files in the site that are its own."""
    add: Callable[[], object]
    """Makes it a page of MkDocs."""
    entry: Entry | None = None


class SitePages:
    """The site's own pages. What they are made of is computed when one is to be made, or their keys aren't kept."""

    def __init__(self, site: Site, renderer: ContentRenderer, overview: Overview) -> None:
        self.site, self._renderer, self._overview = site, renderer, overview

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """The name of each, without ending -> its key. One that has none of its own shows much of all entries."""
        common = self._overview.digest
        return self._overview.keys("pages", lambda: {name: spec.key or common for name, spec in self._specs.items()})

    def spec(self, name: str) -> SitePageSpec:
        """What a page is made of."""
        return self._specs[name]

    @cached_property
    def _specs(self) -> Mapping[str, SitePageSpec]:
        return {spec.name: spec for spec in site_pages(self.site, self._renderer)}


def plan_pages(files: Files, parts: Parts, pages: SitePages, config: MkDocsConfig) -> list[Planned]:
    """Add the files of all pages, and take everything else under `docs_dir` out of `files`."""
    site = parts.site
    sources = {entry.source for entry in site.collection.entries if entry.source.endswith(".md")}
    for file in list(files):
        if file.src_dir == config.docs_dir and file.src_uri not in sources:
            files.remove(file)
    planned = [_planned_entry(entry, files, parts, config) for entry in site.collection.entries]
    translations = (each for entry in site.collection.entries for each in site.translations(entry))
    planned += [_planned_translation(each, files, parts, config) for each in translations]
    newest = max((entry.updated for entry in site.collection.entries), default=None)
    for name, key in pages.keys.items():
        # Unless the knowledge base has a file of that name itself.
        if files.get_file_from_path(f"{name}.md") is None:
            file = File.generated(config, f"{name}.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
            files.append(file)
            add = partial(_add_site_page, pages, name, file, newest, config)
            planned.append(Planned(file, newest or _build_day(), key, (file.dest_uri,), add))
    return planned


def _planned_entry(entry: Entry, files: Files, parts: Parts, config: MkDocsConfig) -> Planned:
    file = files.get_file_from_path(entry.source) or _added_file(files, parts.site, entry, config)
    file.inclusion = InclusionLevel.NOT_IN_NAV
    names = tuple(parts.file_names(entry))
    add = partial(EntryPage, entry, parts, file, config)
    return Planned(file, entry.updated, parts.keys[entry.id], names, add, entry)


def _planned_translation(translation: Translation, files: Files, parts: Parts, config: MkDocsConfig) -> Planned:
    name = f"{translation.id}/{translation.language}.md"
    path = str(parts.site.collection.root / translation.source)
    file = File.generated(config, name, abs_src_path=path, inclusion=InclusionLevel.NOT_IN_NAV)
    files.append(file)
    add = partial(TranslationPage, translation, parts, file, config)
    entry = parts.site.collection.by_id[translation.id]
    return Planned(file, entry.updated, parts.translation_key(translation), (file.dest_uri,), add)


def _add_site_page(specs: SitePages, name: str, file: File, updated: date | None, config: MkDocsConfig) -> None:
    spec = specs.spec(name)
    page = SitePage(spec.title, spec.make, file, config, description=spec.description, updated=updated)
    if spec.name == "report":
        page.connects = server_of(specs.site.options.github_api)


def _build_day() -> date:
    return date.fromisoformat(get_build_date())


def _added_file(files: Files, site: Site, entry: Entry, config: MkDocsConfig) -> File:
    """A page's file for a `.yml` entry, which MkDocs takes for a static file."""
    file = File.generated(config, f"{entry.id}.md", abs_src_path=str(site.collection.root / entry.source))
    files.append(file)
    return file


class Listed(NamedTuple):
    """A page as the site's map lists it, whether it is made anew or not. The names are those that MkDocs has."""

    canonical_url: str | None
    abs_url: str | None
    update_date: str
    is_link: bool = False

    @classmethod
    def of(cls, planned: Planned, config: MkDocsConfig) -> Self:
        """A page with the address that MkDocs gives to it."""
        if not config.site_url:
            return cls(None, None, planned.updated.isoformat())
        root = f"{config.site_url.rstrip('/')}/"
        address = planned.file.url.removeprefix("./")
        return cls(f"{root}{address}", f"{_path_of(root)}{address}", planned.updated.isoformat())


@lru_cache(maxsize=4)
def _path_of(url: str) -> str:
    return urlsplit(url).path


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
