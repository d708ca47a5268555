"""The MkDocs plugin `kb`: it wires the stages to MkDocs' events, and does nothing else.

A build, event by event: the entries are read, checked and cross-linked before MkDocs empties the site folder
(`on_pre_build`), become pages (`on_files`) where they don't stand from the last build, get a frame (`on_env`), and are
rendered by MkDocs, while other processes write what is beside the pages (`on_post_build` waits for them).
"""

from __future__ import annotations

import json
import logging
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.commands.build import get_context
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel

from kb import __version__
from kb.checks import LevelError, Levels, errors_of, to_report
from kb.entry import Entry, Forge, forge_of_url
from kb.links import compute_links
from kb.process import (
    FolderState,
    Fork,
    Replacement,
    ReplacingError,
    WorkerDiedError,
    collect_seldom,
    end_with_caller,
)
from kb.site.brand import Brand, BrandError, brand_of
from kb.site.bundle import asset_files, asset_folder
from kb.site.checked import Checked, Known, entries_state, load_checked, related_of
from kb.site.compiled import compiled_templates
from kb.site.config import KbConfig, api_of, edit_base, repository_of
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
from kb.site.indexes import index_jobs
from kb.site.jobs import Job, Shards
from kb.site.model import STATUS_LABELS, Options, Site
from kb.site.overview import Overview
from kb.site.pages import KbPage, Listed, Planned, SitePages, holes_of, plan_pages
from kb.site.palette import PaletteError, palette_css
from kb.site.parts import Parts
from kb.site.preview import EntryProblemsError, LastGood
from kb.site.published import (
    SITE_MAP,
    feed_shards,
    fix_shards,
    jobs,
    publish_entries,
    publish_single_files,
    write_compressed_map,
)
from kb.site.render import ContentRenderer
from kb.site.settings import others_at_work, settings_digest
from kb.site.standing import Standing
from kb.site.theme import is_needed, name_schemes, theme_files
from kb.site.urls import collector_url, server_of
from kb.words import Language, LanguageError, marked

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
    (marked("Match"), "match/"),
    (marked("Products"), "products/"),
    (marked("Tags"), "tags/"),
    (marked("Codes"), "codes/"),
    (marked("Trending"), "trending/"),
)
_FOOTER = (
    (marked("Contribute"), "contribute/"),
    (marked("Rules"), "rules/"),
    (marked("Tools"), "tools/"),
    (marked("Issue report"), "report/"),
    (marked("Newest"), "newest/"),
    (marked("Proven"), "proven/"),
    (marked("Data"), "api/"),
)


class KbPlugin(BasePlugin[KbConfig]):  # type: ignore[no-untyped-call]
    """Builds a knowledge base of error fixes from the entries in `docs_dir`."""

    site: Site
    _checked: Checked
    _options: Options
    _parts: Parts
    _standing: Standing
    _overview: Overview
    _listed: list[Listed]
    _new: list[Planned]
    """The pages that don't stand."""
    _env: jinja2.Environment
    _nav: Navigation
    _palette: str
    _levels: Levels
    _language: Language
    _brand: Brand
    _tocs: dict[tuple[tuple[str, str], ...], str]
    _serving = False
    _is_dirty = True
    _replacement: Replacement | None = None
    _values = ""
    """A digest of what the site is made from; empty where nobody can tell."""
    _is_idle = False
    """Whether the site that stands is the one that would be made."""
    _is_whole = False

    def __init__(self) -> None:
        super().__init__()
        self._highlighter = Highlighter()
        self._forks: list[Fork] = []
        self._known: Known = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview. Having this event keeps the instance between reloads."""
        self._serving = command == "serve"
        self._is_dirty = dirty
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
            self._forge = Forge(self.config.forge) if self.config.forge else forge_of_url(config.repo_url)
            self.config.github_api = self.config.github_api or api_of(config.repo_url, self._forge)
            server_of(self.config.github_api)
        except PaletteError as error:
            raise PluginError(f"kb: colors: {error}") from None
        except ValueError as error:
            raise PluginError(f"kb: github_api: {error}") from None
        try:
            self._brand = brand_of(config, self.config.analytics)
        except BrandError as error:
            raise PluginError(f"kb: {error}.") from None
        try:
            self._language = Language.of(str(config.theme["language"]), self._own_catalogue(config))
        except LanguageError as error:
            raise PluginError(f"kb: theme: language: {error}.") from None
        name_schemes(config.theme, self._language)
        try:
            self._votes_url = collector_url(self.config.votes_url)
        except ValueError as error:
            raise PluginError(f"kb: votes_url: {error}") from None
        try:
            self._levels = Levels.of(self.config.rules)
        except LevelError as error:
            raise PluginError(f"kb: rules: {error}") from None
        return config

    def _own_catalogue(self, config: MkDocsConfig) -> Path | None:
        return Path(config.config_file_path).parent / self.config.words if self.config.words else None

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read, check and cross-link. Raises EntryProblemsError on any, while the last good site still stands."""
        if not self._is_dirty:
            self._wait_for_others(config)
        root = Path(os.path.relpath(config.docs_dir))  # so that diagnostics name files as a person would
        state = entries_state(root)
        self._forks = []
        self._standing = self._open_standing(config)
        self._is_whole = False
        self._is_idle = state is not None and self._standing.is_whole(state.whole)
        if not self._is_idle:
            self._read(root, state, config)
        if self._replacement:
            # MkDocs empties and fills this folder instead of the site's.
            with _failures_told():
                self._replacement.begin()
            config.site_dir = str(self._replacement.folder)

    def _read(self, root: Path, state: FolderState | None, config: MkDocsConfig) -> None:
        """Read, check and cross-link the entries. Raises EntryProblemsError."""
        checked = load_checked(root, state, self._known if self._serving else {}, self._levels)
        if errors_of(checked.problems):
            report = to_report(checked.problems)
            raise EntryProblemsError(f"the entries have problems, so nothing was built.\n\n{report}\n")
        if checked.problems:
            log.warning("kb: the entries have no errors, but:\n\n%s\n", to_report(checked.problems))
        # A site with warnings is read again by the next build, which is to tell them, too. Without entries, the map of
        # a site shows the day.
        is_lasting = checked.entries.entries and not checked.problems
        self._values = checked.state.whole if checked.state and is_lasting else ""
        self._checked = checked
        self._options = Options(
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
            forge=self._forge,
            edit_base=edit_base(config.repo_url, config.edit_uri),
            votes_url=self._votes_url,
            few_files=self.config.few_files,
            language=self._language,
        )

    def _wait_for_others(self, config: MkDocsConfig) -> None:
        """Be the only build of this site: its entries are read when those that began before have ended."""
        self._config, self._site_dir = config, config.site_dir
        with _failures_told():
            self._replacement = Replacement(Path(config.site_dir))
            if not self._replacement.is_free():
                log.info("kb: another build makes %s; this one waits for its end (Ctrl+C stops it).", config.site_dir)
                self._replacement.wait()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Entries become pages; the site's own pages, assets and schemas are added."""
        if self._is_idle:
            config.theme.static_templates = set()
            config.extra_templates = []
            return Files([])
        # MkDocs has emptied the site folder by now, and is alone at work from here on.
        folder = Path(config.site_dir)
        self._standing.begin(folder)
        checked, digests = self._checked, self._checked.digests()
        self._overview = overview = Overview(checked.shown, repr(self._options))
        if self.config.search:
            self._start(index_jobs(checked.entries, digests, overview), folder)
        self.site = Site(checked.entries, compute_links(checked.entries, related_of(checked)), self._options)
        renderer = ContentRenderer(self.site, self._highlighter)
        self._parts = Parts(renderer, digests)
        if not others_at_work(config):
            for file in [each for each in files if not each.is_documentation_page() and not is_needed(each.src_uri)]:
                files.remove(file)
        planned = plan_pages(files, self._parts, SitePages(self.site, renderer, overview), config)
        self._plan_map(planned, files, config)
        new = []
        for page in planned:
            if self._standing.keep(page.file.src_uri, page.key, page.names, folder):
                files.remove(page.file)
            else:
                self._standing.drop(page.names, folder)
                new.append(page)
        self._new = new
        with _failures_told():
            self._parts.make([page.entry for page in new if page.entry])
        self._start(jobs(self._parts, overview, has_match=self.config.search, has_copies=not self._serving), folder)
        self._start_shards(feed_shards(self._parts), folder)
        if self.config.search:
            self._start_shards(fix_shards(self._parts), folder)
        self._standing.clear(folder)
        single = partial(publish_single_files, self._parts, folder, has_match=self.config.search)
        self._forks.append(Fork(single, "the files of which there is one each"))
        beside = [page.entry for page in new if page.entry]
        self._forks.append(Fork(partial(publish_entries, self._parts, beside, folder), "the files beside the pages"))
        for page in new:
            page.add()
        for name, content in self._static_files():
            file = File.generated(config, name, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
            files.append(file)
        return files

    def _plan_map(self, planned: Iterable[Planned], files: Files, config: MkDocsConfig) -> None:
        """Let MkDocs make the site's map only where it doesn't stand: it shows when each entry was last changed."""
        others = others_at_work(config)
        names = (SITE_MAP, f"{SITE_MAP}.gz")
        key = self._overview.digest if self._checked.entries.entries else ""
        if not others and self._standing.keep(SITE_MAP, key, names, Path(config.site_dir)):
            config.theme.static_templates = config.theme.static_templates - {SITE_MAP}
            self._listed = []
        else:
            self._standing.drop(names, Path(config.site_dir))
            self._listed = [Listed.of(page, config) for page in _in_order(planned, files)]

    def _open_standing(self, config: MkDocsConfig) -> Standing:
        """What stands of the last build, where any of it can stay."""
        others = others_at_work(config)
        if others and self._replacement:
            log.info("kb: all pages are made anew, since %s may change any of them.", ", ".join(others))
        own = self._language.digest, *self._brand.files
        settings = settings_digest(config, serving=self._serving, own=own)
        former = self._replacement.former if self._replacement and not others else None
        return Standing(Path(config.site_dir), former, settings)

    def _start(self, works: Iterable[Job], folder: Path) -> None:
        """Let other processes do what has to be done, since its files don't stand."""
        for job in works:
            if not self._standing.keep(job.unit, job.key, job.names, folder):
                self._forks.append(Fork(partial(job.write, folder), f"the files below {job.names[0]}"))

    def _start_shards(self, shards: Shards, folder: Path) -> None:
        """The same for files of which each is a unit, with one process for all."""
        new = [name for name, key in shards.keys.items() if not self._standing.keep(name, key, (name,), folder)]
        if new:
            self._standing.drop(new, folder)
            self._forks.append(Fork(partial(shards.write, folder, new), f"the files beside {new[0]}"))

    def _disown_slow(self) -> None:
        """Let pages be made anew the next time on which code took too long to highlight: it may not do so then."""
        if self._parts.slow:
            self._values = ""
            self._standing.disown(page.file.src_uri for page in self._new if page.key in self._parts.slow)

    def _static_files(self) -> list[tuple[str, str | bytes]]:
        folder = asset_folder(self._palette, self._language)
        assets = asset_files(self._palette, self._language)
        found: list[tuple[str, str | bytes]] = [(folder + name, content) for name, content in assets.items()]
        return [*found, *self._brand.files.items()]

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation, which a template's context needs."""
        self._nav = nav
        return nav

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Evaluate the theme once for all pages that are alike."""
        if self._is_idle:
            return env
        self._env = env
        self._tocs = {}
        env.bytecode_cache = compiled_templates("theme")
        env.install_gettext_translations(self._language.words, newstyle=True)  # type: ignore[attr-defined]
        say = self._language.words.gettext
        self._constants = {
            **theme_files(config.theme.dirs),
            "assets": asset_folder(self._palette, self._language),
            "stylesheet": f"{asset_folder(self._palette, self._language)}kb.css",
            "menu": [(say(label), target) for label, target in _MENU],
            "footer": [(say(label), target) for label, target in _FOOTER],
            "new_entry": self.site.new_entry_url() or "",
            "votes_url": self._votes_url,
            "forge": self._forge,
            "statuses": json.dumps({name: say(label) for name, label in STATUS_LABELS.items()}),
            "logo": self._brand.logo,
            "favicon": self._brand.favicon,
            "links": self._brand.links,
            "counting": "" if self._serving else self._brand.script,
            "generator": f"Known Fixes {__version__}",
        }
        alike: defaultdict[str, list[KbPage]] = defaultdict(list)
        for file in files.documentation_pages():
            if isinstance(file.page, KbPage):
                alike[file.page.frame_key].append(file.page)
        for pages in alike.values():
            if len(pages) >= FEWEST_ALIKE:
                self._make_frame(pages, env, config, files)
        return env

    def _make_frame(self, pages: list[KbPage], env: jinja2.Environment, config: MkDocsConfig, files: Files) -> None:
        """Add the frame of alike pages to the environment, and let them use it, unless it is no match for them."""
        full = env.get_template(FULL_TEMPLATE)
        doc_files = files.documentation_pages()
        marked = full.render(self._context_of(pages[0], config, doc_files) | {"hole": MARKED})
        name = frame_name(pages[0].frame_key)
        try:
            add_frames(env, {name: make_frame(marked, self._policy)})
        except ValueError as error:
            raise PluginError(f"kb: {error}. Let it have what kb/site/theme/main.html has of `hole`.") from None
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
        """Give the page for missing addresses its content, and the site's map all pages."""
        values: dict[str, Any] = context  # type: ignore[assignment]
        if template_name == SITE_MAP and not others_at_work(config):
            values["pages"] = [{"page": page} for page in self._listed]
        values["kb"] = self._constants
        values["root"] = _root(values)
        if template_name == "404.html":
            say = self._language.words.gettext
            content = ContentRenderer(self.site, self._highlighter).not_found(
                _root(values), self._parts.redirects.shards
            )
            values["hole"] = Holes(
                escape(f"{say('Not found')} - {config.site_name}"), escape(say("No such page")), "", content, ""
            )
        return context

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Fill in the policy of the page for missing addresses."""
        self._leave_others(f"{config.site_dir}/{template_name}", f"{config.site_dir}/{template_name}.gz")
        return fill_policy(output_content, self._policy)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Fill in the policy of a page that was not rendered with a frame."""
        self._leave_others(page.file.abs_dest_path)
        return output if "template" in page.meta else self._full_page(page, output)

    def _leave_others(self, *paths: str) -> None:
        """With `--dirty` MkDocs writes into the site that stands, whose files have other names in the one before."""
        for path in paths if self._is_dirty else ():
            Path(path).unlink(missing_ok=True)

    def _full_page(self, page: Page, html: str) -> str:
        """A page rendered with the full template, its policy made from the theme's scripts and not from the content."""
        theme = html.replace(page.content or "", "")
        connects = page.connects if isinstance(page, KbPage) else ""
        return fill_policy(html, lambda _: self._policy(theme, connects))

    def _policy(self, html: str, connects: str = "") -> str:
        # The preview reloads pages with an inline script that differs each time, so it goes without.
        collector = server_of(self._votes_url) if self._votes_url else ""
        return "" if self._serving else content_security_policy(html, connects, collector, self._brand.servers)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what is published beside the pages, and wait for what was being written meanwhile."""
        folder = Path(config.site_dir)
        if not self._is_idle:
            with _failures_told():
                for fork in self._forks:
                    fork.wait()
            self._disown_slow()
            if not others_at_work(config) and self._listed:
                write_compressed_map(folder, self._listed)
            self._overview.remember()
            self._is_whole = True
        if self._serving:
            self._finish()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site where it is, also when warnings are what failed the build."""
        self._is_whole = False
        if self._serving:
            self._end_forks()
            self._finish()

    def on_shutdown(self) -> None:
        """Put the new site in the place of the former one, if all went well."""
        self._highlighter.end()
        self._end_forks()
        self._finish()
        if self._serving and not self._is_dirty:
            Replacement(Path(self._site_dir)).forget()  # the preview's site is a temporary one

    def _end_forks(self) -> None:
        for fork in self._forks:
            fork.end()

    def _finish(self) -> None:
        """Put the new site in its place, or leave the former one there."""
        replacement, self._replacement = self._replacement, None
        if replacement is None:
            return
        self._config.site_dir = self._site_dir  # whoever publishes it looks there
        if self._is_idle:
            log.info("kb: nothing has changed, so the site in %s stays as it is.", os.path.relpath(self._site_dir))
        if not self._is_whole:
            replacement.abandon()
            return
        with _failures_told():
            note = replacement.finish(keep=self._standing.is_known)
        self._standing.remember(self._values)
        log.info("kb: the new site is in %s.%s", os.path.relpath(self._site_dir), note and f" {note}")

    def on_serve(self, server: LiveReloadServer, **_: object) -> LiveReloadServer:
        """Let the preview survive an entry that has problems, and say what they are."""
        LastGood(server)
        return server


def _in_order(planned: Iterable[Planned], files: Files) -> list[Planned]:
    """Pages in the order of MkDocs' files."""
    by_uri = {page.file.src_uri: page for page in planned}
    return [by_uri[file.src_uri] for file in files.documentation_pages() if file.src_uri in by_uri]


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
