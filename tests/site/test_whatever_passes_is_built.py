"""What passes the checks is built: no name in an entry makes a file that another one of the site's needs."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from built_sites import build
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from mkdocs.config import load_config
from mkdocs.structure.files import Files

from kb.checks import check
from kb.entry import NAME, OWNER, Collection, load_collection
from kb.links import compute_links
from kb.site import api_files
from kb.site.checked import Checked
from kb.site.highlight import Highlighter
from kb.site.markdown_pages import MarkdownPages
from kb.site.model import Options, Site
from kb.site.overview import Overview
from kb.site.pages import SitePages, plan_pages
from kb.site.parts import Parts
from kb.site.render import ContentRenderer
from kb.site.urls import RESERVED

CONFIG = """\
site_name: Hostile
site_url: https://fixes.example/
docs_dir: entries
theme: {name: kb}
plugins: [{kb: {search: false, page_size: 2}}]
"""
LONG = "a" * 80
WORDS = [*sorted(RESERVED), "git", "pip", "a", "issues", "pull", "v1", "2", "kb101", "con", LONG, f"{LONG}a", "a" * 250]
FILES = ["index.html", "index.md", "Index.HTML", "v1.json", "entry.schema.json", "kb.css", "a.md", ".github", "a" * 100]
SLUGS = st.sampled_from(WORDS) | st.from_regex(r"[a-z0-9]{1,3}(-[a-z0-9]{1,3})?", fullmatch=True)
IDS = st.builds("{}/{}".format, SLUGS, SLUGS)
OWNERS = st.sampled_from([*WORDS, "Git", "R", "API"]) | st.from_regex(OWNER, fullmatch=True)
NAMES = st.sampled_from([*WORDS, *FILES, "..", "a" * 103]) | st.from_regex(NAME, fullmatch=True)
NUMBERS = st.sampled_from(["1", "2", "9999999999", "9" * 300]) | st.integers(0, 300).map(str)
HOSTS = st.sampled_from(["", "", "", "ghe.example/", "gitlab.example/group/", "GitHub.com/", "r/"])
REFS = st.builds("{}{}/{}{}{}".format, HOSTS, OWNERS, NAMES, st.sampled_from("##!"), NUMBERS)
CODES = st.sampled_from(["index", "INDEX", "Index-1", "..", "404", "HTTP 404", "ä", "É", "x" * 80]) | st.text(
    max_size=9
)
KEYS = st.fixed_dictionaries(
    {},
    optional={
        "aliases": st.lists(IDS, max_size=3),
        "tags": st.lists(SLUGS, max_size=3),
        "codes": st.lists(CODES, max_size=3),
        "issue": st.fixed_dictionaries({"ref": REFS}),
        "reports": st.lists(REFS, max_size=4),
        "pulls": st.lists(st.fixed_dictionaries({"ref": REFS, "state": st.just("open")}), max_size=3),
    },
)
ENTRIES = st.dictionaries(
    st.builds("{}/{}".format, st.sampled_from(["git", "pip"]), SLUGS), KEYS, min_size=1, max_size=5
)


def with_what_passes(folder, entries: dict[str, dict]) -> Collection | None:
    """The collection of those entries that pass the checks together; None where none does."""
    for number, (name, keys) in enumerate(entries.items()):
        if len(name) < 200:
            folder.entry(
                f"{name}.md", signatures=[{"text": f"word{number} of the message"}], title=f"T{number}", **keys
            )
    while True:
        collection = load_collection(folder.root)
        problems = check(collection, date(2026, 12, 1), RESERVED)
        bad = {Path(problem.path) for problem in problems}
        if not bad:
            return collection if collection.entries else None
        for path in bad:
            path.unlink()


def files_of(site: Site, config) -> list[tuple[str, bytes]]:
    """Name and content of what a build writes for a collection, pages by their name alone."""
    renderer, pages = ContentRenderer(site, Highlighter()), Files([])
    parts, markdown = Parts(renderer, Checked(site.collection, [], None).digests()), MarkdownPages(site)
    plan_pages(pages, parts, SitePages(parts.site, renderer, Overview("")), config)
    found = [(file.dest_uri, b"page") for file in pages]
    for files in parts.files(site.collection.entries):
        found += files
    listed = api_files.listed_entries(site)
    return [*found, *markdown.lists(), *api_files.list_files(site, listed, has_match=True)]


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    folder = tmp_path_factory.mktemp("config")
    (folder / "entries").mkdir()
    (folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins._current_plugin = "kb"  # MkDocs asks who made a file; in a build it notes that before each event
    return config


OPTIONS = Options(
    site_name="Hostile",
    site_url="https://fixes.example/",
    site_description="",
    repository=None,
    feedback=None,
    vote_form="",
    report_form="",
    new_form="",
    page_size=2,
    github_api="https://api.github.com",
    edit_base=None,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(ENTRIES)
@example({"git/a": {"reports": ["git/index.html#1"]}})
@example({"git/a": {"reports": ["schema/entry.schema.json#1"]}})
@example({"git/a": {"aliases": [f"old/{'a' * 250}"]}})
@example({f"git/{'a' * 199}": {}})
@example({"git/a": {"reports": [f"git/git#{'9' * 300}"]}})
@example({"git/a": {"reports": [f"git/{'a' * 300}#1"]}})
@example({"git/a": {"pulls": [{"ref": "x/n#1", "state": "open"}]}, "git/b": {"reports": ["X/N#1"]}})
def test_no_file_of_a_site_takes_the_place_of_another(new_folder, config, entries):
    collection = with_what_passes(new_folder(), entries)
    assume(collection)
    files = files_of(Site(collection, compute_links(collection), OPTIONS), config)
    contents: dict[str, bytes] = {}
    for name, content in files:
        # In lower case, as some file systems and servers take them.
        assert contents.setdefault(name.lower(), content) == content, name
    names = sorted(name.split("/") for name in contents)
    assert [(one, other) for one, other in pairwise(names) if other[: len(one)] == one and one != other] == []
    assert [name for name in contents if max(map(len, name.encode().split(b"/"))) > 255] == []


def test_hostile_names_are_built(folder, tmp_path):
    folder.entry("git/a.md", reports=["git/index.html#1", "pip/index.md#2", "git/a#3"])
    folder.entry("git/b.md", reports=["schema/entry.schema.json#1", "assets/javascripts#1"])
    folder.entry("git/c.md", issue={"ref": f"{'o' * 39}/{'n' * 100}#9999999999"})
    folder.entry("git/d.md", reports=["gitlab.example/a/b/c#1", "ghe.example/a/b!2"])
    folder.entry("git/e.md", aliases=[f"{LONG}/{LONG}"], tags=[LONG], codes=["index", "x" * 80])
    folder.entry(f"pip/{LONG}.md")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, "utf-8")
    built = build(tmp_path / "mkdocs.yml", tmp_path / "site")
    assert built.code == 0, built.output[-800:]
    for address in ("git/a", "git/index.html/1", "schema/entry.schema.json/1", "gitlab.example/a/b/c/1"):
        assert (tmp_path / "site" / ("" if address == "git/a" else "r") / address / "index.html").is_file(), address


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"aliases": [f"old/{'a' * 81}"]}, "a part of it is longer than 80 characters"),
        ({"reports": [f"git/git#{'9' * 11}"]}, "An issue: `owner/name#123`"),
        ({"name": "a" * 81}, "a part of the name has more than 80 characters"),
        ({"reports": ["pip/..#1"]}, "An issue: `owner/name#123`"),
    ],
)
def test_a_name_that_is_no_folder_is_refused_with_what_to_do(folder, keys, told):
    folder.entry(f"git/{keys.pop('name', 'a')}.md", **keys)
    problems = check(load_collection(folder.root), date(2026, 12, 1), RESERVED)
    assert len(problems) == 1
    assert told in f"{problems[0].message} {problems[0].hint}"
