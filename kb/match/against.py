"""What speaks against a signature that a text seems to have: a text that rules it out, or another platform.

The twin is `against.js`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.entry import Literal
from kb.match.align import ends_words, stands
from kb.match.plan import plan
from kb.match.platforms import platforms_shown
from kb.match.reading import Reading, read

if TYPE_CHECKING:
    from kb.match.plan import Piece


BESIDE_BEFORE = 300
BESIDE_AFTER = 1000
"""Characters before and after a message in which a text rules a signature out."""

PLATFORM_AROUND = 10_000
"""Characters before and after a message in which a platform is looked for."""


def pieces_of(unless: tuple[str, ...]) -> tuple[Piece, ...]:
    """Texts prepared to be found in others; those of blanks alone, which would be found everywhere, left out."""
    plans = [plan((Literal(text),)) for text in unless]
    return tuple(piece for one in plans for piece in one.pieces)


def is_ruled_out(text: str, unless: tuple[str, ...]) -> bool:
    """Whether one of some texts stands in a message that `text` is all of."""
    return speaks_against(pieces_of(unless), read(text), 0, len(text))


def speaks_against(unless: tuple[Piece, ...], reading: Reading, start: int, end: int) -> bool:
    """Whether one of the texts stands in a message, given by its place in the pasted text, or in lines beside it."""
    if not unless:
        return False
    bones = reading.skeleton
    first = bones.of_clean(max(0, reading.place(start) - BESIDE_BEFORE))
    last = bones.of_clean(min(len(reading.folded), reading.place(end) + BESIDE_AFTER))
    for piece in unless:
        at = bones.text.find(piece.text, first, last)
        while at >= 0:
            if stands(piece, bones, at) and ends_words(bones, at) and ends_words(bones, at + len(piece.text)):
                return True
            at = bones.text.find(piece.text, at + 1, last)
    return False


def is_of_another_platform(platforms: tuple[str, ...], reading: Reading, start: int, end: int) -> bool:
    """Whether the text around a message shows platforms, and none of those where an entry's error happens."""
    if not platforms:
        return False
    shown = platforms_shown(reading.pasted[max(0, start - PLATFORM_AROUND) : end + PLATFORM_AROUND])
    return bool(shown) and shown.isdisjoint(platforms)
