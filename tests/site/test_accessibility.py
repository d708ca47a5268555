"""axe-core finds no violation on any kind of page, light and dark, on a laptop and on a phone."""

import re

import pytest
from axe import violations_by_scheme
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

# One page of each kind: lists of a product, a tag, a code and of the newest entries are one kind.
EVERY_KIND = (
    "",
    "acme/port-taken/",
    "acme/",
    "products/",
    "tags/",
    "codes/",
    "trending/",
    "tools/",
    "match/",
    "search/",
    "report/",
    "contribute/",
    "rules/",
    "rules/kb103/",
    "api/",
    "no/such/page/",
    "Acme-Tools/Acme/issues/999/",
)
SCREENS = {"laptop": (1280, 800), "phone": (390, 844)}


@pytest.fixture(scope="module", params=SCREENS.values(), ids=list(SCREENS))
def look(request, browser: Browser) -> Page:
    """A page of each size, without the motion that would blur what is measured."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", EVERY_KIND)
def test_axe_finds_nothing_on(look, small, address):
    look.goto(small.url + address)
    assert violations_by_scheme(look) == {}


def test_axe_finds_nothing_while_the_search_panel_is_open(look, repository):
    look.goto(f"{repository.url}tags/")
    look.get_by_role("combobox", name="Search the fixes").fill("permission denied")
    results = look.get_by_role("listbox", name="Results").get_by_role("option")
    expect(results.first).to_be_visible()
    look.get_by_role("combobox", name="Search the fixes").press("ArrowDown")
    assert violations_by_scheme(look, "header") == {}


def test_axe_finds_nothing_where_the_search_found_nothing(look, small):
    look.goto(f"{small.url}tags/")
    look.get_by_role("combobox", name="Search the fixes").fill("zzyzxqwv")
    expect(look.get_by_role("search").get_by_role("status")).not_to_have_text("Searching…")
    assert violations_by_scheme(look, "header") == {}


@pytest.mark.parametrize("query", ["docker", "zzyzxqwv"])
def test_axe_finds_nothing_on_the_page_of_all_results(look, repository, query):
    look.goto(f"{repository.url}search/?q={query}")
    expect(look.get_by_role("main").get_by_role("status")).to_have_text(re.compile("results|Nothing"))
    assert violations_by_scheme(look, "main") == {}


def test_axe_finds_nothing_in_votes_that_were_cast_and_in_the_open_report(look, small):
    look.goto(f"{small.url}acme/port-taken/")
    look.evaluate("localStorage.setItem('kb-votes', JSON.stringify({'acme/port-taken': ['works', 'flaky']}))")
    look.reload()
    look.get_by_text("What was reported").click()
    expect(look.locator("[data-kb-voted]")).to_have_count(2)
    assert violations_by_scheme(look, "article section:has([data-kb-vote], details)") == {}


def test_whatever_has_the_focus_shows_it(page, small):
    """Walks through an entry's page with Tab, as a reader without a mouse does."""
    page.goto(f"{small.url}acme/port-taken/")
    unmarked = []
    for _ in range(60):
        page.keyboard.press("Tab")
        unmarked += page.evaluate(
            """() => {
                const element = document.activeElement;
                const shown = element.matches("input[type=radio]") ? element.nextElementSibling : element;
                const {outlineStyle, outlineWidth} = getComputedStyle(shown);
                const marked = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
                return marked || element === document.body ? [] : [element.outerHTML.slice(0, 120)];
            }"""
        )
    assert unmarked == []


def test_nothing_moves_where_the_reader_asked_for_stillness(page, small):
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{small.url}acme/port-taken/")
    assert page.locator("html").evaluate("html => getComputedStyle(html).scrollBehavior") == "auto"
