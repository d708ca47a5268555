"""Votes: from the vote issues of a repository to counts, and to what looks like stuffing."""

from kb.github.votes.audit import Burst, bursts, is_stuffed
from kb.github.votes.ballot import COUNTED, SIGNALS, Spoilt, Vote, ballot
from kb.github.votes.changes import CountChange, changes_of
from kb.github.votes.tally import tally

__all__ = [
    "COUNTED",
    "SIGNALS",
    "Burst",
    "CountChange",
    "Spoilt",
    "Vote",
    "ballot",
    "bursts",
    "changes_of",
    "is_stuffed",
    "tally",
]
