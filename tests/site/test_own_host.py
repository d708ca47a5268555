"""A reader's browser talks to the site's own host only."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_no_page_and_no_search_asks_another_host(page, repository):
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("websocket", lambda socket: hosts.add(urlsplit(socket.url).netloc))
    for address in ("", "products/", "tools/", "docker/", "no/such/page/", "claude-code/extra-usage-400/"):
        page.goto(repository.url + address)
    page.get_by_role("combobox", name="Search the fixes").press_sequentially("extra usage", delay=20)
    expect(page.get_by_role("listbox", name="Results").get_by_role("option").first).to_be_visible()
    page.get_by_role("combobox", name="Filter by product").select_option("Claude Code")
    page.wait_for_load_state("networkidle")
    assert hosts == {urlsplit(repository.url).netloc}


def test_no_page_sets_a_cookie(page, repository):
    page.goto(repository.url)
    page.goto(f"{repository.url}claude-code/extra-usage-400/")
    assert page.context.cookies() == []
