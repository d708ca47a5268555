"""The error on an entry's page is what was really printed, with its values marked; its form stands below."""

import re

import pytest
from playwright.sync_api import Page, expect

from kb.entry import ErrorSignature
from kb.site.printed import printed_html

MARK = re.compile(r'<var class="kb-var" data-kb-var="(\w+)">(.*?)</var>', re.DOTALL)


def shown(text: str, example: str) -> str | None:
    html = printed_html(ErrorSignature(text=text, examples=(example,)))
    return html if html is None else MARK.sub(r"[\1=\2]", html)


@pytest.mark.parametrize(
    ("text", "example", "expected"),
    [
        ("no disk in {{drive}}.", "starting\nno disk in bay 4.\nstopped", "no disk in [drive=bay 4]."),
        ("no disk in {{drive:word}}", "demo: no disk in b4 (yet)", "demo: no disk in [drive=b4] (yet)"),
        ("no <disk> in {{drive}}!", "no <disk> in a&b!", "no &lt;disk&gt; in [drive=a&amp;b]!"),
        ("disk {{a:int}} and {{b:int}} are full", "disk 1 and 2 are full", "disk [a=1] and [b=2] are full"),
        ("one {{a}} two\nthree {{b}} four", "  one 1 two\n    three 3 four", "one [a=1] two\n  three [b=3] four"),
        ("the disk of {{name}} is full", "the disk\nof eels is full", "the disk\nof [name=eels] is full"),
        (r"a \{{b}} of {{c}} is full", "a {{b}} of eels is full", "a {{b}} of [c=eels] is full"),
        ("no disk", "there is\nno disk\nhere", "no disk"),
    ],
)
def test_whole_lines_of_the_message_are_shown_with_their_values(text, example, expected):
    assert shown(text, example) == expected


def test_a_value_is_that_of_the_message_and_no_like_text_before_it():
    example = "the disk of\nthe disk of eels is full"
    assert shown("the disk of {{name:word}} is full", example) == "the disk of [name=eels] is full"


def test_without_an_example_nothing_is_shown_as_printed():
    assert printed_html(ErrorSignature(text="no disk in {{drive}}")) is None


def test_a_signature_that_no_check_lets_pass_is_shown_as_it_stands():
    assert shown("{{a}} " * 41, "x " * 41) is None


def test_of_an_example_that_does_not_match_nothing_is_shown_as_printed():
    assert shown("no disk in {{drive}} at all", "a disk in bay 4") is None


@pytest.mark.browser
def test_a_page_shows_what_was_printed_and_its_form_below(page: Page, repository):
    page.goto(repository.url + "node/eaddrinuse/")
    message = page.locator(".kb-error pre")
    expect(message).to_contain_text("Error: listen EADDRINUSE: address already in use :::3000")
    expect(message.locator("[data-kb-var=port]")).to_have_text("3000")
    form = page.locator(".kb-section--forms .kb-error__message").first
    expect(form).to_contain_text("address already in use address:port")
