"""Every address that the site names works, under a base path and at a server's root, for ever."""

import json
import re
from functools import cache
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from built_sites import Site
from playwright.sync_api import expect

LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "iframe": "src", "form": "action"}


class Document(HTMLParser):
    """What a page leads to, and the anchors that it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if "id" in values:
            self.anchors.add(values["id"])
        target = values.get(LINKS.get(tag, ""))
        if target and values.get("rel") != "canonical":
            self.links.append(target)


@cache
def fetch(url: str) -> tuple[int, str, str]:
    """Status, type and text of what is at an address; redirects are not followed."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=20)
    connection.request("GET", parts.path or "/")
    response = connection.getresponse()
    text = response.read().decode("utf-8", "replace")
    connection.close()
    return response.status, response.headers["Content-Type"] or "", text


@cache
def document(url: str) -> Document:
    return Document(fetch(url)[2])


def broken_links(site: Site, addresses: list[str]) -> dict[str, str]:
    """Link -> the page that has it, for each link to this server that does not lead to a page and its anchor."""
    broken = {}
    for address in addresses:
        page = site.url + address
        for link in document(page).links:
            target = urlsplit(urljoin(page, link))
            if target.netloc != urlsplit(site.url).netloc:
                continue
            file = target._replace(fragment="").geturl()
            status, kind, _ = fetch(file)
            # What a link brings to the page of reports is no place on it.
            is_place = target.fragment and "html" in kind and not target.path.endswith("/report/")
            anchors = document(file).anchors if is_place else {target.fragment}
            if status != 200 or target.fragment not in anchors:
                broken[link] = address
    return broken


@pytest.mark.parametrize("served", ["small", "small_at_root", "hostile"])
def test_every_link_of_every_page_leads_somewhere(request, served):
    site = request.getfixturevalue(served)
    assert broken_links(site, site.pages()) == {}


@pytest.mark.parametrize("served", ["repository", "repository_at_root"])
def test_links_of_the_repositorys_pages_lead_somewhere(request, served):
    site = request.getfixturevalue(served)
    assert broken_links(site, [*site.pages()[::5], "claude-code/extra-usage-400/"]) == {}


@pytest.mark.parametrize("served", ["small", "hostile"])
def test_no_page_names_an_address_from_the_servers_root(request, served):
    site = request.getfixturevalue(served)
    absolute = {
        (address, link)
        for address in site.pages()
        for link in document(site.url + address).links
        if link.startswith(("/", "https://fixes.example"))
    }
    assert absolute == set()


def test_every_page_names_its_permanent_address(small):
    for address in small.pages():
        canonical = re.search(r'<link rel="canonical" href="([^"]*)">', small.html(address))
        assert canonical
        assert canonical[1] == f"https://fixes.example/known-fixes/{address}"


def test_every_page_has_a_title_of_its_own(repository):
    titles = [
        re.search(r"<title>(.*?)</title>", repository.html(address), re.DOTALL)[1] for address in repository.pages()
    ]
    assert len(set(titles)) == len(titles)


def test_no_page_uses_an_anchor_twice(small):
    for address in small.pages():
        anchors = re.findall(r'\sid="([^"]*)"', small.html(address))
        assert len(set(anchors)) == len(anchors), address


@pytest.mark.browser
@pytest.mark.parametrize("former", ["acme/address-in-use/", "oldtool/port-taken/"])
def test_a_renamed_entry_keeps_its_old_url(page, small, former):
    page.goto(small.url + former)
    page.wait_for_url(f"{small.url}acme/port-taken/")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("issue", "entry"), [("Acme-Tools/Acme/101", "acme/port-taken"), ("Acme-Tools/acme/202", "acme/config-missing")]
)
def test_the_short_address_of_an_issue_leads_to_its_entry(page, small_at_root, issue, entry):
    page.goto(f"{small_at_root.url}r/{issue}/")
    page.wait_for_url(f"{small_at_root.url}{entry}/")


@pytest.mark.browser
def test_the_short_link_that_a_page_shows_leads_to_it(page, small):
    page.goto(f"{small.url}acme/port-taken/")
    shown = page.get_by_label("Short link", exact=True).inner_text().strip()
    page.goto(shown.replace("https://fixes.example/known-fixes/", small.url))
    page.wait_for_url(f"{small.url}acme/port-taken/")


def test_every_short_link_that_the_repository_shows_leads_to_its_entry(repository):
    base = "https://known-fixes.github.io/known-fixes/"
    shown = {
        address: link
        for address in repository.entries()
        for link in re.findall(rf"<code>{re.escape(base)}(r/[^<]*)</code>", repository.html(address))
    }
    assert shown
    assert {
        address for address, link in shown.items() if not (repository.folder / link / "index.html").is_file()
    } == set()


def test_a_redirect_names_the_permanent_address(small):
    text = (small.folder / "acme/address-in-use/index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://fixes.example/known-fixes/acme/port-taken/">' in text


@pytest.mark.browser
@pytest.mark.parametrize("address", ["missing", "missing/", "acme/missing/", "r/no/such/1/2/3/"])
def test_the_page_for_missing_addresses_works_at_any_depth(page, small, address):
    failed: list[str] = []
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    assert page.goto(small.url + address).status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no page here")
    assert failed == [small.url + address]
    page.locator("#main").get_by_role("link", name="products").click()
    page.wait_for_url(f"{small.url}products/")


def sitemap(site: Site) -> dict[str, str | None]:
    """Address -> date of the last change."""
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root = ElementTree.fromstring((site.folder / "sitemap.xml").read_bytes())
    return {
        url.findtext("s:loc", "", names): url.findtext("s:lastmod", None, names) for url in root.findall("s:url", names)
    }


def test_the_sitemap_lists_every_page(small):
    base = "https://fixes.example/known-fixes/"
    assert set(sitemap(small)) == {base + address for address in small.pages()}


def test_the_sitemap_gives_each_entry_the_day_of_its_last_change(small):
    found = sitemap(small)
    assert {address: found[f"https://fixes.example/known-fixes/{address}"] for address in small.entries()} == {
        "acme/config-missing/": "2025-01-02",
        "acme/port-taken/": "2025-02-04",
        "acme/quiet-exit/": "2024-12-24",
        "borealis/stale-lock/": "2025-01-31",
        "borealis/sync-refused/": "2025-02-01",
    }


@pytest.mark.parametrize("name", ["front-matter", "entry", "products", "tools"])
def test_json_schemas_are_published_at_the_address_that_they_name(small, name):
    schema = json.loads((small.folder / f"schema/{name}.schema.json").read_text("utf-8"))
    assert schema["$id"] == f"https://fixes.example/known-fixes/schema/{name}.schema.json"


def test_data_files_of_the_knowledge_base_are_not_published(small):
    files = [path for path in small.folder.rglob("*") if path.suffix in (".yml", ".yaml", ".md")]
    assert {path.name for path in files} == {"index.md", "SKILL.md"}
