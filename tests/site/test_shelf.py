"""Lists of many entries: what stands first, what can be filtered, what the home page picks."""

import re

import pytest
from axe import violations_by_scheme
from built_sites import Site, build, served
from playwright.sync_api import Browser, Page, expect
from recorded import STEPS, record, tried

pytestmark = pytest.mark.browser

CONFIG = """\
site_name: Shelf
site_url: https://fixes.example/
docs_dir: entries
theme: {name: kb}
plugins: {kb: {page_size: 3}}
"""


COVERAGE = """\
pip:
  lists:
    - {what: diagnostics of pip, version: "26.0", source: pip itself, day: 2026-11-29, prefix: PIP-, codes: 1 2 3 2}
  wanted:
    - {code: PIP-9}
    - {message: a hash is missing}
    - {code: PIP-3, message: no wheel fits, threads: 5, looked_at: 6, seen: ["o/n#7"]}
"""


@pytest.fixture(scope="module")
def site(new_folder):
    """Seven entries of pip and two of Git: three pages of a list. Nobody has voted."""
    folder = new_folder()

    def proven(name: str, *runs, **keys) -> None:
        message = f"{name} has failed for good"
        record(folder, f"pip/{name}.md", *runs, steps=STEPS[:1], signatures=[{"text": message}], title=name, **keys)

    def told(name: str, **keys) -> None:
        title = name.partition("/")[2]
        signatures = [{"text": f"{title} has failed for good"}]
        folder.entry(f"{name}.md", title=title, signatures=signatures, **keys)

    gone = tried({"pip": "26.0"}) | {"error": "absent"}
    proven("tried", tried({"pip": "25.1"}, "proven"), tried({"pip": "24.0"}, "proven"), gone)
    proven("linuxonly", tried({"pip": "20.3"}, "proven"), affects={"platforms": ["linux"]})
    told("pip/ranged", affects={"ranges": [{"tool": "pip", "introduced": "22.0", "fixed": "24.0"}]})
    told("pip/since", affects={"versions": [">=25"], "platforms": ["linux", "windows"]})
    told("pip/silent")
    told("pip/reported", reports=["o/n#1"], codes=["PIP-2", "PIP-9"])
    told("pip/words", affects={"versions": ["whatever Debian has"]})
    told("git/one", affects={"platforms": ["linux"]}, updated="2020-01-01")
    told("git/two", affects={"platforms": ["linux"]}, updated="2020-01-01")
    folder.file("coverage.yml", COVERAGE)
    config = folder.root.parent / "mkdocs.yml"
    config.write_text(CONFIG)
    built = build(config, config.parent / "site")
    assert built.code == 0, built.output
    with served(built.folder) as site:
        yield site


def shown(page: Page) -> list[str]:
    return page.locator(".kb-cards > li:visible a").all_inner_texts()


@pytest.fixture
def page(reader: Page) -> Page:
    """One page for all tests, which leave nothing behind but what the browser has loaded."""
    return reader


@pytest.fixture
def pip(page: Page, site: Site) -> Page:
    page.goto(f"{site.url}pip/")
    expect(page.get_by_label("Version")).to_be_visible()
    return page


def test_a_products_page_begins_with_what_is_proven_and_then_reported(pip):
    assert shown(pip) == ["linuxonly", "tried", "reported"]
    expect(pip.get_by_text("7 entries, page 1 of 3. Proven ones first")).to_be_visible()


def test_a_version_leaves_out_what_does_not_happen_with_it_on_all_pages_of_the_list(pip):
    pip.get_by_label("Version").fill("26.0")
    expect(pip.get_by_role("status")).to_have_text(
        "5 of 7 entries. Of 4 it is not known with which versions they happen."
    )
    assert set(shown(pip)) == {"linuxonly", "reported", "silent", "since", "words"}
    expect(pip.get_by_role("navigation", name="Pages")).to_be_hidden()


@pytest.mark.parametrize(
    ("version", "fitting"),
    [
        ("25", {"tried", "since"}),
        ("v22.3", {"tried", "ranged"}),
        ("24.0.0", {"tried"}),
        ("20.3", {"tried"}),
    ],
    ids=["any of its releases was tried", "in a range", "where a range ends", "before all ranges"],
)
def test_what_was_tried_decides_and_then_the_ranges(pip, version, fitting):
    pip.get_by_label("Version").fill(version)
    expect(pip.get_by_role("status")).to_contain_text("of 7 entries")
    assert {"tried", "since", "ranged"} & set(shown(pip)) == fitting


def test_what_is_no_version_leaves_nothing_out(pip):
    pip.get_by_label("Version").fill("newest")
    assert shown(pip) == ["linuxonly", "tried", "reported"]
    expect(pip.get_by_role("status")).to_have_text("A version begins with a digit, such as 3.1.")


def test_the_last_choice_counts_also_while_the_other_pages_are_being_loaded(pip):
    pip.get_by_label("Proven only").press("Space")
    pip.get_by_label("Proven only").press("Space")
    expect(pip.get_by_role("navigation", name="Pages")).to_be_visible()
    pip.wait_for_load_state("networkidle")
    assert shown(pip) == ["linuxonly", "tried", "reported"]


def test_a_platform_leaves_out_what_is_of_others_and_keeps_what_names_none(pip):
    pip.get_by_label("Platform").select_option("Windows")
    expect(pip.get_by_role("status")).to_have_text("6 of 7 entries.")
    assert "linuxonly" not in shown(pip)


def test_proven_ones_are_found_with_the_keyboard_alone(pip):
    pip.get_by_label("Platform").focus()
    pip.keyboard.press("Tab")
    pip.keyboard.press("Space")
    expect(pip.get_by_role("status")).to_have_text("2 of 7 entries.")
    assert shown(pip) == ["linuxonly", "tried"]
    pip.keyboard.press("Tab")
    pip.keyboard.press("Enter")
    expect(pip.get_by_role("status")).to_have_text("")
    assert shown(pip) == ["linuxonly", "tried", "reported"]
    expect(pip.get_by_role("navigation", name="Pages")).to_be_visible()


def test_what_is_chosen_can_be_linked(page, pip, site):
    pip.get_by_label("Version").fill("23.1")
    pip.get_by_label("Platform").select_option("Linux")
    expect(pip).to_have_url(f"{site.url}pip/?version=23.1&platform=linux")
    page.goto(f"{site.url}pip/?version=23.1&platform=linux")
    expect(page.get_by_label("Version")).to_have_value("23.1")
    expect(page.get_by_role("status")).to_contain_text("6 of 7 entries.")
    page.goto(f"{site.url}pip/?platform=plan9&proven=%22%3E%3Cb%3E")
    expect(page.get_by_label("Platform")).to_have_value("")
    assert len(shown(page)) == 3


def test_an_entry_of_a_further_page_is_led_to(pip, site):
    pip.get_by_label("Version").fill("26.0")
    pip.locator(".kb-cards").get_by_role("link", name="silent").click()
    pip.wait_for_url(f"{site.url}pip/silent/")


def test_pages_that_can_not_be_loaded_are_said_to_be_missing(pip, site):
    pip.route(f"{site.url}products/pip/3/", lambda route: route.abort())
    pip.get_by_label("Proven only").check()
    expect(pip.get_by_role("status")).to_contain_text("2 of 3 entries. The next pages of the list could not be loaded")
    pip.unroute_all()


def test_only_what_would_leave_entries_out_can_be_chosen(page, site):
    page.goto(f"{site.url}git/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Git errors")
    expect(page.locator("[data-kb-filters]")).to_have_count(0)


def test_without_javascript_the_whole_list_stays(browser: Browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}pip/?proven=yes")
    found = shown(page)
    while page.get_by_role("link", name="Next").count():
        page.get_by_role("link", name="Next").click()
        found += shown(page)
    assert len(set(found)) == 7
    expect(page.get_by_label("Version")).to_have_count(0)
    context.close()


def test_axe_finds_nothing_while_a_filter_is_set(pip):
    pip.get_by_label("Version").fill("25")
    expect(pip.get_by_role("status")).not_to_be_empty()
    assert violations_by_scheme(pip, "main") == {}


def test_without_votes_the_home_page_shows_what_is_proven_and_no_trend(page, site):
    page.goto(site.url)
    assert page.get_by_role("heading", level=2).all_inner_texts() == ["Proven lately", "Newest", "Products"]
    proven, newest = page.locator(".kb-columns section").all()
    assert proven.locator("li a").all_inner_texts() == ["tried", "linuxonly"], "with more versions first"
    # pip has seven, all newer; two others are there to take a place from it.
    assert {"one", "two"} < set(newest.locator("li a").all_inner_texts())


def test_without_votes_trending_says_by_what_it_is_ordered(page, site):
    page.goto(f"{site.url}trending/")
    expect(page.get_by_text("By reports on GitHub, then by date: no reader has voted yet.")).to_be_visible()
    assert shown(page)[0] == "reported"


def test_without_votes_an_entry_shows_others_of_its_product_and_says_so(page, site):
    page.goto(f"{site.url}git/one/")
    block = page.locator("section", has=page.get_by_role("heading", name="Trending"))
    expect(block.get_by_text("No reader has voted yet, so these are of Git")).to_be_visible()
    assert block.locator("li a").all_inner_texts() == ["two"]


def test_all_that_are_proven_have_a_list(page, site):
    page.goto(f"{site.url}proven/")
    assert shown(page) == ["tried", "linuxonly"]
    assert re.search("2 entries. The last proven first", page.locator("main, #main").first.inner_text())


def test_a_products_page_says_how_much_of_its_own_list_is_covered_and_what_is_asked_for(pip):
    section = pip.locator("section", has=pip.get_by_role("heading", name="How much of its own list is here"))
    expect(section.get_by_text("Of the 3 diagnostics of pip 26.0, 1 has an entry.")).to_be_visible()
    expect(section.get_by_role("link", name="PIP-2")).to_have_attribute("href", "../pip/reported/")
    # What has an entry by now is asked for no more.
    assert section.locator("li:not(.kb-cloud li)").all_inner_texts() == [
        "PIP-3: no wheel fits in 5 of 6 public threads that were looked at o/n#7",
        "a hash is missing",
    ]
    assert violations_by_scheme(pip, ".kb-coverage") == {}
