"""What can go wrong with GitHub, said to the person who has to do something about it. No text here holds a token."""

from datetime import datetime


class GitHubError(Exception):
    """GitHub didn't give what was asked for; the text says what was asked, why not, and what to do."""


class RateLimited(GitHubError):  # noqa: N818 - what it is, not that it is an error
    """GitHub takes no more requests for now, and longer than anyone wants to wait here."""

    def __init__(self, until: datetime) -> None:
        super().__init__(
            f"GitHub takes no more requests until {until:%Y-%m-%d %H:%M:%S} UTC. "
            "Run the same command again after that; it goes on where it stopped."
        )
        self.until = until
