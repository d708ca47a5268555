"""What an entry's page says of versions, and what it says to a reader who names theirs."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

ENTRY = "node/err-require-esm/"


@pytest.fixture
def notes(page: Page, repository):
    page.goto(repository.url + ENTRY)
    return page.locator(".kb-versions p")


def test_a_page_says_first_in_which_versions_it_was_fixed(notes):
    expect(notes).to_have_text("Fixed in Node.js 20.19.0 and 22.12.0: upgrade if yours is older.")


def test_a_reader_who_names_a_version_is_told_whether_to_upgrade(page: Page, notes):
    field = page.get_by_label("Your Node.js")
    field.fill("v22.3.0")
    expect(notes).to_have_text("Fixed in Node.js 22.12.0, and yours is 22.3.0: upgrade.")
    field.fill("24.1")
    expect(notes).to_have_text("Fixed in Node.js 22.12.0, and yours is 24.1: the cause may be another one.")
    field.fill("new")
    expect(notes).to_have_text("Fixed in Node.js 20.19.0 and 22.12.0: upgrade if yours is older.")


def test_each_form_says_which_versions_print_it_so(page: Page, notes):
    expect(page.locator(".kb-section--forms")).to_contain_text("Worded so from Node.js 16.6.0 on.")
    expect(page.locator(".kb-section--forms")).to_contain_text("Worded so before Node.js 16.6.0.")


def test_the_match_page_reads_the_version_from_the_paste(page: Page, repository):
    page.goto(repository.url + "match/")
    page.locator("textarea").first.fill(
        "Error [ERR_REQUIRE_ESM]: require() of ES Module /srv/a.mjs not supported.\n\nNode.js v18.4.0\n"
    )
    expect(page.locator(".kb-answer__version")).to_have_text(
        "Fixed in Node.js 20.19.0, and yours is 18.4.0: upgrade. Worded so from Node.js 16.6.0 on."
    )
