"""A reply that is posted once, whatever number of runs wants to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.github.errors import GitHubError
from kb.github.reply import MARKER
from kb.github.shapes import Missing

if TYPE_CHECKING:
    from kb.entry import IssueRef
    from kb.github.client import Client

PAGES: Final = 10
"""Pages of a hundred comments that are searched for an earlier reply; a new issue has none, a run that is repeated may
come late."""


def post_once(client: Client, ref: IssueRef, text: str) -> str:
    """Comment on an issue, unless it has a reply. Returns why not, or nothing. Raises GitHubError."""
    if _replies(client, ref):
        return f"{ref} has one"
    posted = client.comment(ref, text).get("id")
    # Another run may have looked before this one wrote, and written before it: then one of the two goes.
    if posted and any(earlier < posted for earlier in _replies(client, ref)):
        client.delete_comment(ref, posted)
        return f"{ref} has one that another run wrote"
    return ""


def _replies(client: Client, ref: IssueRef) -> list[int]:
    """The replies on an issue that a program wrote, by their numbers, which grow with time. Raises GitHubError."""
    comments = client.comments(ref, PAGES)
    if isinstance(comments, Missing):
        raise GitHubError(f"{comments}.")
    return [comment.get("id") or 0 for comment in comments if MARKER in (comment.get("body") or "")]
