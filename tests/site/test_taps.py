"""Taps: a reader's votes on a site with a collector, from a real one, as seen in Chromium."""

import gzip
import json
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from axe import violations_by_scheme
from built_sites import KNOWLEDGE_BASES, Site, build, served
from collector_server import Server, start
from playwright.sync_api import Browser, Locator, Page, Response, Route, expect

from kb.entry import VOTE_SIGNALS

pytestmark = pytest.mark.browser

ENTRY = "acme/port-taken"
WORKAROUND = "serve-on-another-port"


class Counted(NamedTuple):
    """A site whose pages send taps, and the collector that counts them."""

    site: Site
    url: str
    server: Server

    def page(self, page: Page, entry: str = ENTRY) -> Page:
        page.goto(f"{self.site.url}{entry}/")
        return page

    def counts(self, entry: str = ENTRY) -> dict[str, int]:
        """What the collector has: signal, or `works@` with a workaround -> count."""
        answer = self.server.reader().ask("GET", f"/v1/counts/{entry}").json
        of_workarounds = {f"works@{key}": count["works"] for key, count in answer["workarounds"].items()}
        return answer["counts"] | of_workarounds


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def counted(folder: Path) -> Iterator[Counted]:
    """The small site with a collector: built to send taps to a port, at which the collector of its pages listens."""
    port = free_port()
    config = (KNOWLEDGE_BASES / "small/mkdocs.yml").read_text("utf-8")
    source = folder / "small"
    source.mkdir()
    (source / "entries").symlink_to(KNOWLEDGE_BASES / "small/entries")
    (source / "mkdocs.yml").write_text(f"{config.rstrip()}\n    votes_url: http://127.0.0.1:{port}/\n", "utf-8")
    finished = build(source / "mkdocs.yml", folder / "site")
    assert finished.code == 0, finished.output
    with served(finished.folder) as site:
        server = start(folder, str(folder / "votes.db"), "--origin", site.url.rstrip("/"), "--port", str(port))
        try:
            yield Counted(site, f"http://127.0.0.1:{port}", server)
        finally:
            server.kill()


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Iterator[Counted]:
    with counted(tmp_path_factory.mktemp("taps")) as found:
        yield found


@pytest.fixture
def entry(page: Page, base: Counted) -> Page:
    """An entry's page in a browser that has said nothing yet, its counts loaded."""
    with page.expect_response(re.compile("/v1/counts/")):
        base.page(page)
    return page


def vote(page: Page, name: str = "Works") -> Locator:
    return page.locator("[data-kb-votes]").get_by_role("button", name=name)


def worked(page: Page, number: int) -> Locator:
    return page.get_by_role("button", name="This one worked").nth(number - 1)


def shown(button: Locator) -> int:
    return int(button.locator("b").inner_text())


def expect_told(page: Page, words: str) -> None:
    expect(page.locator("[data-kb-told]")).to_contain_text(words)


@pytest.mark.parametrize(("name", "signal"), [(each.label, each.name) for each in VOTE_SIGNALS])
def test_a_tap_is_counted_and_a_second_one_takes_it_back(entry, base, name, signal):
    before, was = base.counts().get(signal, 0), shown(vote(entry, name))
    vote(entry, name).click()
    assert shown(vote(entry, name)) == was + 1
    expect_told(entry, "Counted. Thank you!")
    assert base.counts()[signal] == before + 1
    vote(entry, name).click()
    expect_told(entry, "Taken back.")
    assert (base.counts().get(signal, 0), shown(vote(entry, name))) == (before, was)


def test_yes_takes_a_no_back(entry, base):
    before = base.counts()
    vote(entry, "No it did not help").click()
    expect_told(entry, "Counted. Thank you!")
    vote(entry, "Yes it helped").click()
    expect(vote(entry, "Yes it helped")).to_have_attribute("title", "You said this. Tap again to take it back.")
    expect(vote(entry, "No it did not help")).to_have_attribute("aria-pressed", "false")
    after = base.counts()
    assert (after["helpful"], after.get("unhelpful", 0)) == (before.get("helpful", 0) + 1, before.get("unhelpful", 0))


def test_a_workaround_has_a_count_of_its_own(entry, base):
    before = base.counts()
    worked(entry, 2).click()
    expect_told(entry, "Counted. Thank you!")
    after = base.counts()
    assert after[f"works@{WORKAROUND}"] == before.get(f"works@{WORKAROUND}", 0) + 1
    assert after.get("works", 0) == before.get("works", 0)
    assert (shown(worked(entry, 1)), shown(worked(entry, 2))) == (0, after[f"works@{WORKAROUND}"])


def test_the_buttons_stand_right_after_the_workarounds_with_yes_and_no_first(entry):
    headings = entry.locator(".kb-entry > section > h2").all_inner_texts()
    assert headings[headings.index("Workarounds") + 1] == "Did this help?"
    names = entry.locator("[data-kb-votes] button").all_inner_texts()
    assert [name.split()[0] for name in names[:2]] == ["Yes", "No"]


def test_a_tap_can_be_made_with_the_keyboard(entry):
    vote(entry, "Blocking").press("Enter")
    expect_told(entry, "Counted. Thank you!")
    expect(vote(entry, "Blocking")).to_have_attribute("aria-pressed", "true")


def test_a_reload_shows_what_was_said_and_counts_it_once(entry, base):
    vote(entry, "Works").click()
    expect_told(entry, "Counted. Thank you!")
    after, count = shown(vote(entry, "Works")), base.counts()["works"]
    with entry.expect_response(re.compile("/v1/counts/")):
        entry.reload()
    expect(vote(entry, "Works")).to_have_attribute("aria-pressed", "true")
    assert (shown(vote(entry, "Works")), base.counts()["works"]) == (after, count)


def test_the_votes_of_accounts_are_added_to_those_of_readers(entry, base):
    assert shown(vote(entry, "Time saver")) == 13 + base.counts().get("time_saver", 0)


def test_a_tap_without_a_connection_waits_and_is_sent_when_there_is_one(entry, base):
    before = base.counts().get("flaky", 0)
    entry.context.set_offline(True)
    vote(entry, "Flaky").click()
    expect_told(entry, "Your tap is kept on this device and sent later.")
    expect(vote(entry, "Flaky")).to_have_attribute("title", "Not sent yet. Tap again to take it back.")
    assert base.counts().get("flaky", 0) == before
    entry.context.set_offline(False)
    expect_told(entry, "Sent.")
    expect(vote(entry, "Flaky")).to_have_attribute("title", "You said this. Tap again to take it back.")
    assert base.counts()["flaky"] == before + 1


def test_a_tap_that_waits_is_sent_from_any_page_that_is_opened_later(entry, base):
    before = base.counts().get("verified", 0)
    entry.route("**/v1/votes", lambda route: route.abort())
    vote(entry, "Verified").click()
    expect_told(entry, "The counter can't be reached.")
    entry.unroute("**/v1/votes")
    with entry.expect_response("**/v1/votes") as sent:
        entry.goto(base.site.url)
    assert sent.value.ok
    assert base.counts()["verified"] == before + 1


def test_what_was_taken_back_before_it_was_sent_is_never_sent(entry, base):
    before = base.counts().get("common_issue", 0)
    entry.context.set_offline(True)
    vote(entry, "Common issue").click()
    expect_told(entry, "Your tap is kept")
    vote(entry, "Common issue").click()
    expect(vote(entry, "Common issue")).to_have_attribute("aria-pressed", "false")
    entry.context.set_offline(False)
    requests: list[str] = []
    entry.on("request", lambda request: requests.append(request.method + request.url))
    with entry.expect_response(re.compile("/v1/counts/")):
        entry.reload()
    assert [each for each in requests if each.startswith("POST")] == []
    assert base.counts().get("common_issue", 0) == before


def refusing(route: Route, base: Counted, status: int, message: str, **headers: str) -> None:
    """Answer as the collector does when it refuses."""
    allowed = {"Access-Control-Allow-Origin": base.site.url.rstrip("/"), "Access-Control-Expose-Headers": "Retry-After"}
    body = json.dumps({"error": "word", "message": message})
    route.fulfill(status=status, headers=allowed | headers, content_type="application/json", body=body)


def test_a_refusal_is_told_and_the_tap_is_sent_after_the_pause_that_was_asked_for(entry, base):
    before = base.counts().get("easy_fix", 0)
    pattern = "**/v1/votes"
    entry.route(pattern, lambda route: refusing(route, base, 429, "There were too many votes.", **{"Retry-After": "1"}))
    vote(entry, "Easy fix").click()
    expect_told(entry, "There were too many votes. Your tap is kept on this device and sent later.")
    entry.unroute(pattern)
    expect_told(entry, "Sent.")
    assert base.counts()["easy_fix"] == before + 1


def test_what_one_tap_is_refused_for_keeps_no_other_from_being_sent(entry, base):
    def answer(route: Route) -> None:
        if route.request.post_data_json["signal"] == "blocking":
            refusing(route, base, 404, "The site has no such entry.")
        else:
            route.continue_()

    entry.route("**/v1/votes", answer)
    vote(entry, "Blocking").click()
    expect_told(entry, "The site has no such entry.")
    vote(entry, "Works").click()
    expect(vote(entry, "Works")).to_have_attribute("title", "You said this. Tap again to take it back.")
    expect(vote(entry, "Blocking")).to_have_attribute("title", "Not sent yet. Tap again to take it back.")


def test_what_a_collector_says_is_text_and_no_elements(entry, base):
    entry.route("**/v1/votes", lambda route: refusing(route, base, 400, "<img src=x onerror=alert(1)>"))
    vote(entry, "Works").click()
    expect_told(entry, "<img src=x onerror=alert(1)>")
    assert entry.locator("[data-kb-told] img").count() == 0


def test_a_tap_whose_answer_was_lost_can_be_taken_back(entry, base):
    before = base.counts().get("blocking", 0)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    entry.route("**/v1/votes", lose)
    vote(entry, "Blocking").click()
    expect_told(entry, "The counter can't be reached. Your tap is kept")
    assert base.counts()["blocking"] == before + 1
    entry.unroute("**/v1/votes")
    vote(entry, "Blocking").click()
    expect_told(entry, "Taken back.")
    assert base.counts().get("blocking", 0) == before


def test_a_store_that_is_full_by_now_keeps_no_tap_from_being_counted(entry, base):
    vote(entry, "Works").click()
    expect_told(entry, "Counted. Thank you!")
    before = base.counts().get("flaky", 0)
    entry.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') } }")
    vote(entry, "Flaky").click()
    expect(vote(entry, "Flaky")).to_have_attribute("title", "You said this. Tap again to take it back.")
    assert base.counts()["flaky"] == before + 1


def test_what_another_entrys_tap_is_refused_for_is_not_told_here(entry, base):
    tap = {"said": "true", "sent": "", "receipt": "", "at": 9e12}
    kept = json.dumps({"token": "0" * 32, "entries": {"acme/gone": {"works": tap}}})
    entry.evaluate("kept => localStorage.setItem('kb-taps:/', kept)", kept)
    entry.reload()
    vote(entry, "Easy fix").click()
    expect_told(entry, "Counted. Thank you!")


def test_what_was_said_under_a_former_id_is_said_of_the_entry(entry, base):
    tap = {"said": "true", "sent": "true", "receipt": "0" * 32, "at": 1}
    kept = json.dumps({"token": "0" * 32, "entries": {"acme/address-in-use": {"blocking": tap}}})
    entry.evaluate("kept => localStorage.setItem('kb-taps:/', kept)", kept)
    entry.reload()
    expect(vote(entry, "Blocking")).to_have_attribute("title", "You said this. Tap again to take it back.")
    assert json.loads(entry.evaluate("localStorage.getItem('kb-taps:/')"))["entries"] == {ENTRY: {"blocking": tap}}


def test_two_tabs_show_the_same_and_send_each_tap_once(entry, base):
    other = base.page(entry.context.new_page())
    before = base.counts().get("works", 0)
    vote(entry, "Works").click()
    expect(vote(other, "Works")).to_have_attribute("aria-pressed", "true")
    expect_told(entry, "Counted. Thank you!")
    vote(other, "Works").click()
    expect(vote(entry, "Works")).to_have_attribute("aria-pressed", "false")
    expect_told(other, "Taken back.")
    assert base.counts().get("works", 0) == before


def test_quick_taps_come_to_what_was_said_last(entry, base):
    before = base.counts().get("works", 0)
    for _ in range(5):
        vote(entry, "Works").click()
    expect_told(entry, "Counted. Thank you!")
    expect(vote(entry, "Works")).to_have_attribute("title", "You said this. Tap again to take it back.")
    assert base.counts()["works"] == before + 1


@pytest.mark.parametrize(
    "kept",
    ["7", "{", '{"entries": {"acme/port-taken": 7}}', '{"entries": {"acme/port-taken": {"works": {"said": 1}}}}'],
)
def test_what_a_device_keeps_badly_counts_as_nothing(entry, base, kept):
    entry.evaluate("kept => localStorage.setItem('kb-taps:/', kept)", kept)
    entry.reload()
    expect(vote(entry, "Works")).to_have_attribute("aria-pressed", "false")
    vote(entry, "Works").click()
    expect_told(entry, "Counted. Thank you!")


def test_a_browser_that_keeps_nothing_can_vote_all_the_same(page, base):
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    base.page(page)
    expect(vote(page, "Works")).to_have_attribute("aria-pressed", "false")  # until then it is a form
    before = base.counts().get("works", 0)
    vote(page, "Works").click()
    expect_told(page, "Counted. Thank you!")
    vote(page, "Works").click()
    expect_told(page, "Taken back.")
    assert base.counts().get("works", 0) == before


def test_nothing_is_kept_or_sent_before_a_tap(entry):
    assert entry.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('kb-'))") == []


def test_counts_that_come_late_move_nothing(page, base):
    held: list[Route] = []
    page.route("**/v1/counts/**", lambda route: held.append(route))  # noqa: PLW0108 - it takes no built-in
    base.page(page)
    expect(vote(page, "Works")).to_have_attribute("aria-pressed", "false")
    tops = "[...document.querySelectorAll('h2, h3, .kb-tap, .kb-vote')].map((e) => [e.offsetTop, e.offsetHeight])"
    before = page.evaluate(tops)
    body = {"counts": {"works": 9876, "helpful": 54}, "workarounds": {WORKAROUND: {"works": 321}}}
    allowed = {"Access-Control-Allow-Origin": "*"}
    held[0].fulfill(content_type="application/json", headers=allowed, body=json.dumps(body))
    expect(worked(page, 2)).to_contain_text("321")
    assert shown(vote(page, "Works")) == 11 + 9876
    assert page.evaluate(tops) == before


def test_without_javascript_a_form_votes_and_takes_back(browser: Browser, base):
    context = browser.new_context(java_script_enabled=False)
    page = base.page(context.new_page())
    before = base.counts()
    vote(page, "Time saver").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert base.counts()["time_saver"] == before.get("time_saver", 0) + 1
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("heading", name="Taken back")).to_be_visible()
    assert base.counts().get("time_saver", 0) == before.get("time_saver", 0)
    base.page(page)
    vote(page, "Yes it helped").click()
    expect(page.get_by_text("is counted")).to_be_visible()
    base.page(page)
    worked(page, 1).click()
    expect(page.get_by_text("is counted")).to_be_visible()
    after = base.counts()
    assert after["helpful"] == before.get("helpful", 0) + 1
    assert sum(key.startswith("works@stop-the") for key in after) == 1
    context.close()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_axe_finds_nothing_where_taps_are_said_and_wait(browser: Browser, base, width, height):
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page = base.page(context.new_page())
    expect(vote(page, "Works")).to_have_attribute("aria-pressed", "false")
    vote(page, "Works").click()
    expect_told(page, "Counted. Thank you!")
    context.set_offline(True)
    worked(page, 1).click()
    expect_told(page, "Your tap is kept")
    assert violations_by_scheme(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = page.locator(".kb-tap, .kb-vote").evaluate_all("all => all.map((e) => e.getBoundingClientRect().height)")
    assert min(sizes) >= 44
    context.close()


def test_the_policy_allows_the_collector_and_no_other_server(base):
    html = base.site.html(f"{ENTRY}/")
    assert f"connect-src 'self' {base.url};" in html
    assert f"form-action {base.url}" in html


def loaded(page: Page, url: str) -> int:
    """What an entry's page weighs, in bytes, each file compressed as a host does it."""
    responses: list[Response] = []
    collect = lambda response: responses.append(response)  # noqa: E731, PLW0108 - it takes no built-in
    page.on("response", collect)
    page.goto(url, wait_until="networkidle")
    page.remove_listener("response", collect)
    return sum(len(gzip.compress(response.body())) for response in responses if response.ok)


def test_a_page_weighs_little_more_with_a_collector(page, small, base):
    without = loaded(page, f"{small.url}{ENTRY}/")
    assert loaded(page, f"{base.site.url}{ENTRY}/") - without <= 2_048


def paste_unknown(page: Page, base: Counted) -> Locator:
    page.goto(f"{base.site.url}match/")
    page.get_by_placeholder("The error, a log, or words from it").fill(
        "fluxer: capacitor overheated in '/home/me/plans.txt'\nuser alice may not cool it, code 77"
    )
    page.get_by_role("button", name="Find the fix").click()
    return page.get_by_role("button", name="Tell the keepers")


def test_an_unknown_error_is_told_without_its_values_and_only_on_a_press(page, base):
    sent: list[object] = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.post_data_json))
    button = paste_unknown(page, base)
    expect(button).to_be_visible()
    assert sent == []
    words = "fluxer capacitor overheated in * user * may not cool it code *"
    expect(page.get_by_text(words, exact=True)).to_be_visible()
    button.click()
    expect(page.get_by_role("status").filter(has_text="Told.")).to_be_visible()
    assert [each["skeleton"] for each in sent] == [words]


def test_a_wish_that_can_not_be_told_says_so_and_can_be_told_again(page, base):
    page.route("**/v1/missing", lambda route: route.abort())
    button = paste_unknown(page, base)
    button.click()
    expect(page.get_by_text("Not told: the counter can't be reached.")).to_be_visible()
    expect(button).to_be_enabled()


def test_a_site_without_a_collector_offers_to_tell_nobody(page, small):
    page.goto(f"{small.url}match/")
    page.get_by_placeholder("The error, a log, or words from it").fill("fluxer: capacitor overheated\nmay not cool it")
    page.get_by_role("button", name="Find the fix").click()
    expect(page.get_by_role("link", name="Add this error")).to_be_visible()
    expect(page.get_by_role("button", name="Tell the keepers")).to_have_count(0)
