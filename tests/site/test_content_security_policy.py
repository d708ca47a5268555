"""The Content-Security-Policy: on every page, strict, and never in the way of the site's own scripts."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Page

EVERY_KIND = (
    "",
    "acme/port-taken/",
    "borealis/sync-refused/",
    "acme/",
    "products/",
    "products/acme/2/",
    "tags/",
    "tags/ports/",
    "codes/",
    "codes/e042/",
    "trending/",
    "newest/",
    "tools/",
    "match/",
    "report/",
    "contribute/",
    "rules/",
    "rules/kb103/",
    "api/",
    "acme/address-in-use/",
)


class Attributes(HTMLParser):
    """All attributes of a page's elements, and the policies it declares."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.policies: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, name, value or "") for name, value in attrs]
        if ("http-equiv", "Content-Security-Policy") in attrs:
            self.policies.append(dict(attrs)["content"] or "")


def documents(folder: Path) -> dict[str, Attributes]:
    return {
        path.relative_to(folder).as_posix(): Attributes(path.read_text("utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def all_documents(small_folder, hostile_folder) -> dict[str, Attributes]:
    """Every HTML file of the small and of the hostile site."""
    return documents(small_folder) | {f"hostile/{name}": found for name, found in documents(hostile_folder).items()}


def test_every_page_declares_one_policy(all_documents):
    assert {name: len(page.policies) for name, page in all_documents.items() if len(page.policies) != 1} == {}


def test_every_page_of_the_repository_declares_a_policy(repository_folder):
    missing = [
        name for path in repository_folder.rglob("*.html")
        if "Content-Security-Policy" not in path.read_text("utf-8")
        for name in [path.relative_to(repository_folder).as_posix()]
    ]  # fmt: skip
    assert missing == []


def test_a_policy_allows_nothing_that_it_does_not_name(all_documents):
    for name, page in all_documents.items():
        assert all("default-src 'none'" in policy for policy in page.policies), name


@pytest.mark.parametrize("weakness", ["'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "'unsafe-hashes'"])
def test_no_policy_has_a_weak_source(all_documents, weakness):
    for name, page in all_documents.items():
        assert all(weakness not in re.split(r"[\s;]+", policy) for policy in page.policies), name


def test_a_policy_stands_before_the_first_script(all_documents, small_folder):
    for address in EVERY_KIND[:-1]:
        html = (small_folder / address / "index.html").read_text("utf-8")
        assert html.index("Content-Security-Policy") < html.index("<script")


def test_no_element_has_an_inline_handler(all_documents):
    handlers = {
        (name, attribute)
        for name, page in all_documents.items()
        for _, attribute, _ in page.found
        if attribute.startswith("on")
    }
    assert handlers == set()


def test_no_element_has_an_inline_style(all_documents):
    styles = {
        (name, tag) for name, page in all_documents.items() for tag, attribute, _ in page.found if attribute == "style"
    }
    assert styles == set()


def test_the_pages_of_entries_share_one_policy(all_documents):
    entries = ("acme/port-taken/", "acme/quiet-exit/", "borealis/sync-refused/")
    assert len({all_documents[f"{entry}index.html"].policies[0] for entry in entries}) == 1


@pytest.fixture(scope="module")
def complaints(reader: Page, small) -> dict[str, list[str]]:
    """Address -> what the browser wrote to its console while each kind of page was open."""
    found: dict[str, list[str]] = {}
    where = [""]
    reader.on("console", lambda message: found.setdefault(where[0], []).append(message.text))
    reader.on("pageerror", lambda error: found.setdefault(where[0], []).append(str(error)))
    reader.on("response", lambda response: response.ok or found.setdefault(where[0], []).append(response.url))
    for address in EVERY_KIND:
        where[0] = address
        reader.goto(small.url + address)
    reader.wait_for_load_state("networkidle")
    return found


@pytest.mark.browser
def test_no_kind_of_page_makes_the_browser_complain(complaints):
    assert complaints == {}


@pytest.mark.browser
def test_searching_makes_the_browser_complain_of_nothing(page, small):
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    page.goto(f"{small.url}acme/quiet-exit/")
    page.get_by_role("combobox", name="Search the fixes").fill("port")
    page.get_by_role("listbox", name="Results").get_by_role("option").first.wait_for()
    assert found == []


@pytest.mark.browser
def test_a_script_that_the_page_did_not_come_with_is_refused(page, small):
    page.goto(f"{small.url}acme/port-taken/")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.__xss = 1";
            document.body.append(script);
        }"""
    )
    assert page.evaluate("window.__xss") is None
