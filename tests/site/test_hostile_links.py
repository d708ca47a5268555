"""A link of prose leads to the web or to another entry; whatever else stands as its target is dropped."""

import re
from html import unescape

import pytest

from kb.site.prose import ProseRenderer
from kb.site.urls import Urls

TARGETS = [
    "javascript:window.__xss=1",
    "JaVaScRiPt:window.__xss=1",
    "javascript&colon;window.__xss=1",
    "&#106;avascript:window.__xss=1",
    "<java&Tab;script:window.__xss=1>",
    "<&#1;javascript:window.__xss=1>",
    "<java\\\nscript:window.__xss=1>",
    "vbscript:window.__xss=1",
    "data:text/html,<script>window.__xss=1</script>",
    "data:text/html;base64,PHNjcmlwdD53aW5kb3cuX194c3M9MTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg/onload=window.__xss=1>",
    "file:///etc/hostname",
    "blob:https://fixes.example/1234",
    "view-source:https://fixes.example/",
]
FORMS = {
    "link": "[text]({target})",
    "image": "![text]({target})",
    "linked image": "[![text]({target})]({target})",
    "reference": '[text][ref]\n\n[ref]: {target} "title"',
    "table": "| a |\n|---|\n| [text]({target}) |",
}


@pytest.fixture(scope="module")
def prose() -> ProseRenderer:
    return ProseRenderer(ids_by_name={}, covered={}, urls=Urls.at(2))


def hrefs(html: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'href="([^"]*)"', html)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("target", TARGETS)
def test_no_link_keeps_a_scheme_that_could_run_or_read_something(prose, form, target):
    html = prose.html(FORMS[form].format(target=target), "product/entry.md")
    # As a browser reads an address: without control characters, tabs and line breaks.
    read = [re.sub(r"[\x00-\x20]", "", href) for href in hrefs(html)]
    assert [href for href in read if re.match(r"[a-zA-Z][\w+.-]*:", href)] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_target_cannot_leave_its_attribute(prose, form):
    markdown = FORMS[form].format(target="https://evil.example/\"onmouseover=\"window.__xss='href'")
    html = prose.html(markdown, "product/entry.md")
    assert re.findall(r"<[^>]*\son\w+=", html) == []


@pytest.mark.parametrize("markdown", ["<javascript:window.__xss=1>", "javascript:window.__xss=1", "data:text/html,x"])
def test_a_bare_address_of_another_scheme_is_no_link_to_it(prose, markdown):
    assert [href for href in hrefs(prose.html(markdown, "product/entry.md")) if href] == []


@pytest.mark.parametrize("target", ["https://docs.example/a?b=c&d#e", "http://docs.example/"])
def test_an_address_of_the_web_stays_as_it_is(prose, target):
    assert hrefs(prose.html(f"[text]({target})", "product/entry.md")) == [target]
