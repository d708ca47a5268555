"""The site on a phone: nothing sticks out, the menu opens, search takes the screen."""

import pytest
from playwright.sync_api import Browser, Page, expect
from shelf import some

pytestmark = pytest.mark.browser

ADDRESSES = (
    "",
    "claude-code/extra-usage-400/",
    "products/",
    "pip/",
    "tags/",
    "codes/",
    "trending/",
    "tools/",
    "rules/",
)


@pytest.fixture(scope="module")
def phone(browser: Browser, repository):
    """A phone's browser; its pages share what they have loaded."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield context
    context.close()


@pytest.fixture
def handset(phone) -> Page:
    page = phone.new_page()
    yield page
    page.close()


def test_no_page_scrolls_sideways(handset, repository):
    wider = {}
    for address in (*ADDRESSES, "contribute/", *some(repository.entries(), 30)):
        handset.goto(repository.url + address)
        for width in (320, 390):
            handset.set_viewport_size({"width": width, "height": 844})
            # A phone that shows a wide page makes it smaller, and counts more pixels for its own width.
            excess = handset.evaluate("width => document.documentElement.scrollWidth - width", width)
            if excess > 0:
                wider[address, width] = excess
    assert wider == {}


def test_the_menu_leads_to_the_lists(handset, repository):
    handset.goto(repository.url)
    header = handset.get_by_role("navigation", name="Site")
    expect(header.get_by_role("link", name="Products")).to_be_hidden()
    header.locator("summary").tap()
    header.get_by_role("link", name="Products").tap()
    handset.wait_for_url(f"{repository.url}products/")


def test_the_menu_closes_when_the_reader_turns_elsewhere(handset, repository):
    handset.goto(repository.url)
    menu = handset.locator(".kb-menu")
    menu.locator("summary").tap()
    expect(menu).to_have_attribute("open", "")
    handset.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
    menu.locator("summary").tap()
    handset.get_by_role("heading", name="Newest").tap()
    expect(menu).not_to_have_attribute("open", "")


def test_no_pasted_line_is_under_the_buttons(handset, repository):
    handset.goto(f"{repository.url}match/")
    box = handset.get_by_role("textbox", name="The error, a log, or words from it")
    box.fill("a line\n" * 40)
    ends_at = box.evaluate("it => it.getBoundingClientRect().top + it.clientTop + it.clientHeight")
    button = handset.get_by_role("button", name="Find the fix").bounding_box()
    assert ends_at <= button["y"]


def test_a_command_never_wraps_inside_of_an_option(handset, repository):
    handset.goto(f"{repository.url}node/eaddrinuse/")
    heights = handset.eval_on_selector_all(".kb-flag", "flags => flags.map((flag) => flag.getClientRects().length)")
    assert heights
    assert set(heights) == {1}


def test_search_is_in_the_header_and_fills_the_screens_width(handset, repository):
    handset.goto(f"{repository.url}git/src-refspec/")
    handset.get_by_role("combobox", name="Search the fixes").fill("docker")
    first = handset.get_by_role("listbox", name="Results").get_by_role("option").first
    expect(first).to_be_visible()
    box = first.bounding_box()
    assert box["width"] > 300
    assert box["x"] + box["width"] <= 390


def test_the_button_to_search_keeps_its_word_on_a_line_in_any_language(handset, repository):
    handset.goto(f"{repository.url}search/")
    button = handset.locator(".kb-all__form .kb-button")
    one_line = button.bounding_box()["height"]
    button.evaluate("button => { button.textContent = '検索する'; }")
    assert button.bounding_box()["height"] == one_line


def test_a_tap_on_a_result_opens_it(handset, repository):
    handset.goto(repository.url + "tags/")
    handset.get_by_role("combobox", name="Search the fixes").fill("TS2322")
    results = handset.get_by_role("listbox", name="Results").get_by_role("option")
    results.filter(has_text="TS2322").first.tap()
    handset.wait_for_url(f"{repository.url}typescript/ts2322/")


def test_an_entry_keeps_its_codes_tags_and_facts(handset, small):
    handset.goto(f"{small.url}acme/port-taken/")
    head = handset.locator("article header")
    for text in ("Acme CLI", "E042", "EADDRINUSE", "ports", "processes", "Workaround known"):
        expect(head.get_by_text(text, exact=True)).to_be_visible()
    for fact in ("12 comments", "5 participants", "Acme CLI 3.1, 3.2", "Linux, macOS", "tmux over SSH"):
        expect(head.get_by_text(fact, exact=True)).to_be_visible()


def test_what_one_taps_is_big_enough(handset, small):
    handset.goto(f"{small.url}acme/port-taken/")
    boxes = [vote.bounding_box() for vote in handset.locator("[data-kb-vote]").all()]
    assert min(box["height"] for box in boxes) >= 44


def test_a_long_command_scrolls_inside_of_its_own_block(handset, repository):
    handset.goto(f"{repository.url}claude-code/extra-usage-400/")
    block = handset.locator("pre", has_text="--strict-mcp-config").first
    inside = block.evaluate(
        "pre => { pre.scrollLeft = 50; return pre.scrollLeft > 0 || pre.scrollWidth <= pre.clientWidth }"
    )
    assert inside
