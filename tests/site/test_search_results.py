"""Searching in a reader's own words in a browser: Enter, the line of the fix, all results, and nothing known."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from built_sites import Site
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

SUDO = "have to use sudo for every docker command"
LONG = "my push is refused because the server has commits that are not on my computer"


class Header:
    """The box in the header, by roles."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.box = page.get_by_role("combobox", name="Search the fixes")
        self.panel = page.locator("#kb-search-panel")
        self.results = page.get_by_role("listbox", name="Results").get_by_role("option")
        self.status = self.panel.get_by_role("status")


class ResultsPage:
    """The page of all results, by roles."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page = page
        self.site = site
        main = page.get_by_role("main")
        self.box = main.get_by_role("searchbox")
        self.status = main.get_by_role("status")
        self.results = main.get_by_role("list").get_by_role("link")
        self.more = main.get_by_role("button", name="Show more")

    def open(self, query: str) -> "ResultsPage":
        self.page.goto(f"{self.site.url}search/?q={query}")
        return self

    def filter(self, name: str) -> Locator:
        return self.page.get_by_role("main").get_by_role("combobox", name=f"Filter by {name}")


@pytest.fixture
def header(reader: Page, repository) -> Header:
    reader.goto(f"{repository.url}git/src-refspec/")
    return Header(reader)


@pytest.fixture
def results(reader: Page, repository) -> ResultsPage:
    return ResultsPage(reader, repository)


@pytest.mark.parametrize("query", [SUDO, LONG, "pyhton virtual enviroment", "k8s cannot pull image"])
def test_plain_words_slips_and_short_names_find_a_page(header, query):
    header.box.press_sequentially(query)
    expect(header.results.first).to_be_visible()
    expect(header.status).not_to_contain_text("Nothing known")


def test_a_result_shows_a_line_of_its_fix(header):
    header.box.fill(SUDO)
    expect(header.results.first).to_contain_text("Join the docker group")


def test_enter_opens_the_first_result(header, repository):
    header.box.fill(SUDO)
    expect(header.results.first).to_be_visible()
    header.box.press("Enter")
    header.page.wait_for_url(f"{repository.url}docker/permission-denied-docker-socket/")


def test_enter_right_after_typing_opens_the_first_result_too(header, repository):
    header.box.press_sequentially("TS2322")
    header.box.press("Enter")
    header.page.wait_for_url(f"{repository.url}typescript/ts2322/")


def test_enter_on_the_home_page_opens_the_first_result(reader, repository):
    reader.goto(repository.url)
    box = reader.locator("#main").get_by_role("textbox")
    box.fill(SUDO)
    box.press("Enter")
    reader.wait_for_url(f"{repository.url}docker/permission-denied-docker-socket/")


def test_enter_where_nothing_is_known_leads_to_the_page_that_says_how_to_go_on(header, repository):
    header.box.fill("SOAP")
    expect(header.status).to_contain_text("Nothing known")
    header.box.press("Enter")
    header.page.wait_for_url(f"{repository.url}search/#q=SOAP")
    expect(header.page.get_by_role("main").get_by_role("status")).to_contain_text("Nothing known")


@pytest.mark.parametrize("query", ["451", "bake bread", "TS9999"])
def test_where_nothing_is_known_there_are_ways_on_and_no_results(header, query):
    header.box.fill(query)
    expect(header.status).to_contain_text("Nothing known")
    expect(header.results).to_have_count(0)
    ways = header.panel.get_by_role("link")
    expect(ways.filter(has_text="products")).to_be_visible()
    expect(ways.filter(has_text="match it")).to_be_visible()
    add = ways.filter(has_text="Add this error")
    assert parse_qs(urlsplit(add.get_attribute("href")).query)["error"] == [query]


def test_a_number_that_a_few_pages_hold_is_not_said_to_be_known(header):
    header.box.fill("318")
    expect(header.status).to_contain_text("Nothing known")
    assert header.results.count() <= 3
    expect(header.panel.get_by_role("link").filter(has_text="match it")).to_be_visible()


def test_a_word_that_no_page_has_is_named(header):
    header.box.fill("EADDRINUSE address already in use port zzyzxqwv")
    expect(header.status).to_have_text("No page has “zzyzxqwv”. The closest:")


def test_the_header_leads_to_all_results_where_it_shows_only_some(header):
    header.box.fill("error")
    all_results = header.panel.get_by_role("link", name=re.compile(r"All \d+ results"))
    expect(all_results).to_have_attribute("href", re.compile(r"/search/#q=error$"))
    all_results.click()
    expect(header.page.get_by_role("main").get_by_role("list").get_by_role("link").first).to_be_visible()


def test_the_page_of_all_results_reads_its_address(results):
    results.open("docker+socket+permission")
    expect(results.box).to_have_value("docker socket permission")
    expect(results.results.first).to_have_attribute("href", re.compile("/docker/permission-denied-docker-socket/$"))


def test_other_words_come_into_the_address_when_their_reader_asks_for_a_link(results):
    results.open("docker")
    results.box.fill("unrelated histories")
    expect(results.results.first).to_have_attribute("href", re.compile("/git/unrelated-histories/$"))
    address = urlsplit(results.page.url)
    assert (address.query, address.fragment) == ("", "")
    results.page.get_by_role("button", name="Link to this search").click()
    results.page.wait_for_url("**/search/#*")
    assert parse_qs(urlsplit(results.page.url).fragment) == {"q": ["unrelated histories"]}


def test_the_page_of_all_results_shows_more_on_request(results):
    results.open("error")
    expect(results.results).to_have_count(20)
    results.more.click()
    expect(results.results).to_have_count(40)
    expect(results.results.nth(20)).to_be_focused()


def test_the_page_of_all_results_has_filters(results):
    results.open("permission+denied")
    expect(results.results.first).to_be_visible()
    results.filter("product").select_option("OpenSSH")
    others = results.page.locator(":not([href*='/ssh/'])")
    expect(results.results.and_(others)).to_have_count(0)
    expect(results.results.first).to_have_attribute("href", re.compile("/ssh/"))


def test_the_page_without_words_asks_for_some(results):
    results.open("")
    expect(results.status).to_contain_text("Type a code")
    expect(results.results).to_have_count(0)


def test_words_in_the_address_stay_text(results):
    results.open("<img src=x onerror=window.__xss=1> docker permission denied")
    expect(results.results.first).to_be_visible()
    assert results.page.evaluate("window.__xss") is None


def test_without_javascript_the_page_says_how_to_go_on(browser: Browser, repository):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{repository.url}search/#q=docker")
    assert "kb search" in page.locator("#main noscript").inner_text()
    expect(page.locator("#main form")).to_be_hidden()
    context.close()


def test_the_box_works_while_a_file_of_the_index_is_missing_for_a_moment(page, repository):
    page.route("**/search/index/terms/*", lambda route: route.abort())
    page.goto(f"{repository.url}git/src-refspec/")
    header = Header(page)
    header.box.fill("docker")
    expect(header.status).to_contain_text("could not be loaded")
    page.unroute("**/search/index/terms/*")
    header.box.fill("docker socket")
    expect(header.results.first).to_be_visible()
