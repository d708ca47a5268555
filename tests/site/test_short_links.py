"""Guessable addresses: an issue's own address, with this site's in place of github.com, leads to the entry about it."""

import json
import re
from pathlib import Path

import pytest
from built_sites import Site, build
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

BASE = "https://fixes.example/known-fixes/"

MAIN = ("Acme-Tools/Acme/issues/101/", "r/Acme-Tools/Acme/101/", "r/acme-tools/acme/101/")
"""Addresses of an entry's main issue that are pages for any browser. All others are in the map."""
OTHERS = ("acme-tools/acme/issues/101/", "r/acme-tools/Acme/101/")
SHOWN = "r/borealis-db/borealis/21/"
"""The short link that the page of an entry without a main issue shows: it is a page, too."""
REPORTS = ("Acme-Tools/Acme/issues/105/", "borealis-db/borealis/issues/7/", "r/borealis-db/borealis/7/")
PULLS = ("Acme-Tools/Acme/pull/110/", "acme-tools/acme/pull/112/", "r/acme-tools/acme/111/")


@pytest.mark.parametrize("address", [*MAIN, *OTHERS, *REPORTS, *PULLS])
def test_an_address_of_github_s_leads_to_the_entry(page: Page, small, address):
    page.goto(small.url + address)
    page.wait_for_url(f"{small.url}acme/port-taken/")


def test_it_does_at_a_server_s_root_too(page: Page, small_at_root):
    page.goto(f"{small_at_root.url}Acme-Tools/Acme/issues/101")
    page.wait_for_url(f"{small_at_root.url}acme/port-taken/")


def test_a_report_of_an_entry_without_a_main_issue_leads_to_it(page: Page, small):
    page.goto(f"{small.url}borealis-db/borealis/issues/21/")
    page.wait_for_url(f"{small.url}borealis/sync-refused/")


def test_what_stands_after_the_address_is_kept(page: Page, small):
    page.goto(f"{small.url}r/acme-tools/acme/101/?from=reply#fill:port=8080")
    page.wait_for_url(f"{small.url}acme/port-taken/?from=reply#fill:port=8080")


def test_the_way_back_does_not_lead_to_the_redirect_again(page: Page, small):
    page.goto(f"{small.url}tags/")
    page.evaluate("address => { location.href = address; }", f"{small.url}r/acme-tools/acme/101/")
    page.wait_for_url(f"{small.url}acme/port-taken/")
    page.go_back()
    page.wait_for_url(f"{small.url}tags/")


def test_a_browser_without_scripts_is_led_on(browser: Browser, small):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for address in MAIN:
        page.goto(small.url + address)
        page.wait_for_url(f"{small.url}acme/port-taken/")
    page.goto(small.url + SHOWN)
    page.wait_for_url(f"{small.url}borealis/sync-refused/")
    context.close()


@pytest.mark.parametrize("address", [*REPORTS, *PULLS, "borealis-db/borealis/issues/21/"])
def test_what_is_neither_of_a_main_issue_nor_shown_has_no_page_of_its_own(small, address):
    assert not (small.folder / address).exists()


@pytest.mark.parametrize("address", MAIN)
def test_a_redirect_names_the_permanent_address_and_is_not_indexed(small: Site, address):
    html = small.html(address)
    assert f'<link rel="canonical" href="{BASE}acme/port-taken/">' in html
    assert '<meta name="robots" content="noindex">' in html


def test_no_redirect_is_in_the_sitemap_or_the_search(small: Site):
    addresses = [path.relative_to(small.folder) for path in small.folder.rglob("index.html")]
    redirects = [path for path in addresses if 'http-equiv="refresh"' in (small.folder / path).read_text("utf-8")]
    assert len(redirects) >= 8
    sitemap = (small.folder / "sitemap.xml").read_text("utf-8")
    assert [path for path in redirects if f"<loc>{BASE}{path.parent.as_posix()}/</loc>" in sitemap] == []
    found = {
        entry["id"]
        for path in (small.folder / "search/index/entries").iterdir()
        for entry in json.loads(path.read_bytes())
    }
    assert found == {address.strip("/") for address in small.entries()}


@pytest.mark.parametrize("where", ["repository", "small"])
def test_every_report_of_every_entry_leads_to_an_entry(request, where):
    site: Site = request.getfixturevalue(where)
    named = {
        ref
        for address in site.entries()
        for ref in re.findall(r'href="https://github\.com/([^"/]+/[^"/]+/issues/\d+)"', _github_block(site, address))
    }
    known = shortcuts(site.folder)
    assert len(named) >= 4, named
    assert {ref for ref in named if ref.lower().replace("/issues/", "/") not in known} == set()
    assert set(known.values()) <= {address.strip("/") for address in site.entries()}


def shortcuts(folder: Path) -> dict[str, str]:
    """The map of a built site: issue -> entry, without what it has of codes."""
    shards = [json.loads(path.read_bytes()) for path in (folder / "r/-").iterdir()]
    return {issue: entry for shard in shards for issue, entry in shard.items() if not issue.startswith("codes/")}


def test_a_browser_looks_where_the_map_has_an_issue(page: Page, repository):
    """In whatever shard it is: the hash is the same in Python and in JavaScript."""
    assert len(list((repository.folder / "r/-").iterdir())) > 1
    issues = sorted(shortcuts(repository.folder).items())
    for issue, entry in issues[:: len(issues) // 6]:
        page.goto(f"{repository.url}r/{issue.upper()}/")
        page.wait_for_url(f"{repository.url}{entry}/")


@pytest.mark.parametrize("content", ["{", "[]", "null", '{"acme-tools/acme/105": "//evil.example/x"}', '{"a": 1}'])
def test_a_bad_map_leads_nowhere(page: Page, small, content):
    page.route("**/r/-/*.json", lambda route: route.fulfill(body=content, content_type="application/json"))
    page.goto(f"{small.url}Acme-Tools/Acme/issues/105")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing on this issue yet")


def _github_block(site: Site, address: str) -> str:
    """The part of an entry's page that lists its issue and the other reports."""
    return site.html(address).partition('id="github"')[2].partition("</section>")[0]


CONFIG = """\
site_name: Contested
site_url: https://fixes.example/
docs_dir: entries
theme: {name: kb}
plugins: [{kb: {search: false}}]
"""


@pytest.fixture
def target(folder, tmp_path):
    """A function that builds a site and says to which entry an issue leads there."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG, "utf-8")

    def of(issue: str) -> str:
        if not (tmp_path / "site").exists():
            built = build(tmp_path / "mkdocs.yml", tmp_path / "site")
            assert built.code == 0, built.output
        return shortcuts(tmp_path / "site")[issue]

    return of


def test_the_entry_whose_main_issue_it_is_wins_over_one_that_lists_it(folder, target):
    folder.entry("git/a.md", reports=["git/git#5"])
    folder.entry("git/b.md", issue={"ref": "git/git#5"})
    assert target("git/git/5") == "git/b"


def test_of_two_that_list_a_report_the_first_has_it(folder, target):
    folder.entry("git/b.md", reports=["Git/git#5"])
    folder.entry("git/a.md", reports=["git/git#5"])
    assert target("git/git/5") == "git/a"


def test_a_covered_issue_wins_over_a_pull_request_of_the_same_number(folder, target):
    folder.entry("git/a.md", pulls=[{"ref": "git/git#5", "state": "open"}])
    folder.entry("git/b.md", reports=["git/git#5"])
    assert target("git/git/5") == "git/b"


def test_an_owner_named_like_the_folder_of_short_links_takes_none_of_them(folder, target):
    folder.entry("git/a.md", reports=["r/v1#5"])
    folder.entry("git/b.md", reports=["v1/issues#5"])
    assert (target("r/v1/5"), target("v1/issues/5")) == ("git/a", "git/b")


def test_an_owner_named_like_the_folder_of_data_writes_nothing_there(folder, target, tmp_path):
    folder.entry("git/a.md", reports=["api/v1#5"])
    assert target("api/v1/5") == "git/a"
    assert not (tmp_path / "site/api/v1/issues").exists()
