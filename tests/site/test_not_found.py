"""The page for missing addresses, where the address is that of an issue which no entry covers."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

UNCOVERED = ("Acme-Tools/Acme/issues/999", "Acme-Tools/Acme/pull/999/files", "r/Acme-Tools/Acme/999/")


@pytest.fixture
def missing(page: Page, small) -> Page:
    page.goto(f"{small.url}Acme-Tools/Acme/issues/999")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing on this issue yet")
    return page


@pytest.mark.parametrize("address", UNCOVERED)
def test_an_uncovered_issue_is_named(page: Page, small, address):
    assert page.goto(small.url + address).status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing on this issue yet")
    expect(page.get_by_text("Acme-Tools/Acme#999 is not covered here")).to_be_visible()
    assert page.title() == "Nothing on Acme-Tools/Acme#999 yet - Small Fixes"


def test_its_report_is_offered(missing, small):
    link = missing.get_by_role("link", name="Read its report")
    assert link.evaluate("link => link.href") == f"{small.url}report/#Acme-Tools/Acme#999"
    assert (small.folder / "report/index.html").is_file()


def test_adding_its_error_is_offered_with_the_form_filled_in(missing):
    url = urlsplit(missing.get_by_role("link", name="Add the error").get_attribute("href"))
    assert url.geturl().startswith("https://github.com/fixes-example/small/issues/new?")
    assert parse_qs(url.query) == {
        "template": ["new-fix.yml"],
        "title": ["Add: Acme-Tools/Acme#999"],
        "product": ["Acme CLI"],
    }


def test_the_issue_itself_is_offered(missing):
    link = missing.get_by_role("link", name="Open it on GitHub")
    expect(link).to_have_attribute("href", "https://github.com/Acme-Tools/Acme/issues/999")


def test_keepers_are_told_how_to_import_it(missing):
    expect(missing.locator("code", has_text="kb import")).to_have_text("kb import Acme-Tools/Acme#999")


def test_the_product_of_its_repository_is_offered(missing, small):
    missing.get_by_role("link", name="See what is known of Acme CLI").click()
    missing.wait_for_url(f"{small.url}acme/")


def test_an_unknown_repository_s_issue_names_no_product(page: Page, small):
    page.goto(f"{small.url}nobody/nothing/issues/1")
    expect(page.get_by_role("link", name="Open it on GitHub")).to_be_visible()
    expect(page.get_by_role("link", name="See what is known of")).to_have_count(0)
    assert "product=" not in page.get_by_role("link", name="Add the error").get_attribute("href")


def test_the_search_box_stays(missing):
    expect(missing.locator("#main").get_by_role("textbox")).to_be_visible()
    expect(missing.get_by_role("heading", name="Or search for its message")).to_be_visible()


@pytest.mark.parametrize(
    "address",
    [
        "ACME-TOOLS/acmE/issues/105",
        "Acme-Tools/Acme/pull/101",
        "acme-tools/acme/issues/110",
        "Acme-Tools/Acme/pull/110/files",
        "r/ACME-tools/ACME/101/",
    ],
)
def test_another_spelling_of_a_covered_issue_leads_to_its_entry(page: Page, small, address):
    page.goto(f"{small.url}{address}?a=b#issuecomment-1")
    page.wait_for_url(f"{small.url}acme/port-taken/?a=b#issuecomment-1")


@pytest.mark.parametrize(
    "address", ["acme/missing/", "Acme-Tools/Acme/issues/", "r/a/b/0/", "r/a/b/1/2", "a/b/issues/1x"]
)
def test_any_other_missing_address_offers_no_issue(page: Page, small, address):
    page.goto(small.url + address)
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no page here")
    expect(page.get_by_role("link", name="Read its report")).to_have_count(0)


def test_a_hostile_address_stays_text(page: Page, small):
    page.goto(f"{small.url}a/%3Cimg%20src%3Dx%20onerror%3D%22window.__xss%3D1%22%3E/issues/1")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no page here")
    assert page.evaluate("window.__xss") is None


def test_without_javascript_the_page_says_what_such_an_address_means(browser: Browser, small):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{small.url}Acme-Tools/Acme/issues/999")
    assert "no entry has it as its main issue under this spelling" in page.locator("#main noscript").first.inner_text()
    expect(page.get_by_role("link", name="Read its report")).to_have_count(0)
    form = page.locator("#main noscript").get_by_role("link", name="add its error")
    assert form.get_attribute("href").startswith("https://github.com/fixes-example/small/issues/new?")
    context.close()


def test_a_translation_that_is_gone_leads_to_its_entry(page: Page, small):
    assert page.goto(f"{small.url}acme/quiet-exit/de/?x=1#cause").status == 404
    page.wait_for_url(f"{small.url}acme/quiet-exit/?x=1#cause")
    page.goto(f"{small.url}acme/no-such-entry/de/")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no page here")
