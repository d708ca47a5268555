"""Issues in, answers out: what GitHub or GitLab knows of an error, and what the knowledge base says to it."""

from kb.github.answers import AnswerStore
from kb.github.choosing import tracker_from
from kb.github.client import Client, client_from, ref_of
from kb.github.errors import GitHubError, RateLimited, ends_a_run
from kb.github.facts import Facts, facts_of, is_program, is_pull
from kb.github.refresh_run import refresh_files
from kb.github.refreshing import TIMELINE_PAGES, in_turn
from kb.github.refs import RefError, parse_ref
from kb.github.service import Service
from kb.github.shapes import Comment, Discussion, Event, Issue, Missing, OpenPull, Pull, Run, Timeline, User
from kb.github.tracker import Tracker

__all__ = [
    "TIMELINE_PAGES",
    "AnswerStore",
    "Client",
    "Comment",
    "Discussion",
    "Event",
    "Facts",
    "GitHubError",
    "Issue",
    "Missing",
    "OpenPull",
    "Pull",
    "RateLimited",
    "RefError",
    "Run",
    "Service",
    "Timeline",
    "Tracker",
    "User",
    "client_from",
    "ends_a_run",
    "facts_of",
    "in_turn",
    "is_program",
    "is_pull",
    "parse_ref",
    "ref_of",
    "refresh_files",
    "tracker_from",
]
