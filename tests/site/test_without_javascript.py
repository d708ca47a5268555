"""With JavaScript off the site can be read, browsed and linked; search says that it needs JavaScript."""

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Page:
    """A page in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def test_the_error_and_its_fix_can_be_read(plain, repository):
    plain.goto(f"{repository.url}claude-code/extra-usage-400/")
    expect(plain.get_by_text("Third-party apps now draw from your extra usage").first).to_be_visible()
    expect(plain.get_by_role("heading", name="Claim the credit, then start a new session")).to_be_visible()
    expect(plain.locator("pre", has_text='claude -p "Say hello"').first).to_be_visible()


def test_search_says_that_it_needs_javascript(plain, repository):
    plain.goto(f"{repository.url}claude-code/extra-usage-400/")
    note = plain.get_by_role("search").locator("noscript")
    assert "Search needs JavaScript" in note.inner_text()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_note_about_search_can_be_read_whole_and_leads_on(browser, repository, width, height):
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(f"{repository.url}git/src-refspec/")
    page.get_by_role("search").get_by_role("link", name="products").click()
    page.wait_for_url(f"{repository.url}products/")
    context.close()


def test_home_says_that_search_needs_javascript(plain, repository):
    plain.goto(repository.url)
    assert "Search needs JavaScript" in plain.locator("#main noscript").inner_text()


def test_no_button_is_shown_that_would_do_nothing(plain, small):
    plain.goto(f"{small.url}acme/port-taken/")
    expect(plain.locator("#main button:visible")).to_have_count(0)


def test_one_can_walk_from_home_to_an_entry(plain, repository):
    plain.goto(repository.url)
    plain.get_by_role("navigation", name="Site").get_by_role("link", name="Products", exact=True).click()
    plain.locator("#main").get_by_role("link", name="Git", exact=True).click()
    plain.locator("#main").get_by_role("link").filter(has_text="histories").click()
    plain.wait_for_url(f"{repository.url}git/unrelated-histories/")


def test_the_menu_of_a_phone_opens(browser, repository):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(repository.url)
    page.locator("header summary").click()
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Tags", exact=True).click()
    page.wait_for_url(f"{repository.url}tags/")
    context.close()


def test_votes_are_links_to_their_forms(plain, small):
    plain.goto(f"{small.url}acme/port-taken/")
    votes = plain.locator("[data-kb-votes]").get_by_role("link")
    assert votes.count() == 9  # yes, no, and the seven questions
    assert votes.first.get_attribute("href").startswith("https://github.com/fixes-example/small/issues/new?")


def test_the_collapsed_report_opens(plain, small):
    plain.goto(f"{small.url}acme/port-taken/")
    plain.get_by_text("What was reported").click()
    expect(plain.get_by_text("acme serve failed with E042")).to_be_visible()


def test_a_former_address_leads_on(plain, small):
    plain.goto(f"{small.url}acme/address-in-use/")
    plain.wait_for_url(f"{small.url}acme/port-taken/")
