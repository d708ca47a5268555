"""What a page gives to those who link it: texts to paste, and what previews and search engines read."""

import json
import re

import pytest
from built_sites import Site
from playwright.sync_api import Page, expect

BASE = "https://fixes.example/known-fixes/"
PAGE = f"{BASE}acme/port-taken/"
STEP = "workaround-stop-the-process-that-holds-the-port"


@pytest.fixture
def share(page: Page, small):
    """A function that copies one of the texts under "Link this page" of an entry."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def copy(label: str, entry: str = "acme/port-taken") -> str:
        page.goto(f"{small.url}{entry}/")
        row = page.locator(".kb-share__row", has=page.get_by_label(label, exact=True))
        row.get_by_role("button", name="Copy").click()
        expect(row.get_by_role("button")).to_have_text("Copied")
        return page.evaluate("navigator.clipboard.readText()")

    return copy


@pytest.mark.browser
@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Permalink", PAGE),
        ("Short link", f"{BASE}r/Acme-Tools/Acme/101/"),
        ("Markdown", f"[acme: port is taken: an old server still listens]({PAGE})"),
        ("HTML", f'<a href="{PAGE}">acme: port is taken: an old server still listens</a>'),
    ],
)
def test_a_page_can_be_linked_in_every_way(share, label, text):
    assert share(label) == text


@pytest.mark.browser
def test_a_reply_has_the_link_the_summary_the_first_step_and_how_to_get_values_filled(share):
    assert share("Reply").split("\n\n") == [
        f"This looks like a known error: [acme: port is taken: an old server still listens]({PAGE})",
        "Another process, usually an old acme-server, holds port ‹port›. Stop it, or serve on another port.",
        f"First thing to try: [Stop the process that holds the port]({PAGE}#{STEP})",
        f"Paste your message at {BASE}match/ and the commands come with your values filled in.",
    ]


@pytest.mark.browser
def test_a_reply_speaks_of_values_only_where_commands_have_some(share):
    assert "values" not in share("Reply", "acme/quiet-exit")


@pytest.mark.browser
def test_the_step_that_a_reply_links_is_on_the_page(share, page, small):
    step = re.search(r"\]\(\S+(#workaround-\S+)\)", share("Reply"))[1]
    page.goto(f"{small.url}acme/port-taken/{step}")
    expect(page.locator(step)).to_be_in_viewport()


@pytest.mark.browser
def test_an_entry_without_a_main_issue_has_the_short_link_of_its_first_report(share):
    assert share("Short link", "borealis/sync-refused") == f"{BASE}r/borealis-db/borealis/21/"


@pytest.mark.browser
def test_an_entry_without_reports_has_no_short_link(page, small):
    page.goto(f"{small.url}borealis/stale-lock/")
    expect(page.get_by_label("Permalink", exact=True)).to_be_visible()
    expect(page.get_by_label("Short link", exact=True)).to_have_count(0)


def shared_texts(site: Site) -> list[str]:
    return [
        text
        for address in site.entries()
        for text in re.findall(r"kb-share__row.*?<code>(.*?)</code>", site.html(address), re.DOTALL)
    ]


@pytest.mark.parametrize("where", ["repository", "hostile"])
def test_no_text_to_paste_mentions_anybody(request, where):
    texts = shared_texts(request.getfixturevalue(where))
    assert len(texts) > 20
    assert [
        text for text in texts if re.search(r"(?<![\w/.:])@\w", text) and "](" not in text and "&lt;a" not in text
    ] == []


def open_graph(site: Site, address: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', site.html(address)))


def json_ld(site: Site, address: str) -> dict:
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', site.html(address), re.DOTALL)
    return json.loads(block)


def test_a_preview_of_an_entry_has_its_title_summary_and_address(small):
    found = open_graph(small, "acme/port-taken/")
    assert found["og:type"] == "article"
    assert found["og:title"] == "acme: port is taken: an old server still listens"
    assert found["og:description"].startswith("Another process, usually an old acme-server")
    assert (found["og:url"], found["og:site_name"], found["twitter:card"]) == (PAGE, "Small Fixes", "summary")


@pytest.mark.parametrize("where", ["small", "hostile"])
def test_every_page_has_a_preview_with_a_picture_that_is_there(request, where):
    site: Site = request.getfixturevalue(where)
    for address in site.pages():
        found = open_graph(site, address)
        assert {"og:title", "og:type", "og:url", "og:image", "og:description"} <= found.keys(), address
        picture = site.folder / found["og:image"].removeprefix(BASE)
        assert picture.read_bytes().startswith(b"\x89PNG"), found["og:image"]


def test_an_entry_is_a_technical_article_to_search_engines(small):
    assert json_ld(small, "acme/port-taken/") == {
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "headline": "acme: port is taken: an old server still listens",
        "description": open_graph(small, "acme/port-taken/")["og:description"],
        "dateModified": "2025-02-04",
        "inLanguage": "en",
        "keywords": ["E042", "EADDRINUSE", "ports", "processes"],
        "about": {"@type": "SoftwareApplication", "name": "Acme CLI", "url": "https://acme.example/"},
        "isPartOf": {"@type": "WebSite", "name": "Small Fixes", "url": BASE},
        "author": {"@type": "Organization", "name": "Contributors to Small Fixes", "url": BASE},
        "url": PAGE,
        "mainEntityOfPage": PAGE,
        "image": f"{BASE}assets/card.png",
        "dependencies": "Acme CLI 3.1, 3.2",
        "discussionUrl": "https://github.com/Acme-Tools/Acme/issues/101",
    }


@pytest.mark.parametrize("where", ["repository", "hostile"])
def test_every_entry_s_block_of_data_can_be_read_and_ended_by_nothing_in_it(request, where):
    site: Site = request.getfixturevalue(where)
    for address in site.entries():
        assert json_ld(site, address)["@type"] == "TechArticle"


@pytest.mark.parametrize(("address", "kind"), [("", "WebSite"), ("tags/ports/", "WebPage")])
def test_other_pages_say_what_they_are(small, address, kind):
    assert json_ld(small, address)["@type"] == kind
