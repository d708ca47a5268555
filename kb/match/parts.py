"""What a signature is made of: literal text and placeholders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

UNTYPED = "text"
"""The type of a placeholder that names none."""

TYPES = ("int", "hex", "word", "path", "url", "quoted", "rest", "lines")
"""The types that may be written after a placeholder's name."""


class Literal(NamedTuple):
    """Text that stands in every message of this kind, as the signature spells it."""

    text: str


class Placeholder(NamedTuple):
    """A place where messages of this kind differ: `{{name}}` or `{{name:type}}`."""

    name: str
    type: str = UNTYPED


Part = Literal | Placeholder


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
