"""What a model drafted and nobody has reviewed is marked wherever a reader or a program meets it."""

import json
import re
import shutil
from xml.etree import ElementTree

import pytest
from built_sites import KNOWLEDGE_BASES, UNCHECKED, build

from kb.entry import edit_front_matter

MARK = "Drafted by a model, not reviewed yet"
DRAFTED = {"model": "example-model", "day": "2025-01-01", "sources": ["acme/app#1"], "text": "0123456789abcdef0123"}
REVIEWED = DRAFTED | {"reviewed": {"by": "rosa", "day": "2025-01-02"}}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site with one entry whose summary and workarounds nobody has reviewed, and somebody its cause."""
    folder = tmp_path_factory.mktemp("drafts")
    shutil.copytree(KNOWLEDGE_BASES / "small", folder / "small")
    file = folder / "small/entries/acme/port-taken.md"
    provenance = {"summary": DRAFTED, "cause": REVIEWED, "workarounds": DRAFTED}
    file.write_text(edit_front_matter(file.read_text("utf-8"), file.name, {"provenance": provenance}), "utf-8")
    built = build(folder / "small/mkdocs.yml", folder / "site", UNCHECKED)
    assert built.code == 0, built.output
    return built.folder


def test_a_page_fences_and_marks_the_sections_that_nobody_has_reviewed(site):
    html = (site / "acme/port-taken/index.html").read_text("utf-8")
    assert re.findall(r'class="kb-(\w+)[^"]* kb-drafted"', html) == ["summary", "workarounds"]
    assert html.count(f'<p class="kb-drafted__mark">{MARK}</p>') == 2
    assert "kb-drafted" not in (site / "acme/config-missing/index.html").read_text("utf-8")


def test_texts_to_copy_from_a_page_say_that_its_fix_is_a_draft(site):
    said = f"\n\n{MARK}\n\n", "\nA model drafted this, and nobody has reviewed it.\n"
    for page, count in (("port-taken", 1), ("config-missing", 0)):
        html = (site / f"acme/{page}/index.html").read_text("utf-8")
        assert [html.count(text) for text in said] == [count, count]


def test_programs_are_told_which_sections_nobody_has_reviewed(site):
    data = json.loads((site / "api/v1/entries/acme/port-taken.json").read_bytes())
    assert data["unreviewed"] == ["summary", "workarounds"]
    entries = json.loads((site / "api/v1/entries.json").read_bytes())["entries"]
    assert [entry["id"] for entry in entries if entry["unreviewed"]] == ["acme/port-taken"]
    assert f"- {MARK}: Summary, Workaround\n" in (site / "acme/port-taken/index.md").read_text("utf-8")
    assert "1 has text that a model drafted and nobody has reviewed" in (site / "llms.txt").read_text("utf-8")


def test_an_answer_says_that_its_fix_is_a_draft(site):
    shards = [json.loads(path.read_bytes()) for path in (site / "match/fixes").glob("*.json")]
    fixes = {entry: fix for shard in shards for entry, fix in shard.items() if isinstance(fix, dict)}
    assert [entry for entry, fix in fixes.items() if "drafted" in fix] == ["acme/port-taken"]
    fix = fixes["acme/port-taken"]
    assert all(fix[key].startswith(f"{MARK}.") for key in ("summary", "markdown"))
    assert fix["html"].startswith(f'<p class="kb-drafted__mark">{MARK}</p>')


def test_feed_readers_and_search_engines_are_told(site):
    feed = ElementTree.fromstring((site / "feed.xml").read_bytes())
    summaries = [found.text for found in feed.iter("{http://www.w3.org/2005/Atom}summary")]
    assert [text.startswith(f"{MARK}: ") for text in summaries].count(True) == 1
    html = (site / "acme/port-taken/index.html").read_text("utf-8")
    assert f'"creditText":"{MARK}"' in html


def test_a_list_marks_what_nobody_has_reviewed_and_has_it_last(site):
    pages = [site / "newest/index.html", *sorted((site / "newest").glob("*/index.html"))]
    html = "".join(page.read_text("utf-8") for page in pages)
    cards = re.findall(r'<li class="kb-card"[ >].*?</li>', html, re.DOTALL)
    marked = [f'<span class="kb-card__draft">{MARK}</span>' in card for card in cards]
    assert marked == [*[False] * (len(cards) - 1), True]
    assert len(cards) > 2
