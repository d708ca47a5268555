"""The search box in the header of every page, driven by keyboard and finger."""

import re

import pytest
from built_sites import Site
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


class Search:
    """The box and its panel, by roles."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.box = page.get_by_role("navigation", name="Site").get_by_role("combobox", name="Search the fixes")
        self.results = page.get_by_role("listbox", name="Results").get_by_role("option")
        self.status = page.get_by_role("search").get_by_role("status")

    def type(self, query: str) -> None:
        self.box.press_sequentially(query, delay=10)

    def fill(self, query: str) -> None:
        """Enter a query at once, so that no results of its beginning come first, and wait for its results."""
        self.box.fill(query)
        expect(self.results.first).to_be_visible()

    def narrow(self, name: str, value: str) -> None:
        """Choose a value of a filter, and wait until other results are there."""
        before = self.status.inner_text()
        self.filter(name).select_option(value)
        expect(self.status).not_to_have_text(re.compile(f"^{re.escape(before)}$|Searching"))

    def filter(self, name: str) -> Locator:
        return self.page.get_by_role("combobox", name=f"Filter by {name}")

    def addresses(self, site: Site) -> list[str]:
        """Where the results lead, below the site's root."""
        urls = self.results.evaluate_all("links => links.map(link => link.href)")
        return [url.removeprefix(site.url) for url in urls]


@pytest.fixture
def search(reader: Page, repository) -> Search:
    """The box on a page deep in the site of the repository."""
    reader.goto(f"{repository.url}git/src-refspec/")
    return Search(reader)


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("EADDRINUSE", "node/eaddrinuse/"),
        ("TS2322", "typescript/ts2322/"),
        (
            "invalid_request_error",
            "claude-code/(credit-balance-too-low|extra-usage-400|prompt-is-too-long|tool-use-without-tool-result)/",
        ),
        ("externally-managed-environment", "pip/externally-managed-environment/"),
    ],
)
def test_an_entry_is_found_by_its_code(search, repository, query, address):
    search.type(query)
    expect(search.results.first).to_have_attribute("href", re.compile(f"/{address}$"))


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("third-party apps now draw from your extra usage", "claude-code/extra-usage-400/"),
        ("refusing to merge unrelated histories", "git/unrelated-histories/"),
        ("toomanyclients too many clients already", "postgres/too-many-clients/"),
        ("UNPROTECTED PRIVATE KEY FILE", "ssh/unprotected-private-key-file/"),
    ],
)
def test_an_entry_is_found_by_words_of_its_message(search, repository, query, address):
    search.box.fill(query)
    expect(search.results.first).to_have_attribute("href", re.compile(f"/{address}$"))


@pytest.mark.parametrize(("query", "folder"), [("Kubernetes", "kubernetes"), ("PyTorch", "pytorch")])
def test_entries_are_found_by_their_product(search, repository, query, folder):
    search.type(query)
    expect(search.results.first).to_have_attribute("href", re.compile(f"/{folder}/"))


def test_results_come_as_one_types(search):
    search.type("docker da")
    expect(search.results.first).to_be_visible()


def test_a_result_shows_its_title_product_and_an_excerpt_with_marks(search):
    search.type("unrelated histories")
    first = search.results.first
    expect(first).to_contain_text("refusing to merge unrelated histories", ignore_case=True)
    expect(first).to_contain_text("Git")
    expect(first.locator("mark").first).to_have_text(re.compile("unrelated|histories", re.IGNORECASE))


@pytest.mark.parametrize("query", ["pip install", "certificate verify failed", "docker permission"])
def test_every_result_shows_a_line_of_its_fix_without_the_label_of_its_section(search, query):
    search.fill(query)
    lines = search.results.locator(".kb-search__fix").all_inner_texts()
    label = re.compile(r"(In )?short\.|(The )?error\.|(Why it )?happens\.|Workaround\b")
    assert len(lines) == search.results.count()
    assert [line for line in lines if not line.strip() or label.match(line)] == []


def test_a_product_filter_narrows_the_results(search, repository):
    search.fill("permission denied")
    search.narrow("product", "OpenSSH")
    assert search.addresses(repository)
    assert all(address.startswith("ssh/") for address in search.addresses(repository))


def test_a_tag_filter_narrows_the_results(search, repository):
    search.fill("error")
    search.narrow("tag", "billing")
    assert search.addresses(repository)
    assert all("tags/billing/" in repository.html(address) for address in search.addresses(repository))


def test_a_status_filter_narrows_the_results(search, repository):
    search.fill("error")
    search.narrow("status", "Not fixed upstream")
    assert search.addresses(repository)
    assert all(">Not fixed upstream<" in repository.html(address) for address in search.addresses(repository))


def test_the_filters_offer_only_what_there_is(search):
    search.type("er")
    options = search.filter("status").locator("option")
    expect(options).not_to_have_count(0)
    assert not any("(0)" in text for text in options.all_inner_texts())


def test_a_slash_focuses_the_box(search):
    search.page.locator("body").press("/")
    expect(search.box).to_be_focused()
    expect(search.box).to_have_value("")


def test_a_slash_typed_into_the_box_is_a_slash(search):
    search.box.press("/")
    expect(search.box).to_have_value("/")


def test_arrow_keys_walk_through_the_results(search):
    search.fill("docker")
    search.box.press("ArrowDown")
    search.box.press("ArrowDown")
    expect(search.results.nth(1)).to_have_attribute("aria-selected", "true")
    expect(search.box).to_have_attribute("aria-activedescendant", search.results.nth(1).get_attribute("id"))
    search.box.press("ArrowUp")
    expect(search.results.nth(0)).to_have_attribute("aria-selected", "true")
    expect(search.results.nth(1)).to_have_attribute("aria-selected", "false")


def test_walking_past_the_last_result_comes_back_to_the_box(search):
    search.fill("TS2322")
    for _ in range(search.results.count() + 1):
        search.box.press("ArrowDown")
    expect(search.box).not_to_have_attribute("aria-activedescendant", re.compile("."))


def test_enter_opens_the_selected_result(search, repository):
    search.fill("TS2322")
    search.box.press("ArrowDown")
    search.box.press("Enter")
    search.page.wait_for_url(f"{repository.url}typescript/ts2322/")


def test_a_selected_result_stays_selected_when_others_come(search):
    search.fill("docker")
    search.page.wait_for_timeout(400)  # until what is shown is the answer to all of it
    search.box.press("ArrowDown")
    chosen = search.results.first.get_attribute("href")
    search.box.press("Space")
    expect(search.page.locator(f'[role=option][href="{chosen}"]')).to_have_attribute("aria-selected", "true")
    search.page.wait_for_timeout(400)  # longer than the box waits for the next key
    expect(search.page.locator("[role=option][aria-selected=true]")).to_have_attribute("href", chosen)


def test_escape_closes_the_panel_and_keeps_the_query(search):
    search.fill("docker")
    search.box.press("Escape")
    expect(search.results.first).to_be_hidden()
    expect(search.box).to_have_attribute("aria-expanded", "false")
    expect(search.box).to_have_value("docker")


def test_escape_right_after_typing_keeps_the_panel_closed(search):
    search.fill("docker")
    search.box.press("s")
    search.box.press("Escape")
    search.page.wait_for_timeout(400)  # longer than the box waits for the next key
    expect(search.results.first).to_be_hidden()


def test_a_click_elsewhere_closes_the_panel(search):
    search.fill("docker")
    search.page.mouse.click(5, 700)
    expect(search.results.first).to_be_hidden()


def test_a_click_on_a_result_opens_it(search, repository):
    search.fill("EADDRINUSE")
    search.results.first.click()
    search.page.wait_for_url(f"{repository.url}node/eaddrinuse/")


def test_emptying_the_box_closes_the_panel(search):
    search.fill("docker")
    search.box.fill("")
    expect(search.box).to_have_attribute("aria-expanded", "false")


def test_where_nothing_is_found_the_panel_says_so_and_offers_nothing(search):
    search.type("zzyzxqwv")
    expect(search.status).to_contain_text(re.compile("nothing|no ", re.IGNORECASE))
    expect(search.results).to_have_count(0)


def test_results_that_lack_some_of_the_words_are_announced_as_the_closest(search):
    search.box.fill("EADDRINUSE zzyzxqwv")
    expect(search.status).to_contain_text("closest")
    expect(search.results.first).to_have_attribute("href", re.compile("/node/eaddrinuse/$"))


def test_a_query_of_markup_is_only_text(search):
    search.box.fill("<img src=x onerror=window.__xss=1> docker permission denied")
    expect(search.results.first).to_be_visible()
    assert search.page.evaluate("window.__xss") is None


def test_the_index_is_loaded_only_when_the_box_is_used(page, repository):
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{repository.url}git/src-refspec/", wait_until="networkidle")
    assert not [url for url in requests if "/search/" in url]


def test_the_box_of_the_home_page_finds_a_pasted_message(reader, repository):
    reader.goto(repository.url)
    reader.locator("#main").get_by_role("textbox").fill(
        "Error: listen EADDRINUSE: address already in use :::3000\n    at Server.setupListenHandle (net.js:1318:16)"
    )
    reader.get_by_role("button", name="Find the fix").click()
    found = reader.locator("#main form").get_by_role("link")
    expect(found.first).to_have_attribute("href", re.compile("/node/eaddrinuse/"))


def test_search_works_where_the_site_is_the_servers_root(reader, repository_at_root):
    reader.goto(f"{repository_at_root.url}tags/")
    search = Search(reader)
    search.fill("TS2322")
    search.results.first.click()
    reader.wait_for_url(f"{repository_at_root.url}typescript/ts2322/")


def test_search_works_on_the_page_for_missing_addresses(reader, repository):
    reader.goto(f"{repository.url}no/such/page/at/all/")
    search = Search(reader)
    search.fill("TS2322")
    search.results.first.click()
    reader.wait_for_url(f"{repository.url}typescript/ts2322/")
