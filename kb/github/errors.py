"""What can go wrong with GitHub or GitLab, said to the person who has to do something about it.

No text here holds a token.
"""

from datetime import datetime
from typing import Final

MOST_FAILURES: Final = 3
"""Failures in a row after which GitHub is not asked for more: the trouble is not with one issue."""


class GitHubError(Exception):
    """GitHub didn't give what was asked for; the text says what was asked, why not, and what to do."""


class BadToken(GitHubError):  # noqa: N818 - what it is, not that it is an error
    """GitHub takes nothing from this token, or nothing without one."""


class RateLimited(GitHubError):  # noqa: N818 - what it is, not that it is an error
    """GitHub takes no more requests for now, and longer than anyone wants to wait here."""

    def __init__(self, until: datetime, name: str = "GitHub") -> None:
        super().__init__(
            f"{name} takes no more requests until {until:%Y-%m-%d %H:%M:%S} UTC. "
            "Run the same command again after that; it goes on where it stopped."
        )
        self.until = until


def ends_a_run(error: GitHubError, in_a_row: int) -> bool:
    """Whether a run over many issues has to end with this error, the `in_a_row`th without an answer between."""
    return isinstance(error, (RateLimited, BadToken)) or in_a_row >= MOST_FAILURES
