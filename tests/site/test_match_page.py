"""The match page in a browser: pasting, dropping, linking, by keyboard and on a phone."""

import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from built_sites import Site
from playwright.sync_api import Browser, Page, expect

from kb.entry import load_collection

pytestmark = pytest.mark.browser

SPAWN = "Error: listen EADDRINUSE: address already in use :::3000"
LOG = f"""[0m[31m2026-03-01T10:00:00.123Z ERROR[0m {SPAWN}
    at Server.setupListenHandle [as _listen2] (node:net:1904:16)
"""
LINE = "a line of a log\n"
UNRELATED = "fatal: refusing to merge unrelated histories"
UNKNOWN = "Zarquon flux-inverter 88 desynchronised: the quibbet has no frobnication module\nPlease reseat the quibbet"


class MatchPage:
    """The page, by roles."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page = page
        self.site = site
        self.form = page.get_by_role("main").get_by_role("search")
        self.box = self.form.get_by_role("textbox")
        self.status = self.form.get_by_role("status")
        self.answers = self.form.get_by_role("article")
        self.results = self.form.get_by_role("listbox", name="Results").get_by_role("option")

    def open(self, fragment: str = "") -> "MatchPage":
        self.page.goto(f"{self.site.url}match/{fragment}")
        return self

    def paste(self, text: str, into: str = "textarea") -> None:
        """Paste as a reader does, from the clipboard."""
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
        self.page.locator(into).first.focus()
        self.page.keyboard.press("ControlOrMeta+V")

    def drop(self, name: str, line: str, times: int, last: str) -> None:
        """Drop a log made in the browser: a line so many times, then another."""
        self.page.evaluate(
            """([name, line, times, last]) => {
                const transfer = new DataTransfer();
                const block = line.repeat(1000);
                const parts = Array(times / 1000).fill(block);
                transfer.items.add(new File([...parts, last], name));
                const form = document.querySelector("[data-kb-hero]");
                form.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
            }""",
            [name, line, times, last],
        )


@pytest.fixture
def match_page(page: Page, repository: Site) -> MatchPage:
    return MatchPage(page, repository).open()


def test_a_pasted_log_shows_tier_entry_marked_excerpt_and_filled_in_workaround(match_page):
    match_page.paste(LOG)
    answer = match_page.answers.first
    expect(answer).to_contain_text("Exact match")
    expect(answer.get_by_role("heading", level=3).get_by_role("link")).to_have_attribute(
        "href", re.compile(r"/node/eaddrinuse/")
    )
    expect(answer.locator("mark").first).to_contain_text("EADDRINUSE: address already in use :::3000")
    expect(answer.locator(".kb-workaround")).to_contain_text("3000")
    expect(match_page.status).to_have_text(re.compile("known errors? found"))


def test_an_answer_is_copied_for_an_agent_with_the_reader_s_values(match_page):
    match_page.paste(LOG)
    button = match_page.answers.first.get_by_role("button", name="Copy for an agent")
    button.click()
    expect(match_page.answers.first.get_by_role("button", name="Copied", exact=True)).to_be_visible()
    text = match_page.page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Known error: ")
    assert "How sure: exact" in text
    assert re.search(r"^    .*\b3000\b", text, re.MULTILINE)
    assert f"All of it: {match_page.site.url}node/eaddrinuse/" in text
    expect(button).to_be_visible()


def test_several_errors_in_a_paste_give_several_answers(match_page):
    match_page.paste(f"{LOG}\n{UNRELATED}\n")
    expect(match_page.answers.filter(has_text="Exact match")).to_have_count(2)


OUT_OF_SIGHT = """async () => {
    const outOfSight = () => {
        const answer = document.querySelector(".kb-hero__panel article");
        const excerpt = answer.querySelector(".kb-answer__excerpt");
        const [line] = excerpt.querySelector("mark").getClientRects();
        const step = answer.querySelector(".kb-workaround").querySelector("pre, p, td");
        const {top, bottom} = step.getBoundingClientRect();
        const firstLines = Math.min(bottom, top + 2 * parseFloat(getComputedStyle(step).lineHeight));
        const title = answer.querySelector("h3").getBoundingClientRect();
        const header = document.querySelector("header").getBoundingClientRect();
        return Object.entries({
            step: firstLines > innerHeight,
            "title below": title.bottom > innerHeight,
            "title above": title.top < header.bottom,
            "matched line": line.bottom > excerpt.getBoundingClientRect().bottom,
        }).flatMap(([part, isMissing]) => isMissing ? [part] : []);
    };
    for (let frame = 0; frame < 200 && outOfSight().length; frame += 1) await new Promise(requestAnimationFrame);
    return outOfSight();
}"""
"""Which parts of the first answer a reader still has to scroll for after some seconds."""


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)], ids=["laptop", "phone"])
def test_after_a_paste_the_answer_is_in_sight_with_its_matched_line_and_first_step(
    match_page, repository_root, width, height
):
    match_page.page.set_viewport_size({"width": width, "height": height})
    examples = {
        entry.product: (entry.id, example)
        for entry in load_collection(repository_root / "entries").entries
        for example in entry.signatures[0].examples[:1]
    }
    missing = {}
    for entry, example in list(examples.values())[:: -(-len(examples) // 10)]:
        match_page.open().paste(f"{LINE * 3}{example}\n{LINE}")
        expect(match_page.answers.get_by_role("heading", level=3).get_by_role("link").first).to_have_attribute(
            "href", re.compile(f"/{entry}/")
        )
        missing[entry] = match_page.page.evaluate(OUT_OF_SIGHT)
    assert missing
    assert [entry for entry, parts in missing.items() if parts] == []


def test_an_unknown_error_s_ways_on_are_in_sight_after_a_paste(match_page):
    match_page.page.set_viewport_size({"width": 390, "height": 600})
    match_page.paste(UNKNOWN)
    expect(match_page.form.get_by_role("link", name="Add this error")).to_be_in_viewport()


def test_the_first_answer_of_a_dropped_log_comes_into_sight(match_page):
    match_page.page.set_viewport_size({"width": 390, "height": 600})
    match_page.drop("some.log", LINE, 1000, UNRELATED)
    expect(match_page.answers.get_by_role("heading", level=3).first).to_be_in_viewport()


def test_who_types_is_left_where_they_type(match_page):
    match_page.page.set_viewport_size({"width": 390, "height": 600})
    match_page.box.press_sequentially(UNRELATED, delay=5)
    expect(match_page.results.first).to_be_visible()
    assert match_page.page.evaluate("scrollY") == 0


def test_words_are_looked_up_and_not_matched(match_page):
    match_page.box.press_sequentially("unrelated histories", delay=10)
    expect(match_page.results.first).to_have_attribute("href", re.compile("/git/unrelated-histories/"))
    expect(match_page.answers).to_have_count(0)


def test_nothing_that_was_pasted_leaves_the_browser(match_page):
    sent: list[str] = []
    match_page.page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    match_page.paste(LOG.replace("3000", "48151"))
    expect(match_page.answers.first).to_be_visible()
    assert sent
    assert [request for request in sent if "48151" in request or "EADDRINUSE" in request] == []


def test_a_link_with_the_text_in_its_fragment_shows_the_answer(match_page):
    match_page.page.goto("about:blank")
    match_page.open(f"#q={quote(UNRELATED)}")
    expect(match_page.box).to_have_value(UNRELATED)
    expect(match_page.answers.first).to_contain_text("Exact match")


def test_a_matched_text_stays_out_of_the_address_and_the_history(match_page):
    visited = match_page.page.evaluate("history.length")
    match_page.paste(f"$ git pull\n{UNRELATED}")
    expect(match_page.answers.first).to_be_visible()
    assert match_page.page.url == f"{match_page.site.url}match/"
    assert match_page.page.evaluate("history.length") == visited


def test_a_reader_who_asks_gets_a_link_to_what_was_pasted(match_page):
    text = f"$ git pull\n{UNRELATED}"
    match_page.paste(text)
    match_page.form.get_by_role("button", name="Link to this error").click()
    expect(match_page.form).to_contain_text("Copied. Your text is in it.")
    link = match_page.page.evaluate("navigator.clipboard.readText()")
    assert parse_qs(urlsplit(link).fragment)["q"] == [text]
    assert match_page.page.url == link


def test_another_text_takes_the_linked_one_out_of_the_address(match_page):
    match_page.page.goto("about:blank")
    match_page.open(f"#q={quote(UNRELATED)}")
    expect(match_page.answers.first).to_be_visible()
    assert match_page.page.url.endswith(f"#q={quote(UNRELATED)}")
    match_page.box.fill(SPAWN)
    expect(match_page.answers.first).to_contain_text("3000")
    assert match_page.page.url == f"{match_page.site.url}match/"


def test_a_text_that_no_link_holds_is_said_to_be_too_long_for_one(match_page):
    match_page.paste(LINE * 500 + UNRELATED)
    match_page.form.get_by_role("button", name="Link to this error").click()
    expect(match_page.form).to_contain_text("Too long for a link")
    assert match_page.page.url == f"{match_page.site.url}match/"


def test_the_form_for_an_unknown_error_gets_its_end_and_says_what_was_cut(match_page):
    match_page.paste(f"the first line of it\n{LINE * 900}{UNKNOWN}")
    add = match_page.form.get_by_role("link", name="Add this error")
    expect(add).to_have_attribute("href", re.compile("the\\+first\\+line"))  # and not that of the text before
    error = parse_qs(urlsplit(add.get_attribute("href")).query)["error"][0]
    assert error.startswith("the first line")
    assert error.endswith(UNKNOWN)
    assert len(add.get_attribute("href")) < 8000
    expect(match_page.form).to_contain_text("Paste the rest there")


def test_an_unknown_error_offers_related_pages_and_to_add_it(match_page):
    match_page.paste(UNKNOWN)
    expect(match_page.status).to_contain_text("Not known yet")
    add = match_page.form.get_by_role("link", name="Add this error")
    expect(add).to_be_visible()
    assert "flux-inverter" in parse_qs(urlsplit(add.get_attribute("href")).query)["error"][0]
    expect(match_page.results.first).to_be_visible()


def test_a_hostile_paste_stays_text(match_page):
    hostile = f'<img src=x onerror="window.ran = 1"><script>window.ran = 1</script>\n{SPAWN}"><b onclick=alert(1)>'
    match_page.paste(hostile)
    expect(match_page.answers.first).to_contain_text("Exact match")
    assert match_page.answers.first.locator("pre img, pre script, pre b").count() == 0
    assert match_page.page.evaluate("window.ran") is None


def test_it_works_by_keyboard_alone(page: Page, repository):
    match_page = MatchPage(page, repository).open()
    while not match_page.box.evaluate("box => box === document.activeElement"):
        page.keyboard.press("Tab")
    match_page.paste(LOG, into="textarea:focus")
    link = match_page.answers.first.get_by_role("heading", level=3).get_by_role("link")
    expect(link).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/node/eaddrinuse/"))


def test_an_answer_s_link_brings_the_values_to_the_entry(match_page):
    match_page.paste(LOG)
    match_page.answers.first.get_by_role("heading", level=3).get_by_role("link").click()
    expect(match_page.page).to_have_url(re.compile(r"/node/eaddrinuse/#.*3000"))
    expect(match_page.page.get_by_role("main").locator("pre").filter(has_text="3000").first).to_be_visible()


def test_a_large_log_is_looked_through_with_progress_while_the_page_answers(match_page):
    line = "2026-03-01T10:00:00.123Z INFO [worker] nothing is wrong with request 4711, carry on\n"
    match_page.drop("big.log", line, 600_000, f"{UNRELATED}\n")
    progress = match_page.form.get_by_role("progressbar")
    expect(progress).to_be_visible()
    slowest = match_page.page.evaluate(
        """async () => {
            let slowest = 0;
            for (let turn = 0; turn < 20; turn += 1) {
                const before = performance.now();
                await new Promise((resolve) => setTimeout(resolve, 0));
                slowest = Math.max(slowest, performance.now() - before);
            }
            return slowest;
        }"""
    )
    assert slowest < 1000
    expect(match_page.answers.first).to_contain_text("Exact match", timeout=120_000)
    expect(match_page.answers.first.locator("mark")).to_have_text(UNRELATED)
    expect(match_page.status).to_have_text("big.log: 1 known error.", timeout=120_000)
    expect(progress).to_have_count(0)


def test_the_header_s_box_recognises_a_pasted_error(page: Page, repository):
    page.goto(f"{repository.url}git/src-refspec/")
    match_page = MatchPage(page, repository)
    match_page.paste(SPAWN, into="[data-kb-search] input")
    first = page.get_by_role("listbox", name="Results").get_by_role("option").first
    expect(first).to_contain_text("Exact match")
    expect(first).to_have_attribute("href", re.compile("/node/eaddrinuse/"))


def test_the_header_s_box_takes_a_long_log_with_the_error_at_its_end(page: Page, repository):
    page.goto(f"{repository.url}git/src-refspec/")
    match_page = MatchPage(page, repository)
    match_page.paste("all is well in this line\n" * 4000 + UNRELATED, into="[data-kb-search] input")
    first = page.get_by_role("listbox", name="Results").get_by_role("option").first
    expect(first).to_contain_text("Exact match")
    expect(first).to_have_attribute("href", re.compile("/git/unrelated-histories/"))


def test_the_header_s_box_keeps_the_line_ends_of_a_paste(page: Page, repository):
    page.goto(f"{repository.url}git/src-refspec/")
    match_page = MatchPage(page, repository)
    match_page.paste(f"the end\n{UNRELATED}\nand on", into="[data-kb-search] input")
    first = page.get_by_role("listbox", name="Results").get_by_role("option").first
    expect(first).to_contain_text("Exact match")
    expect(page.locator("[data-kb-search] input")).to_have_value(f"the end {UNRELATED} and on")


def test_it_works_on_a_phone(browser: Browser, repository):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.set_default_timeout(10_000)
    match_page = MatchPage(context.new_page(), repository).open()
    match_page.box.fill(LOG)
    match_page.form.get_by_role("button", name="Find the fix").tap()
    expect(match_page.answers.first).to_contain_text("Exact match")
    width = match_page.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    context.close()


def test_an_unknown_error_has_more_ways_on_than_to_add_it(match_page):
    match_page.paste(UNKNOWN)
    expect(match_page.status).to_contain_text("Not known yet")
    for name in ("search", "products", "codes", "an issue", "write its page"):
        address = match_page.form.get_by_role("link", name=name, exact=True).get_attribute("href")
        assert match_page.page.request.get(address).ok


def test_what_is_no_text_is_said_to_be_none(match_page):
    match_page.box.fill("\ufffd\0PK\0\0" * 900)
    expect(match_page.status).to_contain_text("This is no text")
    expect(match_page.results).to_have_count(0)
    match_page.box.fill(LOG)
    expect(match_page.answers.first).to_contain_text("Exact match")


def test_the_way_to_the_top_lies_over_no_box(match_page):
    match_page.paste(LOG)
    expect(match_page.answers.first).to_contain_text("Exact match")
    match_page.page.mouse.wheel(0, 400)
    match_page.page.mouse.wheel(0, -100)
    expect(match_page.page.get_by_role("button", name="Back to top")).to_be_hidden()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_dropped_log_that_powershell_wrote_is_read(match_page, encoding):
    content = f"\ufeff{LINE}{UNRELATED}\r\n".encode(encoding)
    match_page.form.locator("input[type=file]").set_input_files(
        {"name": "build.log", "mimeType": "text/plain", "buffer": content}
    )
    expect(match_page.answers.get_by_role("heading", level=3).get_by_role("link")).to_have_attribute(
        "href", re.compile("/git/unrelated-histories/")
    )
