"""`kb votes collect`, `close` and `audit`, against the stand-in."""

import re
from pathlib import Path

import documented
import pytest
import yaml
from ballots import form, vote
from stand_in import CUT, too_fast

ROOT = Path(__file__).parents[2]


@pytest.fixture
def entries(folder):
    """Entries `git/a` and `git/b`."""
    folder.entry("git/a.md", votes={"works": 3, "flaky": 1})
    folder.entry("git/b.md")
    return folder


def add(github, number: int, **keys: object) -> None:
    github.issues[f"fixes/base#{number}"] = vote(number, **keys)


def votes_of(entries, entry_id: str) -> dict[str, int]:
    found = entries.load().by_id[entry_id].votes.model_dump()
    return {signal: count for signal, count in found.items() if count}


def contents(entries) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in entries.root.rglob("*") if path.is_file()}


def test_votes_are_written_into_entries(github, entries, kb):
    for number, author in enumerate(["ann", "bob", "cat"], 1):
        add(github, number, author=author, body=form("git/b"))
    found = kb("votes", "collect")
    assert found.stdout == "git/b: works 0 -> 3\n"
    assert votes_of(entries, "git/b") == {"works": 3}


def test_who_is_blocked_after_counting_is_taken_out_again(github, entries, kb, tmp_path):
    add(github, 1, body=form("git/b"), author="ann")
    kb("votes", "collect")
    kb("votes", "close")
    (tmp_path / "blocked.txt").write_text("ann  # sent many\n")
    assert kb("votes", "collect", "--block-list", "blocked.txt").stdout == "git/b: works 1 -> 0\n"
    assert votes_of(entries, "git/b") == {}


def test_the_votes_of_an_account_that_is_gone_are_taken_out_again(github, entries, kb):
    add(github, 1, body=form("git/b"))
    kb("votes", "collect")
    add(github, 1, body=form("git/b"), author=None)
    assert kb("votes", "collect").stdout == "git/b: works 1 -> 0\n"


def test_a_count_without_any_vote_behind_it_is_left_alone(github, entries, kb):
    add(github, 1, body=form("git/a", "blocking"))
    kb("votes", "collect")
    assert votes_of(entries, "git/a") == {"works": 3, "flaky": 1, "blocking": 1}


def test_a_quick_answer_is_counted_as_votes_are(github, entries, kb):
    for number, (author, signal) in enumerate((("ann", "helpful"), ("bob", "unhelpful"), ("bob", "helpful")), 1):
        add(github, number, author=author, body=form("git/b", signal))
    assert kb("votes", "collect").stdout == "git/b: helpful 0 -> 2\n"
    assert entries.load().by_id["git/b"].feedback.helpful == 2


def test_a_vote_changes_one_line(github, entries, kb):
    before = contents(entries)
    add(github, 1, body=form("git/a", "flaky"), author="ann")
    add(github, 2, body=form("git/a", "flaky"), author="bob")
    kb("votes", "collect")
    changed = [(old, contents(entries)[path]) for path, old in before.items() if old != contents(entries)[path]]
    ((old, new),) = changed
    assert len(set(old.splitlines()) ^ set(new.splitlines())) == 2


def test_collecting_twice_changes_nothing(github, entries, kb):
    add(github, 1)
    kb("votes", "collect")
    before = contents(entries)
    assert kb("votes", "collect").stdout == ""
    assert contents(entries) == before


def test_closing_what_was_counted_changes_no_count(github, entries, kb):
    add(github, 1)
    kb("votes", "collect")
    kb("votes", "close")
    before = contents(entries)
    assert kb("votes", "collect").stdout == ""
    assert contents(entries) == before


def test_what_was_counted_is_closed_as_completed_with_a_label(github, entries, kb):
    add(github, 1)
    kb("votes", "close")
    issue = github.issues["fixes/base#1"]
    assert (issue["state"], issue["state_reason"]) == ("closed", "completed")
    assert [label["name"] for label in issue["labels"]] == ["vote", "counted"]


def test_closing_is_one_request_a_vote(github, entries, kb):
    """So that no vote is ever closed without the label that lets it count."""
    add(github, 1)
    kb("votes", "close")
    assert github.sent("PATCH") == [
        (
            "/repos/fixes/base/issues/1",
            {"state": "closed", "state_reason": "completed", "labels": ["vote", "counted"]},
        )
    ]


def test_what_does_not_count_stays_open(github, entries, kb):
    add(github, 1, body="Works for me!")
    add(github, 2, author="helper[bot]")
    kb("votes", "close")
    assert [issue["state"] for issue in github.issues.values()] == ["open", "open"]


def test_a_vote_that_its_author_closed_is_taken_off(github, entries, kb):
    add(github, 1, author="ann", body=form("git/b"))
    add(github, 2, author="bob", body=form("git/b"))
    kb("votes", "collect")
    add(github, 2, author="bob", body=form("git/b"), state="closed", state_reason="completed")
    assert kb("votes", "collect").stdout == "git/b: works 2 -> 1\n"


def test_unknown_entries_and_signals_are_told(github, entries, kb):
    add(github, 1, body=form("git/none"))
    add(github, 2, body=form(signal="love"))
    errors = kb("votes", "collect").stderr
    assert "fixes/base#1: no entry 'git/none'" in errors
    assert "fixes/base#2: no signal 'love'" in errors


def test_who_is_on_the_block_list_has_no_vote(github, entries, kb):
    entries.file("../blocked.txt", "# stuffed votes in May\n@Ann  # all of them\n\nbob\n")
    for number, author in enumerate(["ann", "bob", "cat"], 1):
        add(github, number, author=author, body=form("git/b"))
    kb("votes", "collect", "--block-list", "blocked.txt")
    assert votes_of(entries, "git/b") == {"works": 1}


def test_the_block_list_of_the_repository_is_used(github, entries, kb):
    entries.file("../.github/blocked-voters.txt", "ann\n")
    add(github, 1, body=form("git/b"))
    kb("votes", "collect")
    assert votes_of(entries, "git/b") == {}


def test_issues_without_the_label_are_no_votes(github, entries, kb):
    add(github, 1, body=form("git/b"), labels=("bug",))
    assert kb("votes", "collect").stdout == ""


def test_a_trial_writes_nothing(github, entries, kb):
    add(github, 1, body=form("git/b"))
    before = contents(entries)
    assert kb("votes", "collect", "--dry-run").stdout == "git/b: works 0 -> 1\n"
    assert contents(entries) == before


def test_votes_on_many_pages_are_all_counted(github, entries, kb):
    for number in range(1, 251):
        add(github, number, author=f"reader{number}", body=form("git/b"))
    kb("votes", "collect")
    assert votes_of(entries, "git/b") == {"works": 250}
    assert len(github.requests) == 3


def test_half_of_the_votes_are_never_written(github, entries, kb):
    """A rate limit in the middle of the list: nothing changes, and the message says when to go on."""
    for number in range(1, 251):
        add(github, number, author=f"reader{number}", body=form("git/b"))
    github.fail(too_fast(1800), on="page=2")
    before = contents(entries)
    assert "Run the same command again after that" in kb("votes", "collect", code=75).stderr
    assert contents(entries) == before


def test_a_closing_that_is_cut_off_can_be_gone_on_with(github, entries, kb):
    for number in (1, 2):
        add(github, number, author=f"reader{number}")
    github.fail(CUT, on="issues/2")
    kb("votes", "close", code=1)
    kb("votes", "close")
    assert {issue["state"] for issue in github.issues.values()} == {"closed"}
    assert all([label["name"] for label in issue["labels"]] == ["vote", "counted"] for issue in github.issues.values())


def test_a_repository_has_to_be_one(entries, kb):
    kb.environ["GITHUB_REPOSITORY"] = "../x"
    assert "write owner/name" in kb("votes", "collect", code=2).stderr


def burst(github, count: int, age_days: int, minutes: float = 1) -> None:
    """So many votes on one entry, one every `minutes`, from accounts that are `age_days` old."""
    for number in range(1, count + 1):
        name = f"reader{number}"
        add(github, number, author=name, body=form("git/b"), created=number * minutes)
        github.users[name] = documented.full_user(name, documented.at(number * minutes - age_days * 24 * 60))


def test_many_votes_from_new_accounts_are_a_burst(github, entries, kb):
    burst(github, 12, age_days=2)
    found = kb("votes", "audit", code=1).stdout
    assert re.match(r"git/b: 12 votes from 2026-01-01T12:01:00Z on, within 0:11:00; 12 of 12 accounts younger", found)
    assert "reader1, reader2" in found


def test_many_votes_from_old_accounts_are_none(github, entries, kb):
    burst(github, 12, age_days=400)
    assert kb("votes", "audit").stdout == ""


def test_many_votes_in_a_long_time_are_none(github, entries, kb):
    burst(github, 12, age_days=2, minutes=60 * 24)
    assert kb("votes", "audit").stdout == ""
    assert not [call for call in github.calls() if "/users/" in call]


def test_few_votes_are_none(github, entries, kb):
    burst(github, 9, age_days=2)
    assert kb("votes", "audit").stdout == ""


def test_an_account_that_is_gone_by_now_counts_as_new(github, entries, kb):
    burst(github, 12, age_days=2)
    github.users.clear()
    assert "12 of 12 accounts" in kb("votes", "audit", code=1).stdout


def test_the_form_offers_every_signal():
    template = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/vote.yml").read_text("utf-8"))
    fields = {field["id"]: field["attributes"] for field in template["body"]}
    from kb.github.votes import SIGNALS

    assert fields["signal"]["options"] == list(SIGNALS)
    assert (fields["entry"]["label"], fields["signal"]["label"], template["labels"]) == ("Entry", "Signal", ["vote"])
