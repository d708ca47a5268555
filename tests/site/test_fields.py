"""Placeholders of commands: fields fill them in, and until then a shell refuses what is copied."""

import re

import pytest
from axe import violations_by_scheme
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

ENTRY = "acme/port-taken/"


@pytest.fixture
def entry(page: Page, small) -> Page:
    page.goto(small.url + ENTRY)
    return page


def commands(page: Page, language: str = "sh") -> list[str]:
    return [each.strip() for each in page.locator(f"[data-kb-language={language}] code").all_text_contents()]


def field(page: Page, name: str):
    return page.get_by_label(f"<{name}>", exact=True)


def test_a_command_shows_its_placeholders_as_no_shell_takes_them(entry):
    assert commands(entry)[:2] == ["ss -ltnp 'sport = :'< <port>''", "kill < <pid>"]


def test_a_page_without_javascript_shows_them_too(browser: Browser, small):
    page = browser.new_page(java_script_enabled=False)
    page.goto(small.url + ENTRY)
    assert commands(page)[:2] == ["ss -ltnp 'sport = :'< <port>''", "kill < <pid>"]
    expect(page.locator(".kb-fields")).to_have_count(0)
    page.close()


def test_a_field_fills_in_its_placeholder_wherever_it_stands(entry):
    field(entry, "port").fill("8080")
    field(entry, "pid").press_sequentially("4711")
    assert commands(entry)[:2] == ["ss -ltnp 'sport = :8080'", "kill 4711"]
    expect(entry.locator(".kb-summary [data-kb-var=port]")).to_have_text("8080")
    field(entry, "pid").fill("")
    assert commands(entry)[1] == "kill < <pid>"


def test_each_placeholder_has_one_field(entry):
    expect(entry.locator(".kb-field")).to_have_count(2)


def test_a_value_of_another_type_is_refused_and_the_reader_told(entry):
    pid = field(entry, "pid")
    pid.fill("4711; reboot")
    expect(pid).to_have_attribute("aria-invalid", "true")
    expect(pid).to_have_accessible_description("It has to be digits only, such as 8000.")
    assert commands(entry)[1] == "kill < <pid>"
    pid.fill("4711")
    expect(pid).not_to_have_attribute("aria-invalid", re.compile(""))
    expect(pid).to_have_accessible_description("")


def test_a_click_on_a_placeholder_leads_to_its_field(entry):
    entry.locator(".kb-code [data-kb-var=pid][data-kb-place]").click()
    expect(field(entry, "pid")).to_be_focused()


def test_the_fields_are_reached_by_keyboard_right_after_their_command(entry):
    entry.locator("[data-kb-language=sh] pre").first.focus()
    entry.keyboard.press("Tab")
    expect(field(entry, "port")).to_be_focused()


def test_values_of_a_link_are_in_the_fields(page: Page, small):
    page.goto(f"{small.url}{ENTRY}#fill:port=8080&pid=1;reboot&program=acme-server")
    expect(field(page, "port")).to_have_value("8080")
    expect(field(page, "pid")).to_have_value("")
    assert commands(page)[:2] == ["ss -ltnp 'sport = :8080'", "kill < <pid>"]
    assert "reboot" not in page.locator("article").first.inner_text()
    page.get_by_role("button", name="Show the names again").click()
    expect(field(page, "port")).to_have_value("")
    assert commands(page)[0] == "ss -ltnp 'sport = :'< <port>''"


def test_copy_says_that_a_command_is_not_filled_in(page: Page, small):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(small.url + ENTRY)
    block = page.locator(".kb-code", has_text="kill")
    block.get_by_role("button").click()
    expect(block.get_by_role("button")).to_have_text("Copied, not filled in")
    assert page.evaluate("navigator.clipboard.readText()") == "kill < <pid>"
    field(page, "pid").fill("4711")
    block.get_by_role("button").click()
    expect(block.get_by_role("button")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "kill 4711"


def test_an_answer_to_a_paste_has_its_values_in_the_fields(page: Page, small):
    page.goto(f"{small.url}match/")
    page.get_by_role("textbox").last.fill("acme: error E042: port 8080 is taken by process 4711 (acme-server)")
    answer = page.locator(".kb-answer").first
    expect(answer.get_by_label("<pid>")).to_have_value("4711")
    answer.get_by_label("<pid>").fill("99")
    expect(answer.locator("[data-kb-language=sh] code").nth(1)).to_have_text("kill 99")


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_fields_with_and_without_a_complaint(browser: Browser, small, width):
    page = browser.new_page(viewport={"width": width, "height": 844}, reduced_motion="reduce")
    page.goto(small.url + ENTRY)
    field(page, "pid").fill("no number")
    field(page, "port").fill("8080")
    assert violations_by_scheme(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_a_page_s_markdown_shows_placeholders_as_no_shell_takes_them(small, page: Page):
    markdown = page.request.get(f"{small.url}{ENTRY}index.md").text()
    assert "kill < <pid>" in markdown
    assert r"holds port \<port>" in markdown
