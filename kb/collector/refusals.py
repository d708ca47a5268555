"""Why a request is not taken: each reason has a status, a word for programs and a sentence for people."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - it is an answer, and nothing broke
    """A request that is answered with a reason. `word` is one of a short list that docs and clients know."""

    def __init__(self, status: int, word: str, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.word = word
        self.message = message
        self.retry_after = retry_after
        """Seconds until it is worth another try; None where it never is."""


def unavailable(message: str = "The votes can't be kept right now. Nothing was counted; try again.") -> Refusal:
    """What is said while the database can't be used."""
    return Refusal(503, "unavailable", message, retry_after=5)
