"""Votes: from the vote issues of a repository to counts in entries, and to what looks like stuffing."""

from kb.votes.audit import Burst, Stuffed, bursts, is_stuffed, stuffed
from kb.votes.ballot import COUNTED, SIGNALS, VOTE, Spoilt, Vote, ballot
from kb.votes.box import Box, Cast, blocked_names
from kb.votes.changes import CountChange, changes_of
from kb.votes.closing import chosen, close_counted, open_votes, void
from kb.votes.counting import Counted, count
from kb.votes.tally import tally

__all__ = [
    "COUNTED",
    "SIGNALS",
    "VOTE",
    "Box",
    "Burst",
    "Cast",
    "CountChange",
    "Counted",
    "Spoilt",
    "Stuffed",
    "Vote",
    "ballot",
    "blocked_names",
    "bursts",
    "changes_of",
    "chosen",
    "close_counted",
    "count",
    "is_stuffed",
    "open_votes",
    "stuffed",
    "tally",
    "void",
]
