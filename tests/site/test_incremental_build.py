"""A build makes anew what changed, and gives the same bytes as one from nothing.

KB_EDIT_ROUNDS says how many sequences of random edits are tried; each takes some seconds.
"""

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from built_sites import KNOWLEDGE_BASES, ROOT, Build, build, files_of
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from warm import started

ROUNDS = int(os.environ.get("KB_EDIT_ROUNDS", "2"))
WORDS = st.sampled_from(("quiet", "socket", "ledger"))
HEADINGS = ("Cause", "Summary", "Notes", "Example", "Guidance", "Recommendation")
OPTIONS = {
    "site_name": ("Small Fixes", "Other Fixes"),
    "site_url": ("https://fixes.example/known-fixes/", "https://fixes.example/"),
    "    page_size": ("2", "3"),
}


class Project:
    """A copy of a knowledge base, the small one as a rule, with a site and a cache of its own."""

    def __init__(self, folder: Path, origin: Path = KNOWLEDGE_BASES / "small") -> None:
        shutil.copytree(origin / "entries", folder / "entries")
        shutil.copy(origin / "mkdocs.yml", folder)
        self.config, self.entries = folder / "mkdocs.yml", folder / "entries"
        self.site, self.former = folder / "site", folder / ".site-former"
        self.cache, self._anew = folder / "cache", folder / "anew"

    def build(self) -> Build:
        finished = build(self.config, self.site, XDG_CACHE_HOME=str(self.cache))
        assert finished.code == 0, finished.output
        return finished

    def from_nothing(self, **variables: str) -> dict[str, bytes]:
        """The files of a site of the same entries that is made without anything that was kept."""
        shutil.rmtree(self._anew, ignore_errors=True)
        finished = build(self.config, self._anew / "site", XDG_CACHE_HOME=str(self._anew / "cache"), **variables)
        assert finished.code == 0, finished.output
        return files_of(self._anew / "site")

    def paths(self) -> list[Path]:
        """The entries' files, in the order of their names."""
        return sorted(path for path in self.entries.glob("*/*") if path.suffix in (".md", ".yml"))

    def replace(self, name: str, old: str, new: str) -> None:
        path = self.entries / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def times(self) -> dict[str, int]:
        """When each file of the site was last written."""
        return {path.relative_to(self.site).as_posix(): path.stat().st_mtime_ns for path in self.site.rglob("*.*")}

    def written(self, change: Callable[[], object]) -> set[str]:
        """The files of the site that a build writes after a change."""
        self.build()
        before = self.times()
        change()
        self.build()
        return {name for name, time in self.times().items() if before.get(name) != time}


@pytest.fixture
def project(tmp_path) -> Project:
    return Project(tmp_path / "project")


class Edits(RuleBasedStateMachine):
    """Random edits of a knowledge base, of its settings, its site and its cache, each followed by a build."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.project = Project(Path(self.folder.name) / "project")
        self.project.build()
        self.made = 0

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()

    def compare(self) -> None:
        self.project.build()
        assert files_of(self.project.site) == self.project.from_nothing()

    @rule(number=st.integers(0, 9), word=WORDS, heading=st.sampled_from(HEADINGS))
    def word_of_the_prose(self, number: int, word: str, heading: str) -> None:
        self.edit(number, f"## {heading}\n", f"## {heading}\n\nA {word} sentence, borealis-db/borealis#21.\n")

    @rule(number=st.integers(0, 9), word=WORDS)
    def title(self, number: int, word: str) -> None:
        path = self.project.paths()[number % len(self.project.paths())]
        path.write_text(re.sub('(?m)^title: "?', rf"\g<0>{word} ", path.read_text("utf-8"), count=1), "utf-8")
        self.compare()

    @rule(number=st.integers(0, 9), word=WORDS)
    def tags(self, number: int, word: str) -> None:
        self.edit(number, "\ntags: [", f"\ntags: [{word}, ")

    @rule(number=st.integers(0, 9), code=st.sampled_from(("E007", "EADDRINUSE", "BR-5", "E999")))
    def codes(self, number: int, code: str) -> None:
        self.edit(number, "\ncodes: [", f"\ncodes: [{code}, ")

    @rule(number=st.integers(0, 9), day=st.integers(10, 28))
    def day(self, number: int, day: int) -> None:
        path = self.project.paths()[number % len(self.project.paths())]
        text = re.sub(r"(?m)^(updated: \S+)\d\d$", rf"\g<1>{day}", path.read_text("utf-8"))
        path.write_text(text, "utf-8")
        self.compare()

    def edit(self, number: int, old: str, new: str) -> None:
        """Change an entry that has what is to be changed, once."""
        having = [path for path in self.project.paths() if old in path.read_text("utf-8")]
        path = having[number % len(having)]
        text = path.read_text("utf-8")
        if new not in text:
            path.write_text(text.replace(old, new, 1), "utf-8")
        self.compare()

    @rule(votes=st.integers(0, 40))
    def votes_that_change_what_trends(self, votes: int) -> None:
        path = self.project.entries / "acme/quiet-exit.md"
        lines = path.read_text("utf-8").split("\n")
        kept = [line for line in lines if not line.startswith("votes:")]
        kept.insert(1, f"votes: {{works: {votes}}}")
        path.write_text("\n".join(kept), "utf-8")
        self.compare()

    @rule()
    def another_entry(self) -> None:
        self.made += 1
        text = (self.project.entries / "acme/quiet-exit.md").read_text("utf-8")
        new = text.replace("status 3", f"status {self.made + 100}")
        (self.project.entries / f"acme/quiet-exit-{self.made}.md").write_text(new, "utf-8")
        self.compare()

    @precondition(lambda self: getattr(self, "made", 0))
    @rule()
    def one_entry_less(self) -> None:
        (self.project.entries / f"acme/quiet-exit-{self.made}.md").unlink(missing_ok=True)
        self.compare()

    @rule(option=st.sampled_from(sorted(OPTIONS)))
    def option(self, option: str) -> None:
        text = self.project.config.read_text("utf-8")
        one, other = (f"{option}: {value}\n" for value in OPTIONS[option])
        assert one in text or other in text
        text = text.replace(one, other, 1) if one in text else text.replace(other, one, 1)
        self.project.config.write_text(text, "utf-8")
        self.compare()

    @rule(number=st.integers(0, 10_000), content=st.sampled_from((None, "changed", "")), former=st.booleans())
    def hand_in_a_site(self, number: int, content: str | None, former: bool) -> None:
        site = self.project.former if former and self.project.former.exists() else self.project.site
        paths = sorted(path for path in site.rglob("*") if path.is_file())
        path = paths[number % len(paths)]
        if content is None:
            path.unlink()
        else:
            path.write_text(content)
        (site / "stray/folder").mkdir(parents=True, exist_ok=True)
        (site / "stray.html").write_text("stray")
        self.compare()

    @rule(number=st.integers(0, 9), share=st.sampled_from((None, 0, 0.5, 0.99)))
    def damage_of_the_cache(self, number: int, share: float | None) -> None:
        paths = sorted(self.project.cache.rglob("*.sqlite"))
        path = paths[number % len(paths)]
        if share is None:
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[: round(path.stat().st_size * share)])
        self.compare()

    @rule()
    def no_site(self) -> None:
        shutil.rmtree(self.project.site)
        self.compare()

    @rule()
    def no_former_site(self) -> None:
        shutil.rmtree(self.project.former, ignore_errors=True)
        self.compare()


def test_any_edits_give_the_site_that_a_build_from_nothing_gives():
    run_state_machine_as_test(
        Edits,
        settings=settings(
            max_examples=ROUNDS,
            stateful_step_count=8,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_shipped_entries_give_the_same_bytes_after_an_edit(tmp_path):
    """And in another folder, in another time zone, with another hash seed."""
    project = Project(tmp_path / "project", ROOT)
    project.build()
    project.replace("git/merge-conflict.md", "## Cause\n", "## Cause\n\nSo it is.\n")
    project.replace("npm/eresolve.md", '\ntitle: "', '\ntitle: "Once more ')
    project.build()
    assert files_of(project.site) == project.from_nothing()


def test_a_word_of_the_prose_touches_one_page(project):
    written = project.written(lambda: project.replace("acme/quiet-exit.md", "## Cause\n", "## Cause\n\nSo it is.\n"))
    pages = {name for name in written if name.endswith("/index.html") and name.count("/") == 2}
    assert pages - {name for name in pages if name.startswith("rules/")} == {"acme/quiet-exit/index.html"}
    assert len([name for name in written if name.startswith("match/fixes/")]) == 1
    assert not [name for name in written if name.startswith("schema/")]
    assert not written & {"sitemap.xml", "sitemap.xml.gz", "index.html", "products/index.html", "api/v1/entries.json"}


def test_what_stands_is_not_written_into(project):
    """Its files have other names in the new site and in the one before."""
    project.build()
    for number in range(3):
        kept, before = project.site.parent / f"kept {number}", files_of(project.site)
        shutil.copytree(project.site, kept, copy_function=os.link)
        project.replace("acme/quiet-exit.md", "## Cause\n", f"## Cause\n\nSo it is {number}.\n")
        project.replace("acme/quiet-exit.md", "\ntitle: ", f"\ntitle: {number} ")
        project.build()
        assert files_of(kept) == before


def test_a_dirty_build_does_not_write_into_what_stands_either(project):
    project.build()
    kept, before = project.site.parent / "kept", files_of(project.site)
    shutil.copytree(project.site, kept, copy_function=os.link)
    project.replace("acme/quiet-exit.md", "\ntitle: ", "\ntitle: Dirty ")
    command = [*started("mkdocs"), "build", "--dirty", "-f", str(project.config), "-d", str(project.site)]
    subprocess.run(command, env=os.environ | {"XDG_CACHE_HOME": str(project.cache)}, check=True, capture_output=True)
    assert "Dirty " in (project.site / "acme/quiet-exit/index.html").read_text("utf-8")
    assert files_of(kept) == before
    project.build()
    assert files_of(project.site) == project.from_nothing()


def test_the_site_before_last_is_what_the_next_one_begins_with(project):
    def edit(word: str) -> None:
        project.replace("acme/quiet-exit.md", "## Cause\n", f"## Cause\n\nSo it is {word}.\n")

    project.build()
    edit("brief")
    project.build()
    begun = (project.former / "acme").stat().st_ino
    edit("twice")
    project.build()
    assert (project.site / "acme").stat().st_ino == begun
    assert not (project.site / "acme/quiet-exit/index.html").read_text("utf-8").count("So it is brief.") > 1
    assert files_of(project.site) == project.from_nothing()


def test_an_entry_that_is_no_draft_any_more_stands_before_drafts_in_all_lists(project):
    """Its notes are still to be reviewed, so that lists tell the same of it as before."""
    drafted = "{model: m, day: 2025-01-01, sources: [a/b#1], text: 0123456789abcdef0123}"
    reviewed = drafted.replace("}", ", reviewed: {by: me, day: 2025-01-02}}")
    provenance = f"provenance: {{workarounds: {drafted}, notes: {drafted}}}\n"
    project.replace("acme/config-missing.md", "updated:", f"{provenance}updated:")
    with (project.entries / "acme/config-missing.md").open("a") as file:
        file.write("\n## Notes\n\nNone.\n")
    project.build()
    project.replace("acme/config-missing.md", drafted, reviewed)
    project.build()
    assert files_of(project.site) == project.from_nothing()


def test_a_link_to_a_translation_leads_there_as_soon_as_there_is_one(project):
    config = project.config.read_text("utf-8")
    project.config.write_text(f"{config}    rules: {{KB302: warning, KB217: warning}}\n", "utf-8")
    project.replace("acme/quiet-exit.md", "updated:", "lang: en\nupdated:")
    project.replace("acme/config-missing.md", "Change into one", "See [there](quiet-exit.de.md). Change into one")
    project.build()
    page = project.site / "acme/config-missing/index.html"
    assert 'href="../../acme/quiet-exit/de/"' not in page.read_text("utf-8")
    german = "---\ntitle: Es endet\ntranslates: '0'\n---\n\n## Summary\n\nSo.\n"
    (project.entries / "acme/quiet-exit.de.md").write_text(german, "utf-8")
    project.build()
    assert 'href="../../acme/quiet-exit/de/"' in page.read_text("utf-8")


def test_a_code_leads_to_a_list_as_soon_as_a_second_entry_has_it(project):
    project.build()
    page, listed = project.site / "acme/quiet-exit/index.html", project.site / "codes/exit-3/index.html"
    assert 'href="../../codes/exit-3/"' not in page.read_text("utf-8")
    assert not listed.exists()
    project.replace("acme/config-missing.md", "codes: [", "codes: [exit 3, ")
    project.build()
    assert 'href="../../codes/exit-3/"' in page.read_text("utf-8")
    assert listed.exists()
    project.replace("acme/config-missing.md", "exit 3, ", "")
    project.build()
    assert 'href="../../codes/exit-3/"' not in page.read_text("utf-8")
    assert not listed.exists()


def test_the_map_of_a_site_without_entries_shows_the_day(project):
    for product in ("acme", "borealis"):
        shutil.rmtree(project.entries / product)
    for day, epoch in (("2023-11-14", "1700000000"), ("2023-11-16", "1700100000")):
        finished = build(project.config, project.site, XDG_CACHE_HOME=str(project.cache), SOURCE_DATE_EPOCH=epoch)
        assert finished.code == 0, finished.output
        assert f"<lastmod>{day}</lastmod>" in (project.site / "sitemap.xml").read_text("utf-8")


def test_nothing_is_written_where_nothing_changed(project):
    assert project.written(lambda: None) == set()


def test_a_build_says_that_nothing_changed(project):
    project.build()
    assert "nothing has changed" in build(project.config, project.site, XDG_CACHE_HOME=str(project.cache)).output


def test_a_cache_of_another_machine_serves(project, tmp_path):
    """Neither the folder's place nor the files' times count."""
    project.build()
    other = Project(tmp_path / "another machine/project")
    shutil.copytree(project.cache, other.cache)
    for path in other.entries.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    before = _keys(other.cache)
    other.build()
    assert files_of(other.site) == files_of(project.site)
    assert _keys(other.cache) == before


def _keys(cache: Path) -> dict[str, set[str]]:
    """The keys of each kind of value that is made of an entry."""
    found = {}
    for path in cache.rglob("*.sqlite"):
        if not path.name.startswith("sites"):
            with sqlite3.connect(path) as database:
                found[path.name] = {key for (key,) in database.execute("SELECT key FROM kept")}
    return found


def test_a_theme_of_ones_own_that_changed_changes_all_pages(project):
    theme = project.config.parent / "theme"
    theme.mkdir()
    main = (ROOT / "kb/site/theme/main.html").read_text("utf-8")
    config = project.config.read_text("utf-8")
    project.config.write_text(config.replace("  name: kb\n", "  name: kb\n  custom_dir: theme\n"))
    for word in ("one", "other"):
        own = main.replace("{% block extrahead %}", f"{{% block extrahead %}}<!-- {word} -->")
        (theme / "main.html").write_text(own)
        assert "all pages are made anew, since" in project.build().output
        assert f"<!-- {word} -->" in (project.site / "acme/quiet-exit/index.html").read_text("utf-8")
    assert files_of(project.site) == project.from_nothing()


def test_with_another_plugin_all_pages_are_made_and_the_build_says_why(project):
    config = project.config.read_text("utf-8")
    project.config.write_text(config.replace("plugins:\n", "plugins:\n  search: {}\n"))
    project.build()
    output = build(project.config, project.site, XDG_CACHE_HOME=str(project.cache)).output
    assert "all pages are made anew, since search may change any of them" in output
    assert files_of(project.site) == project.from_nothing()
