"""One bad record hides no other: of an index, a fix, or a page of the search, as a browser meets them."""

import json
import re
from collections.abc import Callable

import pytest
from built_sites import Site
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

OTHER = "fatal: refusing to merge unrelated histories"
BOTH = f"Error: listen EADDRINUSE: address already in use :::3000\n\n{OTHER}\n"
MALFORMED = '<p>Read <a href="https://[">the manual</a> and <a href="../unrelated-histories/">this</a>.</p>'


def change(page: Page, site: Site, files: str, spoil: Callable[[str], str]) -> None:
    """Let the browser get other files than the site has."""

    def answer(route: Route) -> None:
        file = site.folder / route.request.url.removeprefix(site.url)
        route.fulfill(body=spoil(file.read_text("utf-8")), content_type="application/json")

    page.route(re.compile(files), answer)


def spoilt_fix(**parts: object) -> Callable[[str], str]:
    """A change of one entry's fix: of the first of two answers."""

    def spoil(content: str) -> str:
        shard = json.loads(content)
        if "node/eaddrinuse" in shard:
            shard["node/eaddrinuse"] = shard["node/eaddrinuse"] | parts if parts else None
        return json.dumps(shard)

    return spoil


FIXES = {
    "a malformed link": spoilt_fix(html=MALFORMED),
    "no record": spoilt_fix(),
    "parts of another type": spoilt_fix(html=7, title=None),
    "no JSON": lambda content: "{" if "node/eaddrinuse" in content else content,
}


@pytest.mark.parametrize("spoil", FIXES.values(), ids=FIXES)
def test_a_bad_fix_hides_no_answer(page: Page, repository, spoil):
    change(page, repository, r"/match/fixes/\d+\.json$", spoil)
    page.goto(f"{repository.url}match/")
    form = page.get_by_role("main").get_by_role("search")
    form.get_by_role("textbox").fill(BOTH)
    expect(form.get_by_role("article").filter(has_text="Exact match")).to_have_count(2)
    links = form.get_by_role("article").get_by_role("heading", level=3).get_by_role("link")
    hrefs = sorted(link.get_attribute("href") for link in links.all())
    assert [href.split("#")[0].removeprefix(repository.url) for href in hrefs] == [
        "git/unrelated-histories/",
        "node/eaddrinuse/",
    ]


def test_an_answer_without_its_fix_says_so_and_leads_to_the_page(page: Page, repository):
    change(page, repository, r"/match/fixes/\d+\.json$", spoilt_fix())
    page.goto(f"{repository.url}match/")
    form = page.get_by_role("main").get_by_role("search")
    form.get_by_role("textbox").fill(BOTH)
    answer = form.get_by_role("article").filter(has_text="The fix could not be loaded.")
    expect(answer.get_by_role("link", name="Open its page")).to_have_attribute("href", re.compile("/node/eaddrinuse/"))


def test_of_a_malformed_link_the_text_stays_and_other_links_work(page: Page, repository):
    change(page, repository, r"/match/fixes/\d+\.json$", spoilt_fix(html=MALFORMED))
    page.goto(f"{repository.url}match/")
    form = page.get_by_role("main").get_by_role("search")
    form.get_by_role("textbox").fill(BOTH)
    steps = form.get_by_role("article").filter(has_text="Read the manual").locator(".kb-workaround .kb-prose")
    expect(steps).to_have_text("Read the manual and this.")
    expect(steps.get_by_role("link")).to_have_count(1)


SHARDS = {
    "a record that is none": lambda content: json.dumps(
        {
            key: [each if each[1] != "node/eaddrinuse" else [None, 7] for each in listed]
            for key, listed in json.loads(content).items()
        }
    ),
    "a signature of another type": lambda content: json.dumps(
        {
            key: [each if each[1] != "node/eaddrinuse" else [each[0], each[1], 7, each[3]] for each in listed]
            for key, listed in json.loads(content).items()
        }
    ),
}


@pytest.mark.parametrize("spoil", SHARDS.values(), ids=SHARDS)
def test_a_bad_record_of_the_index_hides_no_other_answer(page: Page, repository, spoil):
    change(page, repository, r"/match/index/shards/\d+\.json$", spoil)
    page.goto(f"{repository.url}match/")
    form = page.get_by_role("main").get_by_role("search")
    form.get_by_role("textbox").fill(BOTH)
    expect(form.get_by_role("article").filter(has_text="unrelated").first).to_contain_text("Exact match")


def test_an_index_of_which_no_part_can_be_read_is_said_not_to_answer(page: Page, repository):
    change(page, repository, r"/match/index/shards/\d+\.json$", lambda _: "{")
    page.goto(f"{repository.url}match/")
    form = page.get_by_role("main").get_by_role("search")
    form.get_by_role("textbox").fill(BOTH)
    expect(form.get_by_role("status")).to_contain_text("The index could not be loaded")


BLOCKS: dict[str, Callable[[str], str]] = {
    "no JSON": lambda content: "{",
    "no record": lambda content: json.dumps([None for _ in json.loads(content)]),
    "a record of another type": lambda content: json.dumps([{"id": 7} for _ in json.loads(content)]),
    "a record without a title": lambda content: json.dumps([each | {"title": None} for each in json.loads(content)]),
}


@pytest.mark.parametrize("spoil", BLOCKS.values(), ids=BLOCKS)
def test_entries_of_the_search_that_can_not_be_read_hide_no_others(page: Page, repository, spoil):
    def spoil_one(content: str) -> str:
        return spoil(content) if '"node/eaddrinuse"' in content else content

    change(page, repository, r"/search/index/entries/\d+\.json$", spoil_one)
    page.goto(f"{repository.url}git/src-refspec/")
    page.get_by_role("combobox", name="Search the fixes").fill("address already in use")
    expect(page.get_by_role("listbox", name="Results").get_by_role("option").first).to_be_visible()
    expect(page.get_by_role("search").get_by_role("status")).to_contain_text("more could not be shown")


def test_a_part_of_a_page_that_fails_stops_no_other(page: Page, repository):
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }});")
    page.add_init_script("document.createTreeWalker = () => { throw new Error('no') };")
    page.goto(f"{repository.url}node/eaddrinuse/#fill:port=3000")
    page.get_by_role("combobox", name="Search the fixes").press_sequentially("unrelated histories", delay=10)
    expect(page.get_by_role("listbox", name="Results").get_by_role("option").first).to_be_visible()
