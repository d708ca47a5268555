"""Where a thing stands in an entry's file, and what can be wrong with the file itself."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

KeyPath = tuple[str | int, ...]
"""The way to a value in a YAML document: mapping keys and list indexes, outermost first."""


class Position(NamedTuple):
    """A place in a file: line and column, both counted from 1."""

    line: int
    column: int


START = Position(1, 1)


class DefectKind(StrEnum):
    """What reading can find wrong. Each kind is reported by one rule of `kb.checks`."""

    UNREADABLE = "unreadable"
    OUTSIDE = "outside"
    STRAY = "stray"
    FILE_NAME = "file-name"
    NO_FRONT_MATTER = "no-front-matter"
    SYNTAX = "syntax"
    UNSAFE_YAML = "unsafe-yaml"
    DUPLICATE_KEY = "duplicate-key"
    UNKNOWN_KEY = "unknown-key"
    MISSING = "missing"
    WRONG_TYPE = "wrong-type"
    UNKNOWN_SECTION = "unknown-section"


@dataclass(frozen=True, slots=True)
class Defect:
    """A reason why a file, or a part of it, can't be taken as an entry."""

    kind: DefectKind
    position: Position
    message: str
    hint: str = ""
    instead: str = ""
    """What belongs there, where it is plain: the known name that a misspelt one means."""
