"""Votes: what counts, what doesn't, and that counting is the same in any order and any number of times."""

from itertools import permutations

import pytest
from ballots import form, vote
from hypothesis import given
from hypothesis import strategies as st

from kb.entry import FEEDBACK_SIGNALS, VOTE_SIGNALS, Feedback, Votes, vote_title
from kb.votes import COUNTED, SIGNALS, Spoilt, Vote, ballot, tally

ENTRIES = {"git/a": "git/a", "git/b": "git/b", "git/old": "git/a"}


def read(issue: dict, blocked: tuple[str, ...] = ()) -> Vote | Spoilt:
    return ballot(issue, ENTRIES, blocked)


def count(*issues: dict) -> dict[str, dict[str, int]]:
    return tally(one for issue in issues if isinstance(one := read(issue), Vote))


def closed(number: int = 1, reason: str = "completed", labels: tuple[str, ...] = ("vote",), **keys: object) -> dict:
    return vote(number, state="closed", state_reason=reason, labels=labels, **keys)


def test_an_open_vote_counts():
    assert count(vote()) == {"git/a": {"works": 1}}


@pytest.mark.parametrize("signal", SIGNALS)
def test_every_signal_can_be_voted_for(signal):
    assert count(vote(signal=signal)) == {"git/a": {signal: 1}}


def test_a_person_has_one_vote_on_an_entry_and_signal():
    assert count(vote(1), vote(2), vote(3)) == {"git/a": {"works": 1}}


def test_a_person_is_the_same_in_upper_and_lower_case():
    assert count(vote(1, author="Ann"), vote(2, author="ann")) == {"git/a": {"works": 1}}


def test_people_have_a_vote_each():
    assert count(vote(1), vote(2, author="bob")) == {"git/a": {"works": 2}}


def test_a_person_may_vote_on_each_entry_and_signal():
    votes = [vote(1), vote(2, signal="blocking"), vote(3, entry="git/b")]
    assert count(*votes) == {"git/a": {"works": 1, "blocking": 1}, "git/b": {"works": 1}}


@pytest.mark.parametrize("reason", ["completed", "not_planned", "duplicate"])
def test_a_vote_that_was_closed_is_withdrawn(reason):
    assert count(closed(reason=reason)) == {"git/a": {"works": 0}}


def test_a_vote_that_the_workflow_closed_goes_on_to_count():
    assert count(closed(labels=("vote", COUNTED))) == {"git/a": {"works": 1}}


def test_a_keeper_can_void_a_vote_that_was_counted():
    assert count(closed(reason="not_planned", labels=("vote", COUNTED))) == {"git/a": {"works": 0}}


def test_a_vote_that_was_counted_is_withdrawn_by_a_new_one_that_is_closed():
    assert count(closed(1, labels=("vote", COUNTED)), closed(2)) == {"git/a": {"works": 0}}


def test_a_vote_after_a_withdrawal_counts():
    assert count(closed(1), vote(2)) == {"git/a": {"works": 1}}


def test_helpful_and_not_helpful_are_answers_to_one_question_and_the_latest_counts():
    votes = [vote(1, signal="helpful"), vote(2, signal="unhelpful")]
    assert count(*votes) == {"git/a": {"helpful": 0, "unhelpful": 1}}


def test_a_vote_for_a_former_id_counts_for_the_entry():
    assert count(vote(entry="git/old")) == {"git/a": {"works": 1}}


def test_of_a_form_the_first_answers_count():
    forged = form(details="### Entry\n\ngit/b\n\n### Signal\n\nblocking")
    assert count(vote(body=forged)) == {"git/a": {"works": 1}}


@pytest.mark.parametrize(
    "keys", [{"kind": "Bot"}, {"author": "helper[bot]"}, {"author": None}, {"author": "ghost"}], ids=str
)
def test_who_is_nobody_has_no_vote(keys):
    assert not read(vote(**keys)).is_told


def test_who_is_blocked_has_no_vote():
    assert isinstance(read(vote(author="Ann"), blocked=("ann",)), Spoilt)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (form("git/c"), "no entry 'git/c'"),
        (form("../../etc/passwd"), "no entry '../../etc/passwd'"),
        (form(signal="love"), "no signal 'love'"),
        (form(signal="__class__"), "no signal '__class__'"),
        ("Works for me!", "not filled in as the vote form does it"),
        (None, "not filled in as the vote form does it"),
        (form(entry="\x07\x1b[2Jgit/c"), "no entry 'git/c'"),
        ("x" * 1_000_000 + form(), "not filled in as the vote form does it"),
    ],
)
def test_what_can_not_be_counted_is_told(body, reason):
    assert read(vote(body=body)) == Spoilt(1, reason, is_told=True)


@pytest.mark.parametrize("signal", [*VOTE_SIGNALS, *FEEDBACK_SIGNALS])
def test_a_title_as_the_vote_buttons_fill_it_in_agrees_with_the_form(signal):
    issue = vote(title=vote_title(signal, "git/a"), body=form(signal=signal.name))
    assert count(issue) == {"git/a": {signal.name: 1}}


def test_a_title_may_have_a_former_id_and_another_case():
    assert count(vote(title="vote:  EASY  FIX git/old", signal="easy_fix")) == {"git/a": {"easy_fix": 1}}


def test_a_signal_may_be_filled_in_by_its_words():
    assert count(vote(title="Vote: Easy fix git/a", body=form(signal="Easy fix"))) == {"git/a": {"easy_fix": 1}}


def test_whoever_opens_the_form_without_a_link_leaves_its_own_title():
    assert count(vote(title="Vote:")) == {"git/a": {"works": 1}}


@pytest.mark.parametrize(
    "said",
    ["Vote: Blocking git/a", "Vote: Works git/b", "Vote: Works git/none", "Vote: Works", "Vote: git/a", "It works", ""],
)
def test_a_title_that_says_something_else_than_the_form_spoils_the_vote(said):
    """As with a list that had its first option chosen whatever the link said."""
    found = read(vote(title=said))
    assert isinstance(found, Spoilt)
    assert found.is_told
    assert repr(said) in found.reason


def test_a_hostile_title_is_told_as_one_short_line():
    found = read(vote(title="Vote: \x1b[2J\n::error::" + "x " * 100_000))
    assert isinstance(found, Spoilt)
    assert found.reason.isprintable()
    assert len(found.reason) < 200


def test_the_words_for_signals_are_those_of_an_entrys_keys():
    assert [signal.name for signal in VOTE_SIGNALS] == list(Votes.model_fields)
    assert [signal.name for signal in FEEDBACK_SIGNALS] == list(Feedback.model_fields)


def test_the_keys_of_an_issue_that_say_nothing_may_be_missing():
    keys = ("number", "title", "state", "html_url", "created_at", "user", "body")
    assert count({key: value for key, value in vote().items() if key in keys}) == {"git/a": {"works": 1}}


def test_what_can_not_be_counted_and_was_closed_is_done_with():
    assert not read(closed(body="Works for me!")).is_told


VOTES = st.lists(
    st.builds(
        Vote,
        number=st.integers(1, 1000),
        person=st.sampled_from("abc"),
        entry=st.sampled_from(["git/a", "git/b"]),
        signal=st.sampled_from(["works", "flaky", "helpful", "unhelpful"]),
        at=st.just("2026-01-01T00:00:00Z"),
        stands=st.booleans(),
    ),
    unique_by=lambda vote: vote.number,
    max_size=40,
)


def counted_by_hand(votes: list[Vote]) -> dict[str, dict[str, int]]:
    """The rules as they are told: go through people and questions one after the other, and look for the last vote."""
    counts = {entry: {v.signal: 0 for v in votes if v.entry == entry} for entry in {vote.entry for vote in votes}}
    for person in "abc":
        for entry, signals in counts.items():
            for question in (("works",), ("flaky",), ("helpful", "unhelpful")):
                own = [v for v in votes if v.person == person and v.entry == entry and v.signal in question]
                last = max(own, key=lambda v: v.number, default=None)
                if last and last.stands:
                    signals[last.signal] += 1
    return counts


@given(VOTES)
def test_the_tally_is_what_counting_by_hand_gives(votes):
    assert tally(votes) == counted_by_hand(votes)


@given(VOTES, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_changes_the_tally(votes, random):
    again = votes + votes[: len(votes) // 2]
    random.shuffle(again)
    assert tally(again) == tally(votes)


def test_votes_of_one_person_give_the_same_in_any_order():
    votes = [closed(1, labels=("vote", COUNTED)), vote(2), closed(3)]
    assert {str(count(*order)) for order in permutations(votes)} == {"{'git/a': {'works': 0}}"}
