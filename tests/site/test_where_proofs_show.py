"""What is proven of an entry shows wherever the entry does: pages, lists, search, answers, data for programs."""

import json
import re
from pathlib import Path

import pytest
from axe import violations_by_scheme
from built_sites import UNCHECKED, Site, build, served
from jsonschema import Draft202012Validator
from playwright.sync_api import Browser, Page, expect
from recorded import STEPS, record, tried

NEW, OLD = {"pip": "26.3"}, {"pip": "20.3.4"}
READ = "ERROR: Cannot install eels==1.0 and barrels==2.1 because these versions have conflicting needs."
LINE = "Happens with pip 20.3.4 to 26.3 · workaround 2 proven with 26.3, 2026-11-28"


@pytest.fixture(scope="module")
def site(new_folder):
    """Entries of which a workaround is proven, was long ago, is in an edited record, and can't be."""
    folder = new_folder()
    codes = {"codes": ["E042"]}
    runs = tried(OLD, "-", "failed", "proven"), tried(NEW, "-", "proven", "failed")
    record(folder, "pip/moved.md", *runs, signatures=[{"text": "eels in the disk drive"}], **codes)
    record(folder, "pip/kept.md", tried(NEW, "-", "proven"), keep_order="2 is for a narrow case.", **codes)
    record(folder, "git/old.md", tried(NEW, "proven", day="2024-05-04"), steps=STEPS[:1], **codes)
    file = record(folder, "git/edited.md", tried(NEW, "failed"), **codes)
    file.write_text(file.read_text().replace('"failed"', '"proven"'))
    many = [f"## Workaround: Way {number}\n\nRun `true`." for number in range(4)]
    record(folder, "pip/wide.md", tried(NEW, *["proven"] * 4) | {"line": READ}, steps=many)
    folder.entry("git/unprovable.md", proof={"unprovable": "it takes a paid account"}, **codes)
    folder.entry("git/silent.md", **codes)
    config = folder.root.parent / "mkdocs.yml"
    config.write_text(
        "site_name: Proofs\nsite_url: https://fixes.example/\ndocs_dir: entries\ntheme: {name: kb}\nplugins: [kb]\n"
    )
    built = build(config, config.parent / "site", UNCHECKED)
    assert built.code == 0, built.output
    with served(built.folder) as site:
        yield site


def text(site: Site, name: str) -> str:
    return (site.folder / name).read_text("utf-8")


def data(site: Site, name: str) -> dict:
    return json.loads(text(site, f"api/v1/{name}.json"))


def own(site: Site, name: str) -> str:
    """What an entry's page says of the entry itself: others stand in lists below."""
    return site.html(f"{name}/").partition('<ul class="kb-cards">')[0]


def cards(site: Site, address: str) -> dict[str, str]:
    """What stands under each title of a list, as text."""
    found = re.findall(
        r'<a class="kb-card__link" href="[./]*([^"]+)/">.*?</a>(.*?)</li>', site.html(address), re.DOTALL
    )
    return {entry: " ".join(re.sub(r"<[^>]*>", " ", facts).split()) for entry, facts in found}


@pytest.mark.parametrize("address", ["codes/e042/", "trending/", "newest/", "pip/", "git/"])
def test_lists_mark_an_entry_only_where_a_workaround_is_proven_by_the_record_that_stands(site, address):
    found = cards(site, address)
    assert found
    marked = {entry: "Proven" in facts for entry, facts in found.items()}
    proven = {"pip/moved", "pip/kept", "pip/wide", "git/old"}
    assert {entry for entry, has in marked.items() if has} == proven & marked.keys()


def test_a_proof_of_long_ago_is_said_to_be_one_in_lists_and_on_the_page(site):
    assert "Proven , long ago" in cards(site, "git/")["git/old"]
    assert "long ago" not in cards(site, "pip/")["pip/moved"]
    assert ", long ago" in own(site, "git/old")
    assert ", long ago" not in own(site, "pip/moved")


def test_a_build_on_a_later_day_gives_the_same_pages(site, tmp_path):
    config = site.folder.parent / "mkdocs.yml"
    later = build(config, tmp_path / "later", UNCHECKED, SOURCE_DATE_EPOCH="1900000000")
    assert later.code == 0, later.output
    for name in ("pip/moved/index.html", "git/old/index.html", "pip/index.html", "pip/moved/index.md"):
        assert (later.folder / name).read_bytes() == (site.folder / name).read_bytes()


def test_a_page_is_in_the_order_of_proofs_with_the_numbers_and_anchors_of_the_file(site):
    found = re.findall(r'id="([^"]+)"><span class="kb-workaround__number">(\d)', site.html("pip/moved/"))
    assert found == [("workaround-two", "2"), ("workaround-one", "1"), ("workaround-three", "3")]
    assert "proven ones come first" in site.html("pip/moved/")


def test_a_page_that_keeps_its_order_says_why(site):
    html = site.html("pip/kept/")
    assert re.findall(r'kb-workaround__number">(\d)', html) == ["1", "2", "3"]
    assert "Why in this order: 2 is for a narrow case." in html


def test_a_workaround_that_no_longer_helps_says_so_on_the_page(site):
    html = re.sub(r"<[^>]*>", "", site.html("pip/moved/"))
    assert "Proven with pip 26.3, 2026-11-28" in html
    assert "Did not help with pip 26.3, 2026-11-28" in html


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("git/unprovable", "Not proven by a machine: it takes a paid account."),
        ("git/silent", "Not proven by a machine yet."),
        ("git/edited", "Not proven by a machine yet."),
    ],
)
def test_a_page_says_where_nothing_is_proven_and_why(site, name, said):
    html = site.html(f"{name}/")
    assert said in html
    head = html.partition('class="kb-entry__head"')[2].partition("</header>")[0]
    assert '<a href="#proofs">Not proven</a>' in head
    assert 'class="kb-proven"' not in html


def test_a_page_with_a_recipe_says_in_one_command_how_to_run_it(site):
    pages = {name: own(site, name) for name in ("pip/moved", "git/edited", "git/unprovable", "git/silent")}
    told = {name: re.findall(r"<code>(kb prove [^<]*)</code>", html) for name, html in pages.items()}
    assert told == {
        "pip/moved": ["kb prove pip/moved"],
        "git/edited": ["kb prove git/edited"],
        "git/unprovable": [],
        "git/silent": [],
    }


def test_all_entries_as_data_have_the_day_of_the_last_proof(site):
    days = {entry["id"]: entry["proven"] for entry in data(site, "entries")["entries"]}
    assert days == {
        "git/edited": None,
        "git/old": "2024-05-04",
        "git/silent": None,
        "git/unprovable": None,
        "pip/kept": "2026-11-28",
        "pip/moved": "2026-11-28",
        "pip/wide": "2026-11-28",
    }


def test_an_entry_as_data_has_its_workarounds_in_order_with_number_and_proof_and_all_runs(site):
    entry = data(site, "entries/pip/moved")
    proof = {"with": {"pip": "26.3"}, "platform": "linux x86_64", "day": "2026-11-28"}
    assert [(step["number"], step["title"], step["proven"]) for step in entry["workarounds"]] == [
        (2, "Two", proof),
        (1, "One", None),
        (3, "Three", None),
    ]
    assert entry["proven"] == "2026-11-28"
    assert [(run["with"], run["error"]) for run in entry["proofs"]] == [(OLD, "provoked"), (NEW, "provoked")]
    assert data(site, "entries/git/unprovable")["unprovable"] == "it takes a paid account"
    assert data(site, "entries/git/edited")["proofs"] == []
    assert data(site, "entries/pip/kept")["keep_order"] == "2 is for a narrow case."


def test_data_with_proofs_is_as_its_schema_says(site):
    for kind, name in (("entry", "entries/pip/moved"), ("entries", "entries")):
        validator = Draft202012Validator(data(site, f"schema/{kind}.schema"))
        assert list(validator.iter_errors(data(site, name))) == []


def test_a_page_tells_search_engines_of_its_proofs(site):
    def linked(name: str) -> dict:
        return json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', site.html(f"{name}/"))[0])

    assert linked("pip/moved")["subjectOf"] == {
        "@type": "Report",
        "name": "Proofs of About pip-moved",
        "abstract": LINE,
        "datePublished": "2026-11-28",
        "url": "https://fixes.example/pip/moved/#proofs",
    }
    assert "subjectOf" not in linked("git/edited")


def test_markdown_llms_txt_and_the_feed_tell_of_proofs(site):
    page = text(site, "pip/moved/index.md")
    assert f"- Proofs: {LINE}\n- First to try: workaround 2, Two\n" in page
    assert "- Proofs: not proven by a machine: it takes a paid account\n" in text(site, "git/unprovable/index.md")
    assert ", long ago\n" in text(site, "git/old/index.md")
    assert "(proven 2026-11-28)" in text(site, "pip/index.md")
    assert "4 have a workaround that a machine has proven" in text(site, "llms.txt")
    assert f"{LINE}.</summary>" in text(site, "feed.xml")


def test_the_reply_of_a_page_says_that_its_workaround_is_proven(site):
    assert "/pip/moved/#workaround-two), proven with pip 26.3, 2026-11-28" in site.html("pip/moved/")


def test_search_and_answers_of_the_site_have_the_same_first_workaround(site):
    shown = [
        entry for path in site.folder.glob("search/index/entries/*.json") for entry in json.loads(path.read_text())
    ]
    found = {entry["id"]: (entry["step"], entry.get("proven")) for entry in shown}
    assert (found["pip/moved"], found["git/silent"]) == (("Two", "2026-11-28"), ("Add what is missing", None))
    fixes: dict[str, dict] = {}
    for path in Path(site.folder / "match/fixes").glob("[0-9]*.json"):
        fixes |= json.loads(path.read_text())
    assert (fixes["pip/moved"]["number"], fixes["pip/moved"]["step"]) == (2, "Two")
    assert fixes["git/edited"]["proven"] == []


@pytest.mark.browser
def test_results_of_a_search_have_the_mark(page: Page, site):
    page.clock.set_fixed_time("2026-12-01")
    page.goto(f"{site.url}search/#q=eels")
    result = page.get_by_role("listitem").filter(has_text="About pip-moved")
    expect(result).to_contain_text("Proven")
    expect(result).not_to_contain_text("long ago")
    expect(result).to_contain_text("Two")


@pytest.mark.browser
def test_an_answer_of_the_match_page_says_what_is_proven(page: Page, site):
    page.clock.set_fixed_time("2026-12-01")
    page.goto(f"{site.url}match/")
    form = page.get_by_role("main").get_by_role("search")
    form.get_by_role("textbox").fill("$ eels\neels in the disk drive")
    answer = form.get_by_role("article").filter(has_text="Exact match")
    expect(answer.get_by_text("Proven: workaround 2 with pip 26.3, 2026-11-28", exact=True)).to_be_visible()
    expect(answer.get_by_role("heading", level=4)).to_have_text("Workaround 2: Two")


@pytest.mark.browser
@pytest.mark.parametrize(("today", "said"), [("2027-11-28", ""), ("2027-11-29", ", long ago")])
def test_a_page_that_is_read_late_tells_by_its_reader_s_clock(page: Page, site, today, said):
    page.clock.set_fixed_time(today)
    page.goto(f"{site.url}pip/moved/")
    expect(page.locator(".kb-proven").first).to_have_text(f"Proven with pip 26.3, 2026-11-28{said}")


@pytest.mark.browser
@pytest.mark.parametrize(("width", "lines"), [(1280, 1), (390, 3)])
def test_how_the_message_read_has_room_beside_many_workarounds(page: Page, site, width, lines):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site.url}pip/wide/")
    table = page.get_by_role("region", name="Proofs by version")
    table.scroll_into_view_if_needed()
    message = table.get_by_text(READ)
    assert message.evaluate("code => code.getClientRects().length") <= lines
    assert table.evaluate("region => region.scrollWidth - region.clientWidth") == 0


@pytest.mark.browser
def test_axe_finds_nothing_where_proofs_show(browser: Browser, site):
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    for address, shown in {
        "pip/moved/": ".kb-proven--not",
        "codes/e042/": ".kb-proven-mark",
        "search/#q=eels": ".kb-search__result .kb-proven-mark",
        "match/": ".kb-answer__proven",
    }.items():
        page.goto(site.url + address)
        if address == "match/":
            page.get_by_role("main").get_by_role("textbox").fill("$ eels\neels in the disk drive")
        page.locator(shown).first.wait_for()
        assert violations_by_scheme(page) == {}
    context.close()
