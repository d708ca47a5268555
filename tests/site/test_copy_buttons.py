"""Copy buttons: each puts the text of its own block on the clipboard."""

import pytest
from playwright.sync_api import Page, expect

from kb.site.bundle import asset_files
from kb.words import Language, shipped_languages

pytestmark = pytest.mark.browser


@pytest.fixture
def entry(page: Page, small) -> Page:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{small.url}acme/port-taken/")
    return page


def copied(page: Page, text: str, number: int = 0) -> str:
    """What is on the clipboard after a click on the button of the block that has `text`."""
    block = page.locator("div", has=page.locator("> [data-kb-copy]")).filter(has_text=text).nth(number)
    block.locator("[data-kb-copy]").click()
    expect(block.locator("[data-kb-copy]")).to_have_text("Copied")
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize(
    ("block", "text"),
    [
        ("acme serve --port 8081", "acme serve --port 8081"),
        ('{"server"', '{"server": {"port": 8081, "host": "127.0.0.1"}}'),
        ("port 8080 is taken", "acme: error E042: port 8080 is taken by process 4711 (acme-server)"),
    ],
)
def test_a_block_is_copied_as_it_reads_without_a_line_break_at_its_end(entry, block, text):
    assert copied(entry, block) == text


def test_the_permalink_can_be_copied(entry):
    assert copied(entry, "https://fixes.example/") == "https://fixes.example/known-fixes/acme/port-taken/"


def test_a_button_offers_to_copy_again_after_a_while(entry):
    copied(entry, "acme serve --port 8081")
    button = entry.locator("div", has=entry.locator("> [data-kb-copy]")).filter(has_text="acme serve --port 8081")
    expect(button.locator("[data-kb-copy]")).to_have_text("Copy")


def test_every_command_has_a_button(entry):
    blocks = entry.locator("#main pre")
    buttons = entry.locator("#main pre").locator("xpath=..").locator("> [data-kb-copy]")
    assert buttons.count() == blocks.count() > 10


def test_a_browser_that_forbids_the_clipboard_lets_the_text_be_selected(page, small):
    page.goto(f"{small.url}acme/port-taken/")
    page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden')))")
    block = page.locator("div", has=page.locator("> [data-kb-copy]")).filter(has_text="acme serve --port 8081")
    block.locator("[data-kb-copy]").click()
    expect(block.locator("[data-kb-copy]")).to_contain_text("Ctrl+C")
    assert page.evaluate("getSelection().toString().trim()") == "acme serve --port 8081"


@pytest.mark.parametrize("code", shipped_languages())
def test_no_text_slides_under_the_button_whatever_its_word(page, code):
    language = Language.of(code)
    css = asset_files(language=language)["kb.css"].decode()
    button = f'<button class="kb-copy">{language.words.gettext("Copy")}</button>'
    page.set_viewport_size({"width": 1280, "height": 800})
    page.set_content(f'<style>{css}</style><div class="kb-code">{button}<pre><code>{"long " * 200}</code></pre></div>')
    block, code_place, button_place = (
        page.locator(each).bounding_box() for each in (".kb-code", ".kb-code pre", ".kb-copy")
    )
    assert code_place["x"] + code_place["width"] <= button_place["x"] < block["x"] + block["width"]
