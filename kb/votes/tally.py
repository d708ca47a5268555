"""From votes to counts: one vote a person, entry and question; the latest counts, unless it was withdrawn."""

from collections.abc import Iterable

from kb.votes.ballot import Vote

Counts = dict[str, int]
"""Signal -> how many people say so. Zero where all votes of a signal were withdrawn or changed."""


def tally(votes: Iterable[Vote]) -> dict[str, Counts]:
    """Count votes, which may come in any order and more than once: entry -> the signals that anyone voted for."""
    latest: dict[tuple[str, str, str], Vote] = {}
    counts: dict[str, Counts] = {}
    for vote in votes:
        counts.setdefault(vote.entry, {})[vote.signal] = 0
        key = (vote.person, vote.entry, vote.question)
        # Issues are numbered in the order in which they are sent.
        if key not in latest or latest[key].number < vote.number:
            latest[key] = vote
    for vote in latest.values():
        counts[vote.entry][vote.signal] += vote.stands
    return counts
