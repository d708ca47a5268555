"""The pages of the site besides entries: what each lists and where it leads."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

BY_VOTES_AND_AGE = [
    "acme/port-taken/",
    "borealis/sync-refused/",
    "borealis/stale-lock/",
    "acme/config-missing/",
    "acme/quiet-exit/",
]


@pytest.fixture(scope="module")
def visit(reader: Page, small):
    """A function that opens a page of the small knowledge base by its address."""

    def goto(address: str) -> Page:
        reader.goto(small.url + address)
        return reader

    return goto


def links(page: Page, site_url: str) -> list[str]:
    """Where the links of the page's own part lead, as addresses below the site's root."""
    found = page.locator("#main a").evaluate_all("links => links.map(link => link.href)")
    return [url.removeprefix(site_url) for url in found if url.startswith(site_url)]


def test_home_begins_with_the_box_for_the_error(visit):
    expect(visit("").locator("#main").get_by_role("textbox")).to_be_in_viewport()


def test_home_leads_to_trending_newest_and_every_product(visit, small):
    found = links(visit(""), small.url)
    assert {"trending/", "newest/", "acme/", "borealis/"} <= set(found)


def test_home_lists_what_is_trending_before_what_is_new(visit):
    headings = visit("").get_by_role("heading", level=2).all_inner_texts()
    assert headings == ["Trending", "Newest", "Products"]


@pytest.mark.parametrize("name", ["Products", "Tags", "Codes", "Trending"])
def test_the_header_leads_to_the_lists(visit, name):
    page = visit("contribute/")
    page.get_by_role("navigation", name="Site").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(name, re.IGNORECASE))


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Contribute", "Contribute a fix"),
        ("Rules", "Rules for entries"),
        ("Tools", "Tools"),
        ("Newest", "Newest"),
    ],
)
def test_the_footer_leads_to_the_other_pages(visit, name, title):
    page = visit("tags/")
    page.get_by_role("contentinfo").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_the_logo_leads_home(visit, small):
    page = visit("codes/e042/")
    page.get_by_role("navigation", name="Site").get_by_role("link").first.click()
    page.wait_for_url(small.url)


def test_products_are_listed_with_the_number_of_their_entries(visit):
    items = visit("products/").locator("#main").get_by_role("listitem").all_inner_texts()
    assert [re.split(r"\s*\n\s*", item)[:2] for item in items] == [["Borealis", "2"], ["Acme CLI", "3"]]


def test_products_stand_in_groups_by_category_with_what_is_new_in_each(visit):
    page = visit("products/")
    databases, deployment = page.locator("#main section").all_inner_texts()
    assert page.get_by_role("heading", level=2).all_inner_texts() == ["Databases", "Deployment"]
    assert "New: Borealis refuses to synchronise with an older replica Borealis, 2025-02-01" in databases
    assert "New: acme: port is taken: an old server still listens Acme CLI, 2025-02-04" in deployment


def test_a_products_page_names_its_home_and_repository(visit):
    page = visit("acme/")
    expect(page.get_by_role("link", name="Home page")).to_have_attribute("href", "https://acme.example/")
    expect(page.get_by_role("link", name="Acme-Tools/Acme")).to_have_attribute(
        "href", "https://github.com/Acme-Tools/Acme"
    )


def test_a_long_list_goes_on_on_the_next_page(visit, small):
    page = visit("acme/")
    first = links(page, small.url)
    page.get_by_role("link", name="Next").click()
    expect(page).to_have_title("Acme CLI errors, page 2 - Small Fixes")
    assert {"acme/config-missing/", "acme/port-taken/", "acme/quiet-exit/"} <= {*first, *links(page, small.url)}


def test_the_second_page_of_a_list_leads_back(visit, small):
    page = visit("products/acme/2/")
    page.get_by_role("link", name="Previous").click()
    page.wait_for_url(f"{small.url}acme/")


def test_all_tags_are_listed(visit, small):
    assert links(visit("tags/"), small.url) == [
        "tags/configuration/",
        "tags/ports/",
        "tags/processes/",
        "tags/replication/",
    ]


def test_a_tags_page_lists_the_entries_that_have_it(visit, small):
    feed = "tags/processes/feed.xml"
    assert set(links(visit("tags/processes/"), small.url)) == {feed, "acme/port-taken/", "borealis/stale-lock/"}


def test_all_codes_are_listed(visit):
    codes = visit("codes/").locator("#main a").all_inner_texts()
    assert [code.rpartition(" ")[0] for code in codes] == ["BR-5", "E007", "E042", "EADDRINUSE", "exit 3"]


def test_a_codes_page_lists_the_entries_that_have_it(visit, small):
    assert set(links(visit("codes/e042/"), small.url)) == {"acme/port-taken/", "acme/config-missing/"}


def test_a_code_of_a_single_entry_leads_to_that(visit, small):
    page = visit("codes/")
    page.get_by_role("link", name="exit 3").click()
    page.wait_for_url(f"{small.url}acme/quiet-exit/")


@pytest.mark.parametrize("address", ["codes/exit-3/", "codes/EXIT-3"])
def test_so_does_the_address_that_a_list_of_it_would_have(visit, small, address):
    visit(address).wait_for_url(f"{small.url}acme/quiet-exit/")


def test_the_address_of_an_unknown_code_has_no_page(visit):
    expect(visit("codes/e999/").get_by_role("heading", level=1)).to_have_text("There is no page here")


def test_trending_is_ordered_by_votes_activity_and_age(visit, small):
    found: list[str] = []
    for address in ("trending/", "trending/2/", "trending/3/"):
        found += [url for url in links(visit(address), small.url) if not url.startswith("trending/")]
    assert found == BY_VOTES_AND_AGE


def test_trending_says_how_its_order_is_made(visit):
    page = visit("trending/")
    page.get_by_text("How the order is made").click()
    expect(page.get_by_text("score =")).to_be_visible()


def test_newest_is_ordered_by_date(visit):
    dates = visit("newest/").locator("#main time").all_inner_texts()
    assert dates == ["2025-02-04", "2025-02-01"]


def test_tools_are_listed_by_category(visit):
    page = visit("tools/")
    assert page.get_by_role("heading", level=2).all_inner_texts() == ["Databases", "Deployment", "Gardening"]
    assert page.locator("#main li").count() == 14


def test_contribute_shows_a_complete_entry(visit):
    example = visit("contribute/").locator("pre").first.inner_text()
    assert all(part in example for part in ("title:", "signatures:", "## Summary", "## Cause", "## Workaround"))


def test_every_rule_has_a_page(visit, small):
    addresses = [url for url in links(visit("rules/"), small.url) if url.startswith("rules/")]
    assert len(addresses) >= 15
    for address in addresses:
        assert (small.folder / address / "index.html").is_file()


def test_a_rules_page_explains_what_why_and_how(visit):
    page = visit("rules/kb103/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("duplicate-key")
    assert page.get_by_role("heading", level=2).all_inner_texts() == [
        "Why it matters",
        "What to do",
        "Not like this",
        "Like this",
    ]
