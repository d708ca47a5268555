"""The issue report page, in a browser, with GitHub's API redirected to the stand-in."""

import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from axe import violations_by_scheme
from built_sites import ROOT, Site, build, files_of, served
from playwright.sync_api import Browser, Page, expect

from kb.github.report import to_markdown

sys.path.append(str(ROOT / "tests/github"))  # where the stand-in lives

from answering import PROSE, TAKEN, kb
from documented import closed, commented, cross_referenced, labeled
from stand_in import CUT, Fault, Reply, StandIn, serve, server_error, slow, too_fast, used_up

pytestmark = pytest.mark.browser

REF = "acme/app#12"
KNOWN = "Error: listen EADDRINUSE: address already in use 127.0.0.1:3000"
HOSTILE = '<img src=x onerror="window.__xss = 1"> **loud** @everyone <script>window.__xss = 2</script>'


@pytest.fixture(scope="module")
def api() -> Iterator[StandIn]:
    """A GitHub on loopback, which the tests of this module share."""
    with serve() as running:
        yield running


@pytest.fixture(scope="module")
def knowledge_base(api, new_folder) -> Path:
    """A knowledge base with an entry about a port in use, whose report page asks the stand-in."""
    entries = new_folder()
    entries.entry("pip/taken.md", PROSE, title="Port in use", signatures=[{"text": TAKEN}])
    entries.entry("git/other.md")
    settings = {
        "site_name": "Fixes",
        "site_url": "https://fixes.example/known-fixes/",
        "docs_dir": "entries",
        "theme": {"name": "kb"},
        "plugins": {"kb": {"github_api": api.url}},
    }
    config = entries.root.parent / "mkdocs.yml"
    config.write_text(yaml.safe_dump(settings), "utf-8")
    return config.parent


@pytest.fixture(scope="module")
def site(knowledge_base) -> Iterator[Site]:
    finished = build(knowledge_base / "mkdocs.yml", knowledge_base / "site")
    assert finished.code == 0, finished.output
    with served(finished.folder, "/known-fixes/") as running:
        yield running


@pytest.fixture
def github(api) -> StandIn:
    """The stand-in with an issue, one that it mentions, one that mentions it, and the pull request that closes it."""
    for held in (api.issues, api.events, api.moved, api.deleted, api.requests, api.faults):
        held.clear()
    api.token = ""
    fix = api.add("acme/app#20", title="Free the port", body="Fixes #12", pull=True, merged=True)
    api.add("acme/app#5", title=HOSTILE)
    later = api.add("acme/app#40", title="Again", body="Duplicate of #12, like other/app#1")
    api.add("other/app#1", title="Far away")
    events = [
        labeled("bug"), commented("As in #5, @rosa"), cross_referenced(fix), cross_referenced(later), closed(),
    ]  # fmt: skip
    body = f"### What happened?\n\nIt broke.\n\n```\n{KNOWN}\n```\n\n### Version\n\n2.1\n"
    api.add(REF, title="Does not start", body=body, labels=("bug",), state="closed", events=events)
    return api


@pytest.fixture
def form(page: Page, site, github) -> Page:
    page.goto(f"{site.url}report/")
    expect(page.get_by_role("button", name="Make the report")).to_be_enabled()
    return page


def ask(page: Page, ref: str = REF) -> None:
    page.get_by_label("Address of an issue").fill(ref)
    page.get_by_role("button", name="Make the report").click()


def made(page: Page, ref: str = REF) -> Page:
    """The page when its report is there."""
    ask(page, ref)
    expect(page.get_by_role("heading", name="Does not start")).to_be_visible()
    return page


def status(page: Page):
    return page.locator("#kb-report-status")


def downloaded(page: Page, button: str) -> str:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return Path(waiting.value.path()).read_text("utf-8")


def test_nothing_is_asked_before_the_reader_asks(form, github):
    form.get_by_label("Address of an issue").fill(REF)
    form.wait_for_timeout(200)
    assert github.requests == []


@pytest.mark.parametrize(
    "ref", [REF, "https://github.com/acme/app/issues/12", " https://github.com/Acme/app/issues/12#issuecomment-1 "]
)
def test_a_reference_and_an_address_both_lead_to_a_report(form, ref):
    made(form, ref)
    linked = form.locator(".kb-report__linked li")
    expect(linked).to_have_count(3)
    expect(linked.filter(has_text="Free the port")).to_contain_text(
        "merged acme/app#20 Free the port (pull request, closes this)"
    )
    expect(form.locator(".kb-graph__node")).to_have_count(4)
    expect(form.locator(".kb-graph__edge--closes")).to_have_count(1)
    assert form.url.lower().endswith("/report/#acme/app#12")


def test_the_report_says_what_this_knowledge_base_knows(form, site):
    made(form)
    answer = form.locator(".kb-answer").first
    expect(answer).to_contain_text("Exact match")
    expect(answer.get_by_role("link").first).to_have_attribute("href", re.compile(f"^{re.escape(site.url)}pip/taken/"))


@pytest.mark.parametrize("depth", ["1", "2"])
def test_browser_and_command_line_make_the_same_report(form, site, github, knowledge_base, depth):
    form.locator(f"[name=kb-report-depth][value='{depth}']").check()
    made(form)
    in_browser = json.loads(downloaded(form, "Download JSON"))
    url = re.sub(r"[^/]+/[^/]+/$", "", in_browser["known"][0]["url"])
    arguments = ("report", REF, "--depth", depth, "--format", "json", "--site", str(site.folder), "--url", url)
    finished = kb(*arguments, folder=knowledge_base, GITHUB_API_URL=github.url)
    assert finished.returncode == 0, finished.stderr
    in_terminal = json.loads(finished.stdout)
    assert in_browser | {"fetched": ""} == in_terminal | {"fetched": ""}
    assert downloaded(form, "Download Markdown") == to_markdown(in_browser)


def test_two_steps_are_followed_where_the_reader_wants_them(form):
    form.get_by_label("And what is linked with that").check()
    made(form)
    expect(form.locator(".kb-report__linked li").filter(has_text="Far away")).to_contain_text("further away")


def test_markdown_is_copied(browser: Browser, site, github):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site.url}report/")
    made(page).get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("# Does not start\n")
    context.close()


def test_hostile_text_stays_text(form):
    complaints: list[str] = []
    form.on("console", lambda message: complaints.append(message.text))
    made(form)
    expect(form.locator(".kb-report__linked li").filter(has_text="onerror")).to_have_count(1)
    assert form.locator("[data-kb-report-result]").locator("img, script, [onerror]").count() == 0
    assert form.evaluate("window.__xss") is None
    assert complaints == []


def test_a_keyboard_is_enough(form):
    form.get_by_label("Address of an issue").focus()
    form.keyboard.type(REF)
    form.keyboard.press("Enter")
    expect(form.get_by_role("heading", name="Does not start")).to_be_focused()


def test_the_token_is_sent_and_kept_nowhere(form, site, github):
    github.token = "ghp_example"
    form.get_by_text("Your own token").click()
    form.get_by_label("Token", exact=True).fill("ghp_example")
    made(form)
    asked = [request for request in github.requests if request.method == "GET"]
    assert {request.headers["authorization"] for request in asked} == {"Bearer ghp_example"}
    kept = "JSON.stringify([location.href, document.cookie, {...localStorage}, {...sessionStorage}])"
    assert "ghp_example" not in form.evaluate(kept)
    assert "ghp_example" not in downloaded(form, "Download JSON")
    form.reload()
    assert form.locator("#kb-report-token").input_value() == ""


def test_without_a_token_none_is_sent(form, github):
    made(form)
    assert [request for request in github.requests if "authorization" in request.headers] == []


@pytest.mark.parametrize(
    ("faults", "told"),
    [([used_up(1800)], r"takes no more requests from you until \d"), ([too_fast(30)], "a pause of 30 seconds"),
     ([too_fast(None, 403)], "a pause of 60 seconds"),
     ([Fault(Reply(403, {"message": "Forbidden"}))], r"refuses this request \(403\)"),
     ([server_error()], r"has trouble \(502\)"), ([CUT], "cut off|could not be reached")],
    ids=["used-up", "too-fast", "too-fast-403", "forbidden", "server-error", "cut"],
)  # fmt: skip
@pytest.mark.parametrize("on", ["/issues/12", "/timeline"])
def test_a_refusal_is_told_as_it_is(form, github, faults, told, on):
    github.fail(*faults, on=on)
    ask(form)
    expect(status(form)).to_have_text(re.compile(told))
    expect(form.get_by_role("button", name="Stop")).to_be_hidden()


def test_an_issue_that_is_not_there_is_told(form):
    ask(form, "acme/app#404")
    expect(status(form)).to_contain_text("acme/app#404: not found. If its repository is private")


def test_a_wrong_token_is_told(form, github):
    github.token = "ghp_example"
    ask(form)
    expect(status(form)).to_contain_text("GitHub does not take this token")


def test_being_offline_is_told(form):
    form.context.set_offline(True)
    ask(form)
    expect(status(form)).to_contain_text("GitHub could not be reached")


@pytest.mark.parametrize("ref", ["acme", "https://evil.example/acme/app/issues/12", "javascript:alert(1)", "../../x#1"])
def test_what_names_no_issue_is_not_asked_for(form, github, ref):
    ask(form, ref)
    expect(status(form)).to_contain_text("That names no issue")
    expect(form.get_by_label("Address of an issue")).to_be_focused()
    assert github.requests == []


def test_a_report_can_be_stopped(form, github):
    github.fail(slow(5), on="/timeline")
    with form.expect_request(lambda request: "/timeline" in request.url):
        ask(form)
    expect(form.get_by_role("progressbar", name="Reading issues")).to_be_visible()
    form.get_by_role("button", name="Stop").click()
    expect(status(form)).to_have_text("Stopped.")
    # It is written down when it was answered, and is no other test's; never, if it was stopped before it was sent.
    until = time.monotonic() + 10
    while time.monotonic() < until and not any("/timeline" in request.path for request in github.requests):
        form.wait_for_timeout(100)


@pytest.mark.parametrize("fragment", ["acme/app#12", "acme/app%2312"])
def test_a_link_brings_the_issue_with_it_and_waits_for_the_reader(page, site, github, fragment):
    page.goto(f"{site.url}report/#{fragment}")
    expect(page.get_by_role("button", name="Make the report")).to_be_enabled()
    expect(page.get_by_label("Address of an issue")).to_have_value(REF)
    assert github.requests == []


def test_only_this_page_may_ask_github(site, github):
    pages = {name: text.decode() for name, text in files_of(site.folder).items() if name.endswith(".html")}
    sources = {name: re.findall(r"connect-src ([^;]*)", text) for name, text in pages.items()}
    assert sources.pop("report/index.html") == [f"'self' {github.url}"]
    assert {source for found in sources.values() for source in found} == {"'self'"}


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_axe_finds_nothing_on_a_report_and_it_fits_the_screen(browser: Browser, site, github, width, height):
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site.url}report/")
    page.get_by_text("Your own token").click()
    made(page)
    assert violations_by_scheme(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_an_entrys_page_leads_to_the_report_on_its_issue(reader, small):
    reader.goto(f"{small.url}acme/port-taken/")
    link = reader.get_by_role("link", name="Report on it as it is now")
    link.click()
    expect(reader.get_by_label("Address of an issue")).to_have_value("Acme-Tools/Acme#101")
