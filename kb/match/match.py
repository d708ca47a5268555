"""A whole signature that was found in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """Where a whole signature stands in a text; `start` and `end` count that text's characters."""

    start: int
    end: int
    captures: dict[str, str]
    over_lines: bool = False
    """Whether a line ends inside."""
    literals: tuple[int, int] = (0, 0)
    """Where the first literal starts and the last one ends."""
