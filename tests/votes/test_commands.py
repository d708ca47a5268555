"""`kb votes collect`, `close`, `void` and `audit`, against the stand-in."""

import re
from pathlib import Path

import documented
import pytest
import yaml
from ballots import form, title, vote
from stand_in import CUT, too_fast

from kb.entry import read_vote_title
from kb.votes import SIGNALS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def entries(folder):
    """Entries `git/a` and `git/b`."""
    folder.entry("git/a.md", votes={"works": 0, "flaky": 0})
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
        add(github, number, author=author, entry="git/b")
    found = kb("votes", "collect")
    assert found.stdout == "git/b: works 0 -> 3\n"
    assert votes_of(entries, "git/b") == {"works": 3}


def test_who_is_blocked_after_counting_is_taken_out_again(github, entries, kb, tmp_path):
    add(github, 1, entry="git/b", author="ann")
    kb("votes", "collect")
    kb("votes", "close")
    (tmp_path / "blocked.txt").write_text("ann  # sent many\n")
    assert kb("votes", "collect", "--block-list", "blocked.txt").stdout == "git/b: works 1 -> 0\n"
    assert votes_of(entries, "git/b") == {}


def test_the_votes_of_an_account_that_is_gone_are_taken_out_again(github, entries, kb):
    add(github, 1, entry="git/b")
    kb("votes", "collect")
    add(github, 1, entry="git/b", author=None)
    assert kb("votes", "collect").stdout == "git/b: works 1 -> 0\n"


def stuffed(github, kb, count: int = 60) -> list[str]:
    """So many votes on `git/b`, counted and closed. Their names."""
    for number in range(1, count + 1):
        add(github, number, author=f"reader{number}", entry="git/b")
    kb("votes", "collect")
    kb("votes", "close")
    return [f"fixes/base#{number}" for number in range(1, count + 1)]


def deleted(github, ref: str) -> None:
    github.deleted.add(ref)
    del github.issues[ref]


def transferred(github, ref: str) -> None:
    github.moved[ref] = ref.replace("base", "elsewhere")
    github.issues[github.moved[ref]] = github.issues.pop(ref)


def unlabelled(github, ref: str) -> None:
    github.issues[ref]["labels"] = []


def made_something_else(github, ref: str) -> None:
    github.issues[ref]["body"] = "Buy this."


@pytest.mark.parametrize("gone", [deleted, transferred, unlabelled, made_something_else])
def test_votes_that_are_gone_count_no_more(github, entries, kb, gone):
    refs = stuffed(github, kb)
    assert votes_of(entries, "git/b") == {"works": 60}
    for ref in refs:
        gone(github, ref)
    assert kb("votes", "collect").stdout == "git/b: works 60 -> 0\n"
    assert votes_of(entries, "git/b") == {}


def test_a_vote_that_was_edited_after_counting_counts_for_what_it_says_now(github, entries, kb):
    stuffed(github, kb, 2)
    github.issues["fixes/base#2"] |= {"title": title("git/a", "flaky"), "body": form("git/a", "flaky")}
    assert kb("votes", "collect").stdout == "git/a: flaky 0 -> 1\ngit/b: works 2 -> 1\n"


def test_an_edit_of_the_form_alone_counts_for_nothing(github, entries, kb):
    stuffed(github, kb, 1)
    github.issues["fixes/base#1"]["body"] = form("git/a", "flaky")
    found = kb("votes", "collect")
    assert found.stdout == "git/b: works 1 -> 0\n"
    assert "fixes/base#1: its title 'Vote: works git/b' says something else than its form" in found.stderr


def test_a_count_without_any_vote_behind_it_counts_for_nothing(github, entries, kb):
    entries.entry("git/a.md", votes={"works": 3, "flaky": 1})
    assert kb("votes", "collect").stdout == "git/a: works 3 -> 0, flaky 1 -> 0\n"


def test_an_entry_that_can_not_be_read_keeps_its_counts(github, entries, kb):
    file = entries.file("git/broken.md", "---\ntitel: x\nvotes: {works: 3}\n---\n")
    before = file.read_bytes()
    add(github, 1, entry="git/b")
    assert kb("votes", "collect").stdout == "git/b: works 0 -> 1\n"
    assert file.read_bytes() == before


def test_a_keeper_takes_counted_votes_back(github, entries, kb):
    stuffed(github, kb, 3)
    found = kb("votes", "void", "1", "3")
    assert found.stdout == "git/b: works 3 -> 1\n"
    assert "fixes/base#3: works on git/b by reader3" in found.stderr
    assert [github.issues[f"fixes/base#{number}"]["state_reason"] for number in (1, 2, 3)] == [
        "not_planned",
        "completed",
        "not_planned",
    ]
    assert votes_of(entries, "git/b") == {"works": 1}
    assert kb("votes", "collect").stdout == ""  # and they stay out


def test_votes_are_taken_back_by_whom_and_on_what(github, entries, kb):
    for number, (author, entry) in enumerate((("ann", "git/a"), ("ann", "git/b"), ("bob", "git/b")), 1):
        add(github, number, author=author, entry=entry)
    kb("votes", "collect")
    assert kb("votes", "void", "--by", "@Ann", "--entry", "git/b").stdout == "git/b: works 2 -> 1\n"
    assert kb("votes", "void", "--entry", "git/b").stdout == "git/b: works 1 -> 0\n"
    assert kb("votes", "void", "--by", "ann").stdout == "git/a: works 1 -> 0\n"


def test_votes_that_are_gone_can_be_taken_back_with_the_others(github, entries, kb):
    """They were listed, and deleted or transferred before they could be closed."""
    stuffed(github, kb, 3)
    github.deleted.add("fixes/base#1")
    github.moved["fixes/base#2"] = "fixes/elsewhere#2"
    found = kb("votes", "void", "--entry", "git/b")
    assert found.stdout == "git/b: works 3 -> 0\n"
    assert "fixes/base#1: deleted; it counts no more" in found.stderr
    assert "3 votes taken back" in found.stderr


def test_a_trial_of_taking_back_changes_nothing(github, entries, kb):
    stuffed(github, kb, 2)
    before = contents(entries)
    assert kb("votes", "void", "1", "--dry-run").stdout == "git/b: works 2 -> 1\n"
    assert contents(entries) == before
    assert github.issues["fixes/base#1"]["state_reason"] == "completed"


def test_what_was_taken_back_until_github_failed_is_written(github, entries, kb):
    stuffed(github, kb, 3)
    github.fail(CUT, on="issues/2")
    assert kb("votes", "void", "--entry", "git/b", code=1).stdout == "git/b: works 3 -> 2\n"


@pytest.mark.parametrize(
    ("arguments", "ending"),
    [
        ((), (2, "Name issues by their numbers")),
        (("7",), (1, "fixes/base#7: no vote that counts")),
        (("--entry", "git/none"), (2, "there is no entry 'git/none'")),
    ],
)
def test_taking_back_nothing_is_told(github, entries, kb, arguments, ending):
    code, said = ending
    assert said in kb("votes", "void", *arguments, code=code).stderr


def test_a_vote_that_is_gone_when_it_would_be_closed_stops_nothing(github, entries, kb):
    for number in (1, 2):
        add(github, number, author=f"reader{number}")
    github.deleted.add("fixes/base#1")
    found = kb("votes", "close")
    assert "fixes/base#1: deleted; it counts no more" in found.stderr
    assert github.issues["fixes/base#2"]["state"] == "closed"


def test_what_would_be_closed_can_be_listed(github, entries, kb):
    """For the workflow, whose job that may close has nothing of this package."""
    for number in (1, 2):
        add(github, number, author=f"reader{number}")
    add(github, 3, body="Works for me!")
    assert kb("votes", "close", "--dry-run").stdout == "1\n2\n"
    assert github.sent("PATCH") == []


def test_a_quick_answer_is_counted_as_votes_are(github, entries, kb):
    for number, (author, signal) in enumerate((("ann", "helpful"), ("bob", "unhelpful"), ("bob", "helpful")), 1):
        add(github, number, author=author, entry="git/b", signal=signal)
    assert kb("votes", "collect").stdout == "git/b: helpful 0 -> 2\n"
    assert entries.load().by_id["git/b"].feedback.helpful == 2


def test_a_vote_changes_one_line(github, entries, kb):
    before = contents(entries)
    add(github, 1, entry="git/a", signal="flaky", author="ann")
    add(github, 2, entry="git/a", signal="flaky", author="bob")
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
    add(github, 1, author="ann", entry="git/b")
    add(github, 2, author="bob", entry="git/b")
    kb("votes", "collect")
    add(github, 2, author="bob", entry="git/b", state="closed", state_reason="completed")
    assert kb("votes", "collect").stdout == "git/b: works 2 -> 1\n"


def test_unknown_entries_and_signals_are_told(github, entries, kb):
    add(github, 1, entry="git/none")
    add(github, 2, signal="love")
    errors = kb("votes", "collect").stderr
    assert "fixes/base#1: no entry 'git/none'" in errors
    assert "fixes/base#2: no signal 'love'" in errors


def test_who_is_on_the_block_list_has_no_vote(github, entries, kb):
    entries.file("../blocked.txt", "# stuffed votes in May\n@Ann  # all of them\n\nbob\n")
    for number, author in enumerate(["ann", "bob", "cat"], 1):
        add(github, number, author=author, entry="git/b")
    kb("votes", "collect", "--block-list", "blocked.txt")
    assert votes_of(entries, "git/b") == {"works": 1}


def test_the_block_list_of_the_repository_is_used(github, entries, kb):
    entries.file("../.github/blocked-voters.txt", "ann\n")
    add(github, 1, entry="git/b")
    kb("votes", "collect")
    assert votes_of(entries, "git/b") == {}


def test_issues_without_the_label_are_no_votes(github, entries, kb):
    add(github, 1, entry="git/b", labels=("bug",))
    assert kb("votes", "collect").stdout == ""


def test_a_trial_writes_nothing(github, entries, kb):
    add(github, 1, entry="git/b")
    before = contents(entries)
    assert kb("votes", "collect", "--dry-run").stdout == "git/b: works 0 -> 1\n"
    assert contents(entries) == before


def test_votes_on_many_pages_are_all_counted(github, entries, kb):
    for number in range(1, 251):
        add(github, number, author=f"reader{number}", entry="git/b")
    kb("votes", "collect")
    assert votes_of(entries, "git/b") == {"works": 250}
    assert len(github.requests) == 3


def test_half_of_the_votes_are_never_written(github, entries, kb):
    """A rate limit in the middle of the list: nothing changes, and the message says when to go on."""
    for number in range(1, 251):
        add(github, number, author=f"reader{number}", entry="git/b")
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
        add(github, number, author=name, entry="git/b", created=number * minutes)
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


def test_the_form_names_every_signal():
    template = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/vote.yml").read_text("utf-8"))
    fields = {field["id"]: field["attributes"] for field in template["body"]}
    assert fields["signal"]["description"].partition(".")[0] == f"One of: {', '.join(SIGNALS)}"
    assert (fields["entry"]["label"], fields["signal"]["label"], template["labels"]) == ("Entry", "Signal", ["vote"])


def test_the_forms_own_title_is_one_of_a_vote_that_says_nothing():
    template = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/vote.yml").read_text("utf-8"))
    assert read_vote_title(template["title"]) == ("", "")
