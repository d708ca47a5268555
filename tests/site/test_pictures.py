"""A picture of an entry: on its page with its size, by its text where no picture is shown, anew when it changes."""

import json
import re

import pytest
from built_sites import build, served
from command import kb
from playwright.sync_api import Page, expect

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="32"><rect width="64" height="32" fill="{color}"/></svg>'
)
CONFIG = "site_name: Shown\nsite_url: https://fixes.example/\ndocs_dir: entries\ntheme: {name: kb}\nplugins: [kb]\n"
PROSE = """\
## Summary

It asks.

## Cause

![The dialog says "{{name}}" of o/n#12](ask/dialog.svg)

## Workaround: Say yes

Press it: ![the button](ask/dialog.svg)
"""


@pytest.fixture
def project(folder):
    folder.entry("git/ask.md", PROSE, signatures=[{"text": "it asks {{name}} for a word"}])
    folder.file("git/ask/dialog.svg", SVG.format(color="red"))
    (folder.root.parent / "mkdocs.yml").write_text(CONFIG)
    return folder


def built(project):
    cache = str(project.root.parent / "cache")
    finished = build(project.root.parent / "mkdocs.yml", project.root.parent / "site", XDG_CACHE_HOME=cache)
    assert finished.code == 0, finished.output
    return finished.folder


def pictures(html: str) -> list[str]:
    return re.findall(r"<img [^>]*>", html)


@pytest.mark.browser
def test_a_page_shows_a_picture_with_its_size_and_its_text(page: Page, project):
    with served(built(project)) as site:
        page.goto(f"{site.url}git/ask/")
        shown = page.get_by_role("img", name='The dialog says "{{name}}" of o/n#12')
        shown.scroll_into_view_if_needed()
        expect(shown).to_have_js_property("complete", value=True)
        assert shown.evaluate("it => [it.naturalWidth, it.width, it.height, it.loading]") == [64, 64, 32, "lazy"]


def test_data_answers_and_markdown_have_its_text_or_its_whole_address(project):
    site = built(project)
    data = json.loads((site / "api/v1/entries/git/ask.json").read_text())
    assert data["workarounds"][0]["body"] == "Press it: (picture: the button)"
    assert data["cause"].startswith("(picture: The dialog says")
    fixes = "".join(path.read_text() for path in (site / "match/fixes").glob("?.json"))
    assert "(picture: the button)" in fixes
    assert pictures(fixes) == []
    address = re.search(r"!\[the button\]\(https://fixes\.example/(\S+)\)", (site / "git/ask/index.md").read_text())
    assert (site / address[1]).read_text() == SVG.format(color="red")


def test_a_changed_picture_is_published_and_shown_under_another_address(project):
    site = built(project)
    before = pictures((site / "git/ask/index.html").read_text())
    project.file("git/ask/dialog.svg", SVG.format(color="blue"))
    site = built(project)
    after = pictures((site / "git/ask/index.html").read_text())
    assert len(before) == len(after) == 2
    assert before != after
    (file,) = (site / "git/ask").glob("*.svg")
    assert file.read_text() == SVG.format(color="blue")


def test_a_picture_that_became_unfit_is_told_of_by_check_and_by_the_build(project):
    built(project)
    assert kb("check", str(project.root)).returncode == 0
    project.file("git/ask/dialog.svg", SVG.format(color="url(https://example.org/a#b)"))
    again = build(
        project.root.parent / "mkdocs.yml",
        project.root.parent / "site",
        XDG_CACHE_HOME=str(project.root.parent / "cache"),
    )
    assert again.code != 0
    assert "KB513" in again.output
    checked = kb("check", str(project.root))
    assert checked.returncode == 1
    assert "ask.md:13:1: KB513 the picture 'ask/dialog.svg': line 1: the attribute fill of <rect>" in checked.stdout
