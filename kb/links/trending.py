"""What is trending: entries by what readers and reporters say of them, cooling down with age.

    score = (1 + votes + activity) / (1 + age / 30) ** 1.5

    votes    = 2 works + 2 blocking + 2 common_issue + easy_fix + time_saver + flaky + verified,
               where each is the accounts that say so and half of the readers without one
    activity = comments / 2 + participants / 2 + reactions + 3 for each other report
    age      = days from the entry's `updated` to the newest `updated` of all entries

Age counts from the newest entry and not from the clock, so that the same entries give the same order on
any day. The exponent lets an entry lose half of its score in about 18 days, and nine tenths in about
110.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from kb.entry import Entry

VOTE_WEIGHTS: Final = {
    "works": 2,
    "blocking": 2,
    "common_issue": 2,
    "easy_fix": 1,
    "time_saver": 1,
    "flaky": 1,
    "verified": 1,
}
COOLING_DAYS: Final = 30
COOLING: Final = 1.5


def trending_formula() -> str:
    """The formula in words, as it stands at the head of this module."""
    return (__doc__ or "").partition("\n\n")[2]


def weighed_votes(entry: Entry) -> float:
    """The votes of an entry, as they count in the formula above."""
    return sum(weight * _said(entry, name) for name, weight in VOTE_WEIGHTS.items())


def score(entry: Entry, newest: date) -> float:
    """The trending score of an entry, as in the formula above."""
    votes = weighed_votes(entry)
    activity = 3.0 * len(entry.reports)
    if entry.issue:
        activity += entry.issue.comments / 2 + entry.issue.participants / 2 + entry.issue.reactions
    age = max(0, (newest - entry.updated).days)
    return float((1 + votes + activity) / (1 + age / COOLING_DAYS) ** COOLING)


def _said(entry: Entry, signal: str) -> float:
    """How many say so: a reader without an account can't be looked at, and counts half."""
    return int(getattr(entry.votes, signal)) + entry.taps.get(signal, 0) / 2


def trending(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """All entries, hottest first; ties by date, newest first, then by id. Drafts that nobody has reviewed come last."""
    entries = tuple(entries)
    newest = max((entry.updated for entry in entries), default=date.min)

    def heat(entry: Entry) -> tuple[bool, float, int, str]:
        return entry.is_draft, -score(entry, newest), -entry.updated.toordinal(), entry.id

    return tuple(sorted(entries, key=heat))
