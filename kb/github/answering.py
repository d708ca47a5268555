"""Which known error a report is answered with: the likeliest whose fix is for the platform that the report shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from kb.match import Known, KnownError

_MOST_KNOWN: Final = 3
"""Answers that are looked at: the best may be for another platform."""


class Choice(NamedTuple):
    """The answer to give, if there is one."""

    known: KnownError | None
    refused: str = ""
    """Where there is none: the entry that is likeliest, and is about another platform."""
    unreviewed: str = ""
    """Where there is none: the entry that fits, whose fix a model drafted and nobody has reviewed."""


def choose(text: str, base: Known, least: float = 0) -> Choice:
    """The answer to a report; `least` is the share of the wording from which on one counts. Raises SourceError."""
    sure = [known for known in base.find(text, _MOST_KNOWN) if known.tier == "exact" or known.score >= least]
    fitting = next((known for known in sure if not known.is_for_another_platform(text)), None)
    if fitting and fitting.fix and fitting.fix["drafted"]:
        return Choice(None, unreviewed=fitting.entry)
    return Choice(fitting, sure[0].entry if sure and not fitting else "")
