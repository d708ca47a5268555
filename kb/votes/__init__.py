"""Votes: from the vote issues of a repository to counts in entries, and to what looks like stuffing."""

from kb.votes.audit import Stuffed, bursts, stuffed
from kb.votes.ballot import COUNTED, SIGNALS, Spoilt, Vote, ballot
from kb.votes.box import Box, blocked_names
from kb.votes.closing import chosen, close_counted, open_votes, void
from kb.votes.counting import count
from kb.votes.tally import tally
from kb.votes.taps import Tapped, read_counts, taken_over

__all__ = [
    "COUNTED",
    "SIGNALS",
    "Box",
    "Spoilt",
    "Stuffed",
    "Tapped",
    "Vote",
    "ballot",
    "blocked_names",
    "bursts",
    "chosen",
    "close_counted",
    "count",
    "open_votes",
    "read_counts",
    "stuffed",
    "taken_over",
    "tally",
    "void",
]
