"""The MkDocs plugin `kb`: it wires the stages to MkDocs' events, and does nothing else.

A build, event by event: the entries are read, checked and cross-linked before MkDocs empties the site folder
(`on_pre_build`), become pages (`on_files`), get a frame (`on_env`), and are rendered by MkDocs, while other processes
write data, redirects and the index for a search (`on_post_build` waits for them).
"""

from __future__ import annotations

import json
import logging
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.commands.build import get_context
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel

from kb import __version__
from kb.checks import Diagnostic, checking_in, to_report
from kb.entry import Entries, Entry, open_folder, schemas
from kb.links import compute_links
from kb.process import (
    Fork,
    Replacement,
    ReplacingError,
    WorkerDiedError,
    collect_seldom,
    end_with_caller,
    map_forked,
)
from kb.site.bundle import asset_files, asset_folder
from kb.site.compiled import compiled_templates
from kb.site.config import KbConfig, edit_base, repository_of
from kb.site.frame import (
    FEWEST_ALIKE,
    FULL_TEMPLATE,
    MARKED,
    Holes,
    add_frames,
    content_security_policy,
    fill_policy,
    frame_name,
    make_frame,
)
from kb.site.highlight import Highlighter
from kb.site.model import STATUS_LABELS, Options, Site
from kb.site.pages import EntryPage, KbPage, add_entry_pages, add_site_pages, holes_of
from kb.site.palette import PaletteError, palette_css
from kb.site.preview import EntryProblemsError, keep_last_good
from kb.site.published import publish_data, publish_lists, publish_match, publish_redirects, publish_search
from kb.site.render import ContentRenderer
from kb.site.theme import theme_files
from kb.site.urls import RESERVED, server_of

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import TableOfContents
    from mkdocs.utils.templates import TemplateContext

log = logging.getLogger(f"mkdocs.plugins.{__name__}")

_MENU = (
    ("Match", "match/"),
    ("Products", "products/"),
    ("Tags", "tags/"),
    ("Codes", "codes/"),
    ("Trending", "trending/"),
)
_FOOTER = (
    ("Contribute", "contribute/"),
    ("Rules", "rules/"),
    ("Tools", "tools/"),
    ("Issue report", "report/"),
    ("Newest", "newest/"),
    ("Data", "api/"),
)


class KbPlugin(BasePlugin[KbConfig]):  # type: ignore[no-untyped-call]
    """Builds a knowledge base of error fixes from the entries in `docs_dir`."""

    site: Site
    _env: jinja2.Environment
    _nav: Navigation
    _palette: str
    _tocs: dict[tuple[tuple[str, str], ...], str]
    _serving = False
    _replaces_site = False
    _replacement: Replacement | None = None
    _is_whole = False

    def __init__(self) -> None:
        super().__init__()
        self._highlighter = Highlighter()
        self._forks: list[Fork] = []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview. Having this event keeps the instance between reloads."""
        self._serving = command == "serve"
        self._replaces_site = not self._serving and not dirty
        collect_seldom()
        end_with_caller()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Refuse settings under which permanent addresses would not be permanent."""
        if not config.use_directory_urls:
            raise PluginError("kb: entries live at /product/slug/ for ever; remove `use_directory_urls: false`.")
        if config.theme.name != "kb":
            raise PluginError(f"kb: the pages need `theme: {{name: kb}}` in mkdocs.yml, not {config.theme.name!r}.")
        try:
            self._palette = palette_css(self.config.colors)
            server_of(self.config.github_api)
        except PaletteError as error:
            raise PluginError(f"kb: colors: {error}") from None
        except ValueError as error:
            raise PluginError(f"kb: github_api: {error}") from None
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read, check and cross-link. Raises EntryProblemsError on any, while the last good site still stands."""
        if self._replaces_site:
            self._wait_for_others(config)
        root = Path(os.path.relpath(config.docs_dir))  # so that diagnostics name files as a person would
        collection, problems = load_checked(root)
        if problems:
            raise EntryProblemsError(f"the entries have problems, so nothing was built.\n\n{to_report(problems)}\n")
        options = Options(
            site_name=config.site_name,
            site_url=config.site_url,
            site_description=config.site_description or "",
            repository=repository_of(config.repo_url),
            feedback=repository_of(self.config.feedback_url or config.repo_url),
            vote_form=self.config.vote_form,
            report_form=self.config.report_form,
            new_form=self.config.new_form,
            page_size=self.config.page_size,
            github_api=self.config.github_api,
            edit_base=edit_base(config.repo_url, config.edit_uri),
        )
        self.site = Site(collection, compute_links(collection), options)
        if self._replacement:
            # MkDocs empties and fills this folder instead of the site's.
            self._config, self._site_dir = config, config.site_dir
            with _failures_told():
                self._replacement.begin()
            config.site_dir = str(self._replacement.folder)

    def _wait_for_others(self, config: MkDocsConfig) -> None:
        """Be the only build of this site: its entries are read when those that began before have ended."""
        with _failures_told():
            self._replacement = Replacement(Path(config.site_dir))
            if not self._replacement.is_free():
                log.info("kb: another build makes %s; this one waits for its end (Ctrl+C stops it).", config.site_dir)
                self._replacement.wait()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Entries become pages; the site's own pages, assets and schemas are added."""
        renderer = ContentRenderer(self.site, self._highlighter)
        with _failures_told():
            renderer.render_ahead()
        # MkDocs has emptied the site folder by now, and is alone at work from here on.
        works = self._published_beside_pages(Path(config.site_dir))
        self._forks = [Fork(work, "the files beside the pages") for work in works]
        add_entry_pages(files, self.site, renderer, config)
        add_site_pages(files, self.site, renderer, config)
        for name, content in self._static_files(config):
            file = File.generated(config, name, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
            files.append(file)
        return files

    def _static_files(self, config: MkDocsConfig) -> list[tuple[str, str | bytes]]:
        found: list[tuple[str, str | bytes]] = [
            (asset_folder(self._palette) + name, content) for name, content in asset_files(self._palette).items()
        ]
        for name, schema in schemas(config.site_url or "").items():
            found.append((f"schema/{name}", json.dumps(schema, indent=2) + "\n"))
        return found

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation, which a template's context needs."""
        self._nav = nav
        return nav

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Evaluate the theme once for all pages that are alike."""
        self._env = env
        self._tocs = {}
        env.bytecode_cache = compiled_templates("theme")
        self._constants = {
            **theme_files(config.theme.dirs),
            "assets": asset_folder(self._palette),
            "stylesheet": f"{asset_folder(self._palette)}kb.css",
            "menu": _MENU,
            "footer": _FOOTER,
            "new_entry": self.site.new_entry_url() or "",
            "statuses": json.dumps(STATUS_LABELS),
            "generator": f"Known Fixes {__version__}",
        }
        self._entry_pages = [file.page for file in files.documentation_pages() if isinstance(file.page, EntryPage)]
        alike: defaultdict[str, list[KbPage]] = defaultdict(list)
        for file in files.documentation_pages():
            if isinstance(file.page, KbPage):
                alike[file.page.frame_key].append(file.page)
        for pages in alike.values():
            if len(pages) >= FEWEST_ALIKE:
                self._make_frame(pages, env, config, files)
        return env

    def _published_beside_pages(self, site_dir: Path) -> Iterator[Callable[[], None]]:
        """What writes the files beside the pages that follow from the entries alone."""
        yield partial(publish_data, self.site, site_dir, has_match=self.config.search)
        yield partial(publish_redirects, self.site, site_dir)
        if self.config.search:
            yield partial(publish_search, self.site, site_dir)

    def _make_frame(self, pages: list[KbPage], env: jinja2.Environment, config: MkDocsConfig, files: Files) -> None:
        """Add the frame of alike pages to the environment, and let them use it, unless it is no match for them."""
        full = env.get_template(FULL_TEMPLATE)
        doc_files = files.documentation_pages()
        marked = full.render(self._context_of(pages[0], config, doc_files) | {"hole": MARKED})
        name = frame_name(pages[0].frame_key)
        add_frames(env, {name: make_frame(marked, self._policy)})
        for page in (pages[0], pages[len(pages) // 2], pages[-1]):
            context = self._context_of(page, config, doc_files)
            if self._full_page(page, full.render(context)) != env.get_template(name).render(context):
                log.info("kb: the theme differs from page to page; such pages are rendered with the full template.")
                return
        for page in pages:
            page.meta = {**page.meta, "template": name}

    def _context_of(self, page: Page, config: MkDocsConfig, doc_files: Any) -> TemplateContext:
        context = get_context(self._nav, doc_files, config, page)
        return config.plugins.on_page_context(context, page=page, config=config, nav=self._nav)

    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: Page,
        config: MkDocsConfig,
        nav: Navigation,
    ) -> TemplateContext:
        """Give the template the build's constants and what this page puts into the frame."""
        values: dict[str, Any] = context  # type: ignore[assignment]
        values["kb"] = self._constants
        values["root"] = _root(values)
        values["hole"] = holes_of(page, self.site.options, self._toc)
        return context

    def _toc(self, toc: TableOfContents) -> str:
        """A page's table of contents as HTML. Most entries have one of a few, so each is made once."""
        key = tuple((link.title, link.id) for link in toc)
        if key not in self._tocs:
            self._tocs[key] = self._env.get_template("partials/kb-toc.html").render(toc=toc)
        return self._tocs[key]

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give the page for missing addresses its content."""
        values: dict[str, Any] = context  # type: ignore[assignment]
        values["kb"] = self._constants
        values["root"] = _root(values)
        if template_name == "404.html":
            content = ContentRenderer(self.site, self._highlighter).not_found(_root(values))
            values["hole"] = Holes(f"Not found - {config.site_name}", "No such page", "", content, "")
        return context

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Fill in the policy of the page for missing addresses."""
        return fill_policy(output_content, self._policy)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Fill in the policy of a page that was not rendered with a frame."""
        return output if "template" in page.meta else self._full_page(page, output)

    def _full_page(self, page: Page, html: str) -> str:
        """A page rendered with the full template, its policy made from the theme's scripts and not from the content."""
        theme = html.replace(page.content or "", "")
        connects = page.connects if isinstance(page, KbPage) else ""
        return fill_policy(html, lambda _: self._policy(theme, connects))

    def _policy(self, html: str, connects: str = "") -> str:
        # The preview reloads pages with an inline script that differs each time, so it goes without.
        return "" if self._serving else content_security_policy(html, connects)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what is published beside the pages, and wait for what was being written meanwhile."""
        folder = Path(config.site_dir)
        if self.config.search:
            publish_match(self.site, self._entry_pages, folder)
        with _failures_told():
            for fork in self._forks:
                fork.wait()
        publish_lists(self.site, self._entry_pages, folder, has_match=self.config.search)
        self._is_whole = True

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site where it is, also when warnings are what failed the build."""
        self._is_whole = False

    def on_shutdown(self) -> None:
        """Put the new site in the place of the former one, if all went well."""
        self._highlighter.end()
        for fork in self._forks:
            fork.end()
        replacement, self._replacement = self._replacement, None
        if not replacement or not self._is_whole:
            if replacement:
                replacement.abandon()
            return
        self._config.site_dir = self._site_dir  # whoever publishes it looks there
        with _failures_told():
            note = replacement.finish()
        log.info("kb: the new site is in %s.%s", os.path.relpath(self._site_dir), note and f" {note}")

    def on_serve(self, server: LiveReloadServer, **_: object) -> LiveReloadServer:
        """Let the preview survive an entry that has problems."""
        server.builder = keep_last_good(server.builder)
        return server


def load_checked(root: Path) -> tuple[Entries, list[Diagnostic]]:
    """The entries in a folder and every problem of it, read and checked by all processors."""
    folder = open_folder(root)
    checking = checking_in(folder, _today(), RESERVED)
    read = map_forked(checking.read_and_look, checking.names, instead=checking.read_dead)
    return folder.gathered(file for file, _ in read), checking.conclude([looked for _, looked in read])


@contextmanager
def _failures_told() -> Iterator[None]:
    """Tell people what failed around the pages: name the file of which a process of the build died."""
    try:
        yield
    except ReplacingError as error:
        raise PluginError(f"kb: {error}") from None
    except WorkerDiedError as error:
        name = error.item.source if isinstance(error.item, Entry) else error.item
        raise PluginError(f"kb: {name}: the process that worked on it {error.how}. Nothing was published.") from None


def _root(context: Mapping[str, Any]) -> str:
    """The site's root as seen from a page, with a slash at its end; absolute for pages that are shown anywhere."""
    return str(context["base_url"]).rstrip("/") + "/"


def _today() -> date:
    """The day of the build, from SOURCE_DATE_EPOCH where that is set (https://reproducible-builds.org/specs/source-date-epoch/)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date()
