"""Closing vote issues: those that were counted, which go on to count, and those that a keeper takes back."""

from collections.abc import Collection, Iterator
from itertools import islice

from kb.entry import IssueRef
from kb.github import Missing, Tracker
from kb.votes.ballot import COUNTED, VOTE, Vote
from kb.votes.box import Box


def open_votes(client: Tracker, repository: str, box: Box, most: int) -> Iterator[tuple[IssueRef, tuple[str, ...]]]:
    """The open vote issues that count, at most so many, each with its labels. Raises GitHubError."""
    # All are read before any is closed: closing one moves the others to other pages.
    issues = [issue for issue in client.made_by_form(repository, VOTE, "open") if isinstance(box.ballot(issue), Vote)]
    for issue in islice(issues, most):
        labels = tuple(name for label in issue.get("labels") or () if (name := label.get("name")))
        yield IssueRef(client.host, repository, issue["number"]), labels


def close_counted(client: Tracker, ref: IssueRef, labels: tuple[str, ...]) -> Missing | None:
    """Close a vote so that it goes on to count, in one request: none is ever closed without the label.

    Returns why where the issue is gone by now. Raises GitHubError.
    """
    return client.close_issue(ref, labels=(*labels, COUNTED))


def chosen(votes: Collection[Vote], numbers: Collection[int], people: Collection[str], entry: str | None) -> list[Vote]:
    """The votes with these numbers, and those of these people (in lower case) on this entry that still stand.

    No people stand for anyone, and no entry for any; without both, only the numbers choose.
    """
    by_whom = bool(people or entry)
    return [
        vote
        for vote in votes
        if vote.stands
        and (
            vote.number in numbers
            or (by_whom and (not people or vote.person in people) and (entry is None or vote.entry == entry))
        )
    ]


def void(client: Tracker, repository: str, vote: Vote) -> Missing | None:
    """Close a vote's issue as not planned, so that it counts no more, even with the label of one that was counted.

    Returns why where the issue is gone by now: then it counts no more either. Raises GitHubError.
    """
    return client.close_issue(IssueRef(client.host, repository, vote.number), "not_planned")
