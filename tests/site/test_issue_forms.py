"""Links to issue forms on GitHub: they fill in only what GitHub fills in, and are short enough to be answered."""

import html
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from built_sites import ROOT
from playwright.sync_api import Page, expect

FORMS = ROOT / ".github/ISSUE_TEMPLATE"
STARTER_FORMS = ROOT / "kb/starter/dot-github/ISSUE_TEMPLATE"
FILLED_IN = ("input", "textarea")
"""The types of fields that GitHub fills in from an address. With a parameter for a dropdown it may show an empty editor
in place of the form, and a dropdown that is required has its first option chosen."""
PARAMETERS = {"assignees", "body", "labels", "milestone", "projects", "template", "title", "type"}
"""What GitHub itself takes from the address of a new issue."""
LONGEST = 8_000

every_form = pytest.mark.parametrize(
    "form", sorted((*FORMS.glob("*.yml"), *STARTER_FORMS.glob("*.yml"))), ids=lambda form: form.name
)


def fields_of(form: Path) -> dict[str, str]:
    """The ids of a form's fields, with their types."""
    return {field["id"]: field["type"] for field in yaml.safe_load(form.read_text("utf-8"))["body"]}


def check(address: str) -> None:
    """That a link fills in the title and fields of its form that can be filled in, and no others."""
    query = parse_qs(urlsplit(address).query, strict_parsing=True)
    (form,) = query["template"]
    fields = fields_of(FORMS / form)
    assert {
        name: fields.get(name) for name in query.keys() - {"template", "title"} if fields.get(name) not in FILLED_IN
    } == {}
    assert [name for name, values in query.items() if len(values) != 1] == []
    assert len(address) < LONGEST


def links(site) -> set[str]:
    """The links of all pages to forms."""
    found = (link for page in site.folder.rglob("*.html") for link in re.findall('"([^"]+)"', page.read_text("utf-8")))
    return {html.unescape(link) for link in found if "/issues/new" in link}


@every_form
def test_a_form_has_no_field_that_a_link_can_not_fill_in(form):
    assert {kind for kind in fields_of(form).values() if kind not in (*FILLED_IN, "markdown")} == set()


@every_form
def test_no_field_is_called_as_something_else_in_the_address(form):
    assert fields_of(form).keys() & PARAMETERS == set()


def test_every_link_to_a_form_fills_in_what_that_form_has(small):
    found = links(small)
    assert {parse_qs(urlsplit(link).query)["template"][0] for link in found} == {
        "vote.yml",
        "wrong-fix.yml",
        "new-fix.yml",
    }
    for link in found:
        check(link)


@pytest.mark.browser
@pytest.mark.parametrize(
    "text", ["Error: the eel bit me, all of a sudden and without any need\n" * 200, "Ошибка: не найдено 🐍\n" * 400]
)
def test_a_long_error_is_filled_in_as_far_as_an_address_goes(page: Page, small, text):
    page.goto(f"{small.url}match/")
    page.locator("#main textarea").fill(text)
    page.get_by_role("button", name=re.compile("find|match", re.IGNORECASE)).last.click()
    link = page.get_by_role("link", name="Add this error")
    # Until the whole text was looked for, the link has what was known of it before.
    expect(link).to_have_attribute("href", re.compile(r".{500}", re.DOTALL))
    address = link.get_attribute("href")
    check(address)
    (error,) = parse_qs(urlsplit(address).query)["error"]
    assert len(error) > 500
    # Its start, and its end, where a log says what went wrong.
    start, _, end = error.partition("\n…\n")
    assert start
    assert end
    assert text.startswith(start)
    assert text.rstrip("\n").endswith(end.rstrip("\n"))


@pytest.mark.browser
def test_the_link_for_an_issue_that_is_not_covered_fills_in_what_its_form_has(page: Page, small):
    page.goto(f"{small.url}Acme-Tools/Acme/issues/7")
    expect(page.get_by_role("link", name="Open it on GitHub")).to_be_visible()
    check(page.get_by_role("link", name="Add the error").get_attribute("href"))
