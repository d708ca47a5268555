"""`kb check --against REF` in a real git repository: what was published stays where it was, and says what it said."""

import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli import main

ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_AUTHOR_DATE": "2026-01-02T00:00:00Z",
    "GIT_COMMITTER_DATE": "2026-01-02T00:00:00Z",
}
FACTS = {"issue": {"ref": "o/n#1", "comments": 4}, "pulls": [{"ref": "o/n#2", "state": "open"}]}
LONG = """\
## Summary

It fails for reasons that take a while to tell.

## Cause

Something that is needed is missing.

## Workaround: Add what is missing

Add it by hand, where it belongs.
"""


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env=os.environ | ENVIRONMENT)


@pytest.fixture
def repository(folder, monkeypatch):
    """A repository with three published entries, checked out and current."""
    folder.entry("git/a.md", LONG, votes={"works": 3}, aliases=["git/first"])
    folder.entry("git/b.md", **FACTS)
    folder.entry("git/c.md")
    git(folder.root.parent, "init", "-q", "-b", "main")
    git(folder.root.parent, "add", ".")
    git(folder.root.parent, "commit", "-q", "-m", "Publish")
    monkeypatch.chdir(folder.root.parent)
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments])


def problems(*arguments: str) -> list[str]:
    """File and code of what is wrong."""
    lines = run("--against", "main", *arguments).stdout.splitlines()
    return [f"{line.split(':')[0]} {line.split()[1]}" for line in lines if line.startswith("entries/")]


def test_what_is_as_it_was_published_has_no_problems(repository):
    assert problems() == []


def test_without_a_commit_to_compare_with_anything_may_go(repository):
    (repository.root / "git/c.md").unlink()
    assert run().exit_code == 0


def test_a_removed_entry_keeps_its_address(repository):
    (repository.root / "git/c.md").unlink()
    assert problems() == ["entries/git/c.md KB601"]
    repository.entry("git/b.md", aliases=["git/c"], **FACTS)
    assert problems() == []


def test_a_renamed_entry_keeps_its_address_and_its_votes(repository):
    (repository.root / "git/a.md").rename(repository.root / "git/new.md")
    assert problems() == ["entries/git/new.md KB601"]
    assert run("--against", "main", "--fix").exit_code == 0
    assert "aliases: [git/first, git/a]" in (repository.root / "git/new.md").read_text().replace('"', "")
    assert problems() == []


def test_an_entry_that_was_renamed_and_rewritten_is_recognised_by_its_signature(repository):
    former = repository.root / "git/b.md"
    former.unlink()
    repository.entry("git/new.md", LONG, signatures=[{"text": "git-b"}], **FACTS)
    assert problems() == ["entries/git/new.md KB601"]


def test_an_entry_of_the_same_prose_and_another_signature_is_recognised_too(repository):
    (repository.root / "git/a.md").unlink()
    repository.entry(
        "git/new.md", LONG, signatures=[{"text": "something else"}], aliases=["git/first"], votes={"works": 3}
    )
    assert problems() == ["entries/git/new.md KB601"]


def test_an_entry_of_its_own_is_not_taken_for_a_renamed_one(repository):
    (repository.root / "git/a.md").unlink()
    repository.entry("pip/other.md")
    assert problems() == ["entries/git/a.md KB601", "entries/git/a.md KB601"]


def test_a_removed_alias_is_put_back(repository):
    repository.entry("git/a.md", LONG, votes={"works": 3})
    assert problems() == ["entries/git/a.md KB601"]
    assert run("--against", "main", "--fix").exit_code == 0
    assert problems() == []


def test_an_alias_may_move_to_another_entry(repository):
    repository.entry("git/a.md", LONG, votes={"works": 3})
    repository.entry("git/c.md", aliases=["git/first"])
    assert problems() == []


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("git/a.md", {"votes": {"works": 4}, "aliases": ["git/first"]}),
        ("git/a.md", {"aliases": ["git/first"]}),
        ("git/b.md", {"issue": {"ref": "o/n#1", "comments": 5}, "pulls": [{"ref": "o/n#2", "state": "open"}]}),
        ("git/b.md", {"issue": {"ref": "o/n#1", "comments": 4}, "pulls": [{"ref": "o/n#2", "state": "merged"}]}),
        ("git/new.md", {"votes": {"works": 1}}),
        ("git/c.md", {"feedback": {"helpful": 9}}),
        ("git/new.md", {"feedback": {"helpful": 1}}),
    ],
    ids=[
        *("votes", "no votes", "comments", "state of a pull request", "votes of a new entry"),
        *("feedback", "feedback of a new entry"),
    ],
)
def test_votes_and_facts_are_not_edited_by_hand(repository, name, keys):
    repository.entry(
        name, LONG if name == "git/a.md" else "## Summary\n\nS\n\n## Cause\n\nC\n\n## Workaround: W\n\nB\n", **keys
    )
    assert problems() == [f"entries/{name} KB602"]
    assert problems("--facts-may-change") == []


def test_another_issue_brings_facts_of_its_own(repository):
    pulls = [*FACTS["pulls"], {"ref": "o/n#8", "state": "merged"}]
    repository.entry("git/b.md", issue={"ref": "o/n#7", "comments": 9}, reports=["o/n#1"], pulls=pulls)
    assert problems() == []


# Addresses that are named after issues


def told(*arguments: str) -> str:
    return run("--against", "main", *arguments).stdout


@pytest.fixture
def reported(repository):
    """The repository, with two more entries published that have reports."""
    repository.entry("git/d.md", reports=["o/n#5", "Own/Name#6"])
    repository.entry("git/e.md", issue={"ref": "o/n#9"})
    git(repository.root.parent, "add", ".")
    git(repository.root.parent, "commit", "-q", "-m", "Reports")
    return repository


def test_a_report_that_is_removed_keeps_its_address(reported):
    reported.entry("git/d.md", reports=["o/n#5"])
    assert problems() == ["entries/git/d.md KB601"]
    assert "/r/Own/Name/6/ was published, led to git/d and would be gone" in told()
    assert "Add Own/Name#6 to `reports` of this file, or of the entry that it belongs to." in told()
    assert run("--against", "main", "--fix").exit_code == 0
    assert list(map(str, reported.source("git/d.md").entry.reports)) == ["o/n#5", "Own/Name#6"]


def test_all_that_was_removed_is_put_back_at_once(reported):
    reported.entry("git/d.md")
    reported.entry("git/b.md")
    assert problems() == [f"entries/git/{name}.md KB601" for name in "bbdd"]
    assert run("--against", "main", "--fix").exit_code == 0
    assert [(str(pull.ref), pull.state) for pull in reported.source("git/b.md").entry.pulls] == [("o/n#2", "open")]
    assert list(map(str, reported.source("git/b.md").entry.refs)) == ["o/n#1"]


def test_another_spelling_of_a_report_is_the_same_one(reported):
    reported.entry("git/d.md", reports=["O/N#5", "own/name#6"])
    assert problems() == []


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ({"issue": {"ref": "O/n#5"}}, "entries/git/0.md:5:9"),
        ({"reports": ["x/y#1", "o/n#9", "o/n#5"]}, "entries/git/0.md:5:29"),
    ],
    ids=["as its own issue", "as a report"],
)
def test_an_entry_can_not_claim_another_s_issue(reported, keys, place):
    reported.entry("git/0.md", **keys)
    assert problems() == ["entries/git/0.md KB601"]
    assert f"{place}: KB601 /r/o/n/5/ leads to git/d, which has " in told()
    assert "If it is this entry's and not that one's, remove it in git/d.md: its address moves." in told()


def test_claiming_a_pull_request_of_another_entry_is_told_too(reported):
    reported.entry("git/0.md", issue={"ref": "o/n#2"})
    assert problems() == ["entries/git/0.md KB601"]


def test_an_issue_moves_to_another_entry_where_its_own_lets_go_of_it(reported):
    reported.entry("git/0.md", issue={"ref": "o/n#5"})
    reported.entry("git/d.md", reports=["Own/Name#6"])
    assert problems() == []


def test_a_renamed_entry_takes_its_issues_along(reported):
    (reported.root / "git/d.md").unlink()
    reported.entry("git/z.md", LONG, aliases=["git/d"], reports=["o/n#5"])
    assert problems() == ["entries/git/z.md KB601"]
    reported.entry("git/z.md", LONG, aliases=["git/d"], reports=["o/n#5", "own/name#6"])
    assert problems() == []


def test_an_entry_that_can_not_be_read_loses_nothing_but_that(reported):
    path = reported.root / "git/d.md"
    path.write_text(path.read_text().replace("---", "--", 1))
    assert {line.split()[1] for line in problems()} == {"KB109"}


def test_votes_that_were_edited_are_put_back(repository):
    before = (repository.root / "git/a.md").read_text()
    (repository.root / "git/a.md").write_text(before.replace('"works": 3', '"works": 9'))
    assert run("--against", "main", "--fix").exit_code == 0
    assert repository.source("git/a.md").entry.votes.works == 3


def test_facts_that_were_edited_are_put_back_as_they_were_written(repository):
    issue = {"ref": "o/n#1", "fetched": "2026-04-09T08:14:31Z", "comments": 4, "reactions": 0}
    facts = {"issue": issue, "votes": {"works": 0, "flaky": 0}}
    path = repository.entry("git/zeros.md", **facts)
    git(repository.root.parent, "add", "-A")
    git(repository.root.parent, "commit", "-qm", "zeros")
    before = path.read_text()
    path.write_text(before.replace('"works": 0', '"works": 9').replace('"comments": 4', '"comments": 5'))
    assert path.read_text() != before
    assert run("--against", "HEAD", "--fix").exit_code == 0
    assert path.read_text() == before


def test_a_commit_is_compared_and_not_what_is_staged(repository):
    (repository.root / "git/c.md").unlink()
    git(repository.root.parent, "add", "-A")
    assert problems() == ["entries/git/c.md KB601"]


def test_the_folder_s_files_stay_as_they_are(repository):
    before = {path: path.stat().st_mtime_ns for path in repository.root.rglob("*")}
    run("--against", "main")
    assert {path: path.stat().st_mtime_ns for path in repository.root.rglob("*")} == before


@pytest.mark.parametrize("ref", ["nowhere", "--output=x", "HEAD~7", ""])
def test_an_unknown_commit_is_said_to_be_one(repository, ref):
    result = run(f"--against={ref}")
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert "there is no commit" in result.output


def test_a_shallow_clone_is_told_how_to_get_the_commit(repository, tmp_path, monkeypatch):
    repository.entry("git/d.md")
    git(repository.root.parent, "add", ".")
    git(repository.root.parent, "commit", "-q", "-m", "More")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository.root.parent}", "clone")
    monkeypatch.chdir(tmp_path / "clone")
    result = run("--against", "HEAD^")
    assert result.exit_code == 2
    assert "git fetch --unshallow" in result.output


def test_a_folder_outside_of_any_repository_is_said_to_be_one(folder, monkeypatch):
    folder.entry("git/a.md")
    monkeypatch.chdir(folder.root.parent)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.root.parent.parent))
    result = run("--against", "main")
    assert result.exit_code == 2
    assert "not a git repository" in result.output


def test_a_machine_without_git_is_told_so(repository, monkeypatch):
    monkeypatch.setenv("PATH", str(repository.root))
    result = run("--against", "main")
    assert result.exit_code == 2
    assert "git is not installed" in result.output


DRAFTED = {"model": "example-model", "day": "2026-01-02", "sources": ["o/n#1"], "text": "0123456789abcdef0123"}
REVIEWED = DRAFTED | {"reviewed": {"by": "rosa", "day": "2026-01-03"}}


def commit(folder, message: str, *, as_bot: bool) -> None:
    root = folder.root.parent
    git(root, "add", ".")
    author = ("--author", "kb[bot] <1+kb[bot]@users.noreply.example.com>") if as_bot else ()
    git(root, "commit", "-q", "-m", message, *author)


@pytest.mark.parametrize(("as_bot", "expected"), [(False, []), (True, ["entries/git/a.md KB605"])])
def test_a_review_that_a_program_committed_is_none(repository, as_bot, expected):
    git(repository.root.parent, "switch", "-q", "-c", "reviewed")
    repository.entry("git/a.md", LONG, votes={"works": 3}, aliases=["git/first"], provenance={"cause": DRAFTED})
    commit(repository, "Draft", as_bot=True)
    assert problems() == []
    repository.entry("git/a.md", LONG, votes={"works": 3}, aliases=["git/first"], provenance={"cause": REVIEWED})
    commit(repository, "Review", as_bot=as_bot)
    assert problems() == expected
    if as_bot:
        assert "the review of cause stands in a commit of a program, kb[bot]" in run("--against", "main").stdout


def test_a_review_stays_one_when_a_program_changes_something_else(repository):
    keys = {"votes": {"works": 3}, "aliases": ["git/first"], "provenance": {"cause": REVIEWED}}
    git(repository.root.parent, "switch", "-q", "-c", "reviewed")
    repository.entry("git/a.md", LONG, **keys)
    commit(repository, "Draft and review", as_bot=False)
    repository.entry("git/a.md", f"{LONG}\nMore of it.\n", **keys)
    commit(repository, "Refresh", as_bot=True)
    assert problems() == []
