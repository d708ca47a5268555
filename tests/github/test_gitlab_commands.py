"""`kb import`, `kb refresh`, `kb report` and `kb votes collect` on GitLab, against the stand-in."""

from functools import partial

import gitlab_documented as documented
import pytest
from click.testing import CliRunner
from gitlab_stand_in import running_gitlab

from kb.cli import main
from kb.github import tracker_from

gitlab = pytest.fixture(running_gitlab)
PROJECT = "group/sub/project"
ISSUE = f"{PROJECT}#12"
PRODUCTS = "tool:\n  name: Tool\n  home: https://tool.example/\n  repository: {}\n  category: software\n"
BODY = "I pushed, and got this:\n\n```\nerror: cannot lock the ref store of the worker at /srv/x.git: 13 tries\n```\n"


@pytest.fixture
def kb(gitlab, folder, tmp_path, monkeypatch):
    """The command in a folder with `entries/` in it, with GitLab's address in its environment."""
    monkeypatch.setattr("kb.cli.asking.tracker_from", partial(tracker_from, pause=0))
    monkeypatch.chdir(tmp_path)
    environ = {"GITLAB_API_URL": gitlab.url, "GITLAB_TOKEN": "", "GITHUB_REPOSITORY": None, "NO_COLOR": "1"}

    def run(*arguments: str, code: int = 0, asks: bool = True):
        more = ["--patience", "1", "--cache", str(tmp_path / "cache.db")] if asks else []
        found = CliRunner().invoke(main, [*arguments, *more], env=environ, catch_exceptions=False)
        assert found.exit_code == code, found.output
        return found

    return run


@pytest.fixture
def issue(gitlab, folder):
    """An issue with a merge request that closes it, of a product whose repository is on that GitLab."""
    folder.file("products.yml", PRODUCTS.format(f"{gitlab.host}/{PROJECT}"))
    gitlab.add(ISSUE, title="The ref store can't be locked", body=BODY, notes=[documented.note(gitlab.web, "Same.")])
    merge = gitlab.add(f"{PROJECT}!7")
    gitlab.lists[ISSUE, "related_merge_requests"] = gitlab.lists[ISSUE, "closed_by"] = [merge]
    return merge


def test_an_issue_becomes_a_draft_with_its_merge_request(gitlab, folder, kb, issue):
    told = kb("import", f"{gitlab.web}/{PROJECT}/-/issues/12")
    assert "1 new; " in told.stderr
    assert "requests to GitLab" in told.stderr
    (entry,) = folder.load().entries
    assert (entry.product, str(entry.issue.ref)) == ("tool", f"{gitlab.host}/{ISSUE}")
    assert [str(pull.ref) for pull in entry.pulls] == [f"{gitlab.host}/{PROJECT}!7"]
    assert kb("import", f"{gitlab.host}/{ISSUE}").stdout.startswith("known")


def test_facts_follow_gitlab(gitlab, folder, kb, issue):
    kb("import", ISSUE)
    issue |= {"state": "merged", "merged_at": documented.at(60)}
    gitlab.issues[ISSUE] |= {"state": "closed", "upvotes": 3}
    told = kb("refresh").stdout
    assert f"{gitlab.host}/{PROJECT}!7 open -> merged" in told
    assert "reactions 0 -> 3" in told
    assert "status open -> fixed" in told
    assert kb("refresh").stdout == ""


def test_a_report_follows_what_is_linked(gitlab, folder, kb, issue):
    report = kb("report", ISSUE, "--url", "https://fixes.example/").stdout
    assert f"[{ISSUE}]({gitlab.web}/{PROJECT}/-/issues/12)" in report
    merge = f"[{PROJECT}!7]({gitlab.web}/{PROJECT}/-/merge_requests/7)"
    assert f"{merge} Free the port (pull request, open; closes this)" in report
    assert "What do the maintainers say?" not in report


def test_votes_are_issues_of_the_project(gitlab, folder, kb):
    folder.entry("tool/a.md")
    body = "### Entry\n\ntool/a\n\n### Signal\n\nworks\n\n### Anything to add?"
    for number, author in enumerate(("rosa", "lena", "rosa"), 1):
        gitlab.add(f"{PROJECT}#{number}", title="Vote: Works tool/a", body=body, author=author)
    gitlab.add(f"{PROJECT}#4", title="Vote: Works tool/a", body=body, author="ada", state="closed")  # taken back
    kb("votes", "collect", "--repo", PROJECT)
    assert folder.load().by_id["tool/a"].votes.works == 2
    kb("votes", "close", "--repo", PROJECT)
    assert gitlab.issues[f"{PROJECT}#2"]["labels"] == ["counted"]
    kb("votes", "void", "2", "--repo", PROJECT)
    assert folder.load().by_id["tool/a"].votes.works == 1
