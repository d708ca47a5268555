"""The comment on a pull request: made from the report that a run left, once, and kept up to date in its place.

The run was of a stranger's code, so all that it left is untrusted: its report is read from the archive without
unpacking, within bounds, and which pull request it belongs to is asked of GitHub and not of the report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from kb.entry import IssueRef
from kb.github import Missing
from kb.review.archive import ArchiveError, member
from kb.review.proofs import read_proofs
from kb.review.report import MAX_BYTES, ReportError, read_report
from kb.review.text import Places, to_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.github import Client, OpenPull, Run

CHANGES: Final = "changes"
PROOFS: Final = "proofs"
"""Artifacts of the run, each with one file `<name>.json`."""
PREVIEW: Final = "preview"
"""The artifact that is the built site."""
MARK: Final = "<!-- kb: what this pull request changes -->"
"""The first line of the comment, by which it is found again."""
COMMENT: Final = "comment.md"
RENEWAL: Final = "renewal.md"
AUTHOR: Final = "github-actions[bot]"
"""Who writes with a workflow's token. A comment of someone else is left alone, whatever its first line."""
PAGES: Final = 20
"""Pages of 100 comments that are looked through."""
SECONDS: Final = 300.0
"""What it all may take: a server that answers byte by byte never runs into a timeout."""

_REPOSITORY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")
_Found = TypeVar("_Found")


class CommentError(Exception):
    """The comment can't be written; the text says why."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What is to be said on a pull request."""

    ref: IssueRef
    text: str
    is_renewal: bool
    """Whether nothing changes, so that it is said only in place of an earlier comment."""

    @property
    def file(self) -> str:
        """The name under which it is kept for a job that may write."""
        return RENEWAL if self.is_renewal else COMMENT


def comment_of_run(client: Client, repository: str, run: int, *, server: str, folder: str = "entries") -> Comment | str:
    """The comment for a finished run of the review workflow, or why there is none.

    `repository` is `owner/name`; `server` is the address where people read it; `folder` is where entries lie in it.
    Raises CommentError, GitHubError.
    """
    if not _REPOSITORY.fullmatch(repository):
        raise CommentError(f"{repository!r} is no repository; expected owner/name")
    facts = _there(client.run(repository, run))
    if facts["event"] != "pull_request":
        return f"Run {run} was not of a pull request."
    pull = _pull_of(client, repository, facts)
    if pull is None:
        return f"Run {run} belongs to no open pull request, or not to its last commit."
    report = _left(client, repository, run, CHANGES, read_report)
    if report is None:
        return f"Run {run} left no report."
    proofs = _left(client, repository, run, PROOFS, read_proofs)
    preview = _artifact(client, repository, run, PREVIEW)
    head, there = pull["head"].get("repo"), f"{server.rstrip('/')}/{repository}"
    fork = (head.get("full_name") if head else None) or repository
    places = Places(
        new=f"{server.rstrip('/')}/{fork}/blob/{pull['head']['sha']}/{folder}",
        known=f"{there}/blob/{pull['base']['sha']}/{folder}",
        preview=f"{there}/actions/runs/{run}/artifacts/{preview}" if preview else "",
    )
    is_renewal = report.is_empty and not (proofs and proofs.results)
    ref = IssueRef.parse(f"{repository}#{pull['number']}", client.host)
    return Comment(ref, f"{MARK}\n{to_markdown(report, places, proofs)}", is_renewal)


def write_comment(client: Client, comment: Comment) -> str:
    """Renew the comment of an earlier run, or write one where there is something to say. Returns what was done.

    Raises CommentError, GitHubError.
    """
    number = f"#{comment.ref.number}"
    own = _own_comment(client, comment.ref)
    if own is not None:
        comment_id, body = own
        if body.replace("\r\n", "\n").strip() == comment.text.strip():
            return f"The comment on {number} is up to date."
        client.renew_comment(comment.ref, comment_id, comment.text)
        return f"Renewed the comment on {number}."
    if comment.is_renewal:
        return f"{number} changes no entry."
    client.comment(comment.ref, comment.text)
    return f"Commented on {number}."


def _own_comment(client: Client, ref: IssueRef) -> tuple[int, str] | None:
    """Number and text of the comment that an earlier run wrote."""
    for comment in _there(client.comments(ref, PAGES)):
        number, author, body = comment.get("id"), comment.get("user"), comment.get("body")
        if number and author and author["login"] == AUTHOR and body and body.startswith(MARK):
            return number, body
    return None


def _pull_of(client: Client, repository: str, run: Run) -> OpenPull | None:
    """The open pull request whose last commit a run was for.

    The run names none where it comes from a fork, so it is found by the fork's owner and branch.
    """
    source, branch = run.get("head_repository"), run.get("head_branch")
    owner = source.get("owner") if source else None
    if not source or not owner or not branch:  # the fork was deleted
        return None
    for pull in _there(client.open_pulls_from(repository, owner["login"], branch)):
        head = pull["head"].get("repo")
        if head and head["id"] == source["id"] and pull["head"]["sha"] == run["head_sha"]:
            return pull
    return None


def _left(client: Client, repository: str, run: int, name: str, read: Callable[[bytes], _Found]) -> _Found | None:
    """What a run left as an artifact, or None if it left none such. Raises CommentError."""
    artifact = _artifact(client, repository, run, name)
    if artifact is None:
        return None
    content = _there(client.archive(repository, artifact, MAX_BYTES))
    try:
        return read(member(content, f"{name}.json", MAX_BYTES + 1))
    except (ArchiveError, ReportError) as error:
        raise CommentError(f"the report of run {run} can't be read: {error}") from None


def _artifact(client: Client, repository: str, run: int, name: str) -> int | None:
    """The number of what a run left under a name, or None if it left none such. Raises CommentError."""
    left = _there(client.artifacts(repository, run, name))
    return next((one["id"] for one in left if one["name"] == name), None)


def _there(found: _Found | Missing) -> _Found:
    """What GitHub has. Raises CommentError where it has nothing."""
    if isinstance(found, Missing):
        raise CommentError(f"{found}.")
    return found
