"""From votes to counts: one vote a person, entry and question; the latest counts, unless it was withdrawn."""

from collections.abc import Iterable

from kb.github.votes.ballot import Vote

Counts = dict[str, dict[str, int]]
"""Entry -> signal -> how many people say so. Zero where all votes of a signal were withdrawn or changed."""


def tally(votes: Iterable[Vote], left_out: Iterable[tuple[str, str]] = ()) -> Counts:
    """Count votes, which may come in any order and more than once.

    Only signals that someone voted for are in the result, so that a count without any vote behind it is left alone.
    `left_out`: entries and signals that people without a vote voted for, who may have had one before.
    """
    latest: dict[tuple[str, str, str], Vote] = {}
    counts: Counts = {}
    for entry, signal in left_out:
        counts.setdefault(entry, {})[signal] = 0
    for vote in votes:
        counts.setdefault(vote.entry, {})[vote.signal] = 0
        key = (vote.person, vote.entry, vote.question)
        # Issues are numbered in the order in which they are sent.
        if key not in latest or latest[key].number < vote.number:
            latest[key] = vote
    for vote in latest.values():
        counts[vote.entry][vote.signal] += vote.stands
    return counts
