"""What the recipes of a pull request came to, as a value that crosses from an untrusted run to a trusted one.

It is read from what `kb prove --report` wrote: of that, what a comment tells, strict and bounded.
"""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from kb.entry import ErrorOutcome, FixOutcome
from kb.review.report import Id, read_value

MAX_RESULTS: Final = 3_000
"""Most combinations of versions that are read."""

Tool = Annotated[str, StringConstraints(pattern=r"^[@A-Za-z0-9][\w.@/+-]{0,99}$")]
Version = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][\w.+!~-]{0,59}$")]
State = Literal["kept", "as recorded", "new", "differs", "skipped", "not tried"]


class _Value(BaseModel):
    """Of a result more is written than is read: how a message read is a stranger's text, and not told."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class FixResult(_Value):
    """What came of a workaround."""

    workaround: Annotated[int, Field(ge=1, le=1000)]
    outcome: FixOutcome


class ProofResult(_Value):
    """What came of one combination of versions."""

    entry: Id
    asked: Annotated[dict[Tool, Version], Field(max_length=20)]
    state: State
    error: ErrorOutcome
    fixes: Annotated[tuple[FixResult, ...], Field(max_length=100)] = ()

    @property
    def versions(self) -> str:
        """The combination in words."""
        return ", ".join(f"{tool} {version}" for tool, version in self.asked.items()) or "no tools"


class Proofs(_Value):
    """The recipes that were run."""

    version: Literal[1]
    sandbox: Annotated[str, StringConstraints(pattern=r"^[\w -]{0,40}$")]
    results: Annotated[tuple[ProofResult, ...], Field(max_length=MAX_RESULTS)]


def read_proofs(content: bytes) -> Proofs:
    """The results that JSON says. It may come from anyone. Raises ReportError."""
    return read_value(Proofs, content)
