"""Values of JSON that anybody may have written: each is of its type, or empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kb.github.report.model import Json

LARGEST: Final = 2**53 - 1
"""The largest whole number that JSON means the same by everywhere (RFC 8259, section 6)."""


def text(value: Json, key: str) -> str:
    """A text; empty for anything else."""
    found = value.get(key)
    return found if isinstance(found, str) else ""


def count(value: Json, key: str) -> int:
    """A whole number from 0; 0 for anything else."""
    found = value.get(key)
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= LARGEST:
        return 0
    return int(found) if found == int(found) else 0


def record(value: Json, key: str) -> Json:
    """An object; an empty one for anything else."""
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def records(value: Json, key: str) -> list[Json]:
    """The objects in a list; none for anything else."""
    found = value.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
