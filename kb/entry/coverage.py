"""What products print by their own lists, and what of it is asked for: `coverage.yml`."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from kb.entry.issue_ref import IssueRef
from kb.entry.values import Line, Value

MAX_CODES_TEXT = 60_000
"""Characters of a list: 2,000 codes have 12,000."""


class OwnList(Value):
    """A list of errors that a tool has of itself, as `scripts/coverage.py` had it from there."""

    what: Line
    """What is listed: `error codes of rustc`."""
    version: Line
    source: Line
    """The command or file that it is from."""
    day: date
    prefix: Annotated[str, Field(max_length=20)] = ""
    """What entries write before each code: `TS`, `SQLSTATE `."""
    codes: Annotated[str, Field(min_length=1, max_length=MAX_CODES_TEXT)]
    """The codes, with spaces between them."""

    @property
    def names(self) -> tuple[str, ...]:
        """The codes as entries write them, each once."""
        return tuple(dict.fromkeys(f"{self.prefix}{code}" for code in self.codes.split()))


class Wanted(Value):
    """An error that people ask about, and where that was seen. It has a code, as entries write it, or a message."""

    code: Line | None = None
    message: Line | None = None
    threads: Annotated[int, Field(ge=1)] | None = None
    """Of the public threads that were looked at, how many really had the error."""
    looked_at: Annotated[int, Field(ge=1)] | None = None
    seen: tuple[IssueRef, ...] = ()

    @model_validator(mode="after")
    def _is_named(self) -> Self:
        if not (self.code or self.message):
            raise ValueError("say its `code` or its `message`")
        return self


class Coverage(Value):
    """What is known of a product's errors besides its entries."""

    lists: Annotated[tuple[OwnList, ...], Field(max_length=10)] = ()
    wanted: Annotated[tuple[Wanted, ...], Field(max_length=100)] = ()
