"""The issue report page of a base on GitLab, in a browser, with GitLab's API on loopback."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from built_sites import ROOT, Site, build, served
from playwright.sync_api import Page, expect

sys.path.append(str(ROOT / "tests/github"))  # where the stand-in lives

import gitlab_documented as documented
from answering import PROSE, TAKEN
from gitlab_stand_in import GitLabStandIn, running_gitlab, throttled

pytestmark = pytest.mark.browser

PROJECT = "group/sub/project"
KNOWN = "Error: listen EADDRINUSE: address already in use 127.0.0.1:3000"

api = pytest.fixture(running_gitlab, scope="module")


@pytest.fixture(scope="module")
def site(api, new_folder) -> Iterator[Site]:
    """A base whose repository is on the stand-in, with an entry about one of its issues."""
    entries = new_folder()
    issue = {"ref": f"{api.host}/{PROJECT}#12"}
    entries.entry("pip/taken.md", PROSE, title="Port in use", signatures=[{"text": TAKEN}], issue=issue)
    entries.entry("git/other.md")
    settings = {
        "site_name": "Fixes",
        "site_url": "https://fixes.example/known-fixes/",
        "docs_dir": "entries",
        "theme": {"name": "kb"},
        "plugins": {"kb": {"github_api": api.url, "forge": "gitlab"}},
    }
    config = entries.root.parent / "mkdocs.yml"
    config.write_text(yaml.safe_dump(settings), "utf-8")
    finished = build(config, Path(config.parent / "site"))
    assert finished.code == 0, finished.output
    with served(finished.folder, "/known-fixes/") as running:
        yield running


@pytest.fixture
def gitlab(api) -> GitLabStandIn:
    """The stand-in with an issue, one that mentions it, one that it mentions, and the merge request that closes it."""
    for held in (api.issues, api.lists, api.requests, api.faults):
        held.clear()
    api.token, web = "", api.web
    notes = [documented.told(web, "mentioned in issue #40"), documented.told(web, "mentioned in merge request !7")]
    api.add(
        f"{PROJECT}#12",
        title="Does not start",
        body=f"As in #5.\n\n```\n{KNOWN}\n```\n\n### Version\n\n2.1\n",
        labels=("bug",),
        state="closed",
        notes=notes,
    )
    merge = api.add(f"{PROJECT}!7", state="merged")
    api.add(f"{PROJECT}#5", title="An older one")
    api.add(f"{PROJECT}#40", title="Again")
    api.lists[f"{PROJECT}#12", "related_merge_requests"] = [merge]
    api.lists[f"{PROJECT}#12", "closed_by"] = [merge]
    api.lists[f"{PROJECT}#12", "resource_state_events"] = [documented.state_event(web, "closed")]
    return api


def make(page: Page) -> None:
    page.get_by_role("button", name="Make the report").click()


def test_an_entry_leads_to_the_report_on_its_issue(site, gitlab, page):
    page.goto(f"{site.url}pip/taken/")
    page.get_by_role("link", name="Report on it as it is now").click()
    make(page)
    view = page.get_by_role("article", name=f"Report on {PROJECT}#12")
    expect(view.get_by_role("heading", name="Does not start")).to_be_visible()
    expect(view.get_by_role("link", name="Port in use")).to_be_visible()
    linked = view.locator(".kb-report__linked")
    expect(linked).to_contain_text(f"{PROJECT}!7 Free the port (pull request, closes this)")
    expect(linked).to_contain_text(f"{PROJECT}#5 An older one (mentioned here)")
    expect(linked).to_contain_text(f"{PROJECT}#40 Again (mentions this)")
    merge = linked.get_by_role("link", name=f"{PROJECT}!7")
    assert merge.get_attribute("href") == f"{gitlab.web}/{PROJECT}/-/merge_requests/7"
    assert page.url.endswith(f"report/#{PROJECT}#12")
    page.reload()
    expect(page.get_by_label("Address of an issue")).to_have_value(f"{PROJECT}#12")


def test_a_token_and_a_limit_are_gitlabs(site, gitlab, page):
    gitlab.token = "glpat-of-a-test"
    page.goto(f"{site.url}report/")
    page.get_by_label("Address of an issue").fill(f"{gitlab.web}/{PROJECT}/-/issues/12")
    make(page)
    expect(page.get_by_role("status")).to_have_text("GitLab wants a token for this.")
    page.get_by_text("Your own token").click()
    page.get_by_label("Token", exact=True).fill("glpat-of-a-test")
    gitlab.fail(throttled(30))
    make(page)
    expect(page.get_by_role("status")).to_have_text("GitLab asks for a pause of 30 seconds.")
    make(page)
    expect(page.get_by_role("article", name=f"Report on {PROJECT}#12")).to_be_visible()
    assert gitlab.requests[-1].headers["private-token"] == "glpat-of-a-test"
    assert "authorization" not in gitlab.requests[-1].headers


def test_pages_call_things_as_gitlab_does(site):
    pages = {
        name: (site.folder / name / "index.html").read_text("utf-8") for name in ("contribute", "rules", "pip/taken")
    }
    assert "Fork this repository on GitLab" in pages["contribute"]
    assert "Open a merge request." in pages["contribute"]
    assert "Every merge request is checked" in pages["rules"]
    assert "Official merge requests" in pages["pip/taken"]
