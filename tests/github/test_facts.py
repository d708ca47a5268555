"""From an issue and its timeline to the facts of an entry."""

from datetime import UTC, datetime

import documented
import pytest

from kb.entry import IssueRef, Status
from kb.github.facts import facts_of

REF = IssueRef.parse("acme/tool#7")
NOW = datetime(2026, 5, 4, 3, 2, 1, 999, tzinfo=UTC)


@pytest.fixture
def facts(github, client):
    """The facts of an issue with these events, read as a command reads them."""

    def read(*events: dict, **keys: object):
        github.add(REF, events=list(events), **keys)
        return facts_of(client.issue(REF), client.timeline(REF), NOW)

    return read


def pull(number: int, title: str = "Mend it", repository: str = "acme/tool", **keys: object) -> dict:
    source = documented.issue(f"{repository}#{number}", title, pull=True, **keys)
    return documented.cross_referenced(source, minutes=number)


def test_counts_are_those_of_the_issue(facts):
    found = facts(documented.commented("Me too.", "ann"), author="bob", reacted=5).issue
    assert (found.ref, found.comments, found.participants, found.reactions) == (REF, 1, 2, 5)


def test_who_writes_twice_is_one_participant(facts):
    comments = [documented.commented("Again.", author, minutes) for minutes, author in enumerate(["ann", "bob", "ann"])]
    assert facts(*comments, author="ann").issue.participants == 2


def test_an_account_that_is_gone_is_no_participant(facts):
    assert facts(author=None).issue.participants == 0


def test_the_facts_say_when_they_were_read(facts):
    assert facts().issue.fetched == datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)


def test_events_are_counted_by_kind_the_most_frequent_first(facts):
    events = [documented.labeled("a"), documented.commented("x"), documented.labeled("b"), documented.closed()]
    assert list(facts(*events).issue.timeline.items()) == [("labeled", 2), ("closed", 1), ("commented", 1)]


def test_a_kind_of_event_may_have_digits_in_it(facts):
    assert facts(documented.labeled("a", kind="added_to_project_v2")).issue.timeline == {"added_to_project_v2": 1}


def test_a_kind_of_event_that_is_no_word_is_left_out(facts):
    assert facts(documented.labeled("a", kind="x: {y}\n- <script>")).issue.timeline == {}


@pytest.mark.parametrize(
    ("keys", "state"),
    [({}, "open"), ({"state": "closed"}, "closed"), ({"state": "closed", "merged": True}, "merged")],
)
def test_an_official_pull_request_has_its_state(facts, keys, state):
    assert [(str(one.ref), one.state, one.title) for one in facts(pull(9, **keys)).pulls] == [
        ("acme/tool#9", state, "Mend it")
    ]


@pytest.mark.parametrize(
    "word", ["Fixes #7", "closes: #7", "Resolved acme/tool#7", f"fix {documented.WEB}/acme/tool/issues/7"]
)
def test_pull_requests_that_close_the_issue_come_first(facts, word):
    found = facts(pull(8, "A part of it"), pull(9, body=f"It was wrong.\n\n{word}."))
    assert [str(one.ref) for one in found.pulls] == ["acme/tool#9", "acme/tool#8"]


@pytest.mark.parametrize("word", ["Fixes #71", "fixes other/tool#7", "prefixes #7", "See #7"])
def test_a_pull_request_that_closes_another_issue_does_not_come_first(facts, word):
    assert [str(one.ref) for one in facts(pull(8), pull(9, body=word)).pulls] == ["acme/tool#8", "acme/tool#9"]


def test_a_pull_request_of_another_repository_is_not_official(facts):
    assert facts(pull(9, repository="fork/tool")).pulls == ()


def test_a_pull_request_that_is_mentioned_twice_is_listed_once_as_it_was_last(facts):
    found = facts(pull(9), pull(9, state="closed", merged=True))
    assert [one.state for one in found.pulls] == ["merged"]


def test_issues_that_mention_it_are_reports(facts):
    other = documented.cross_referenced(documented.issue("acme/other#3"))
    assert list(map(str, facts(other).reports)) == ["acme/other#3"]


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("Duplicate of #12", "acme/tool#12"),
        ("This is a duplicate of acme/other#12.", "acme/other#12"),
        (f"Duplicate of {documented.WEB}/acme/other/issues/12", "acme/other#12"),
    ],
)
def test_issues_that_a_comment_calls_the_same_are_reports(facts, text, report):
    assert list(map(str, facts(documented.commented(text)).reports)) == [report]


@pytest.mark.parametrize(
    "text",
    [
        "not a duplicate of #12",
        "Not duplicate of acme/other#3",
        "Duplicate of #7",
        "Duplicate of #0",
        "Duplicate of ../../etc#1",
        "not a duplicate: #12",
    ],
)
def test_what_names_no_other_issue_is_no_report(facts, text):
    assert facts(documented.commented(text)).reports == ()


def test_reports_are_no_more_than_an_entry_can_show(facts):
    mentions = [documented.cross_referenced(documented.issue(f"spam/tool#{number}")) for number in range(1, 100)]
    assert len(facts(*mentions).reports) == 40


def test_an_open_issue_says_nothing_of_the_status(facts):
    assert facts(pull(9, body="Fixes #7", merged=True, state="closed")).status is None


def test_closed_with_a_merged_pull_request_that_closes_it_is_fixed(facts):
    merged = pull(9, body="Fixes #7", merged=True, state="closed")
    assert facts(merged, documented.closed(), state="closed", state_reason="completed").status is Status.FIXED


def test_closed_by_a_commit_is_fixed(facts):
    assert facts(documented.closed(commit="a" * 40), state="closed", state_reason="completed").status is Status.FIXED


@pytest.mark.parametrize("keys", [{"state": "open"}, {"state": "closed"}])
def test_closed_with_a_pull_request_that_was_not_merged_is_not_fixed(facts, keys):
    unmerged = pull(9, body="Fixes #7", **keys)
    assert facts(unmerged, documented.closed(), state="closed", state_reason="completed").status is None


def test_closed_as_completed_alone_says_nothing(facts):
    """Many issues are closed so when an answer helped."""
    assert facts(documented.closed(), state="closed", state_reason="completed").status is None


@pytest.mark.parametrize(("reason", "status"), [("not_planned", Status.WONTFIX), ("duplicate", Status.DUPLICATE)])
def test_a_reason_for_closing_is_a_status(facts, reason, status):
    assert facts(documented.closed(reason=reason), state="closed", state_reason=reason).status is status


def test_an_issue_that_a_program_closed_for_its_age_is_not_settled(facts):
    stale = documented.closed("stale[bot]", reason="not_planned")
    assert facts(stale, state="closed", state_reason="not_planned").status is None
