"""Votes: a tap opens a prefilled form on GitHub, and this device remembers it."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def entry(page: Page, small) -> Page:
    """An entry's page in a browser for which GitHub is an empty page."""
    page.context.route("https://github.com/**", lambda route: route.fulfill(body="GitHub", content_type="text/html"))
    page.goto(f"{small.url}acme/port-taken/")
    return page


def vote(page: Page, name: str) -> Locator:
    return page.locator("[data-kb-votes]").get_by_role("link", name=name)


def tap(page: Page, name: str) -> str:
    """Tap a vote, and return the address that opened."""
    with page.expect_popup() as opened:
        vote(page, name).click()
    url = opened.value.url
    opened.value.close()
    return url


def is_marked(page: Page, name: str) -> bool:
    return vote(page, name).get_attribute("data-kb-voted") is not None


def becomes_marked(page: Page, name: str) -> None:
    """Wait for it: what a tap opens may be there before the page has noted the tap."""
    expect(vote(page, name)).to_have_attribute("data-kb-voted", re.compile(".*"))


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("Works", "works"),
        ("Easy fix", "easy_fix"),
        ("Time saver", "time_saver"),
        ("Blocking", "blocking"),
        ("Common issue", "common_issue"),
        ("Flaky / intermittent", "flaky"),
        ("Verified / reproducible", "verified"),
    ],
)
def test_a_vote_leads_to_a_form_filled_in_with_entry_and_signal(reader, small, name, signal):
    if reader.url != f"{small.url}acme/port-taken/":
        reader.goto(f"{small.url}acme/port-taken/")
    url = urlsplit(vote(reader, name).get_attribute("href"))
    assert (url.netloc, url.path) == ("github.com", "/fixes-example/small/issues/new")
    assert parse_qs(url.query) == {
        "template": ["vote.yml"],
        "title": [f"Vote: {name} acme/port-taken"],
        "entry": ["acme/port-taken"],
        "signal": [signal],
    }


@pytest.mark.parametrize(("name", "signal"), [("Yes it helped", "helpful"), ("No it did not help", "unhelpful")])
def test_a_quick_answer_leads_to_the_same_form(reader, small, name, signal):
    if reader.url != f"{small.url}acme/port-taken/":
        reader.goto(f"{small.url}acme/port-taken/")
    assert parse_qs(urlsplit(vote(reader, f"{name}: 0").get_attribute("href")).query) == {
        "template": ["vote.yml"],
        "title": [f"Vote: Helpful: {name.split()[0]} acme/port-taken"],
        "entry": ["acme/port-taken"],
        "signal": [signal],
    }


def test_the_page_says_before_a_tap_that_it_needs_an_account(reader, small):
    if reader.url != f"{small.url}acme/port-taken/":
        reader.goto(f"{small.url}acme/port-taken/")
    note = reader.locator("[data-kb-votes] > p").first
    expect(note).to_contain_text("You need an account there, and your vote counts once you send it.")


def test_a_tap_opens_the_form(entry):
    leads_to = vote(entry, "Works").get_attribute("href")
    assert tap(entry, "Works") == leads_to


def test_a_tap_is_remembered_after_a_reload(entry):
    tap(entry, "Blocking")
    entry.reload()
    expect(vote(entry, "Blocking")).to_have_attribute("data-kb-voted", "")


def test_a_tap_marks_only_its_own_vote(entry):
    tap(entry, "Blocking")
    assert (is_marked(entry, "Blocking"), is_marked(entry, "Works")) == (True, False)


def test_a_tap_is_remembered_for_its_entry_only(entry, small):
    tap(entry, "Works")
    entry.goto(f"{small.url}acme/quiet-exit/")
    assert not is_marked(entry, "Works")


def test_a_second_tap_takes_the_vote_back(entry):
    tap(entry, "Works")
    vote(entry, "Works").click()
    assert not is_marked(entry, "Works")
    entry.reload()
    assert not is_marked(entry, "Works")


def test_the_count_shown_stays_the_entrys(entry):
    tap(entry, "Works")
    expect(vote(entry, "Works")).to_contain_text("11")


def test_a_mark_is_announced(entry):
    tap(entry, "Works")
    told = "You opened this form on this device. Tap again to forget that."
    expect(vote(entry, "Works")).to_have_accessible_description(told)


def test_a_vote_can_be_cast_with_the_keyboard(entry):
    with entry.expect_popup():
        vote(entry, "Works").press("Enter")
    becomes_marked(entry, "Works")


def test_a_tap_before_what_remembers_it_is_loaded_is_remembered(page, small):
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/forms*.js", hold)
    page.context.route("https://github.com/**", lambda route: route.fulfill(body="GitHub", content_type="text/html"))
    page.goto(f"{small.url}acme/port-taken/")
    tap(page, "Works")
    assert not is_marked(page, "Works")
    (route,) = held
    route.continue_()
    becomes_marked(page, "Works")


def test_what_a_device_remembers_badly_counts_as_nothing(entry):
    entry.evaluate("localStorage.setItem('kb-votes', '{\"acme/port-taken\": 7, broken')")
    entry.reload()
    tap(entry, "Works")
    becomes_marked(entry, "Works")


def test_what_another_version_remembered_breaks_nothing(entry):
    entry.evaluate("localStorage.setItem('kb-votes', JSON.stringify({'acme/port-taken': 7}))")
    entry.reload()
    tap(entry, "Works")
    becomes_marked(entry, "Works")
