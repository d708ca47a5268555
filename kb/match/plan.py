"""A signature prepared for matching: its literals as pieces of skeleton, with the placeholders between them."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from kb.entry import Literal, Part, Placeholder
from kb.match.noise import apply_edits, decode, fold
from kb.match.values import SPACE
from kb.match.words import RUN, WORD


class Piece(NamedTuple):
    """A literal as a skeleton: its text, the gaps inside it, and whether white space parts it from its neighbours.

    A piece without text is white space between two placeholders.
    """

    text: str
    gaps: list[int]
    gap_before: bool
    gap_after: bool


class Word(NamedTuple):
    """A whole word of a literal: which piece it is in and where, and in which line of it."""

    text: str
    piece: int
    offset: int
    line: int


class Plan(NamedTuple):
    """A signature prepared for matching: pieces, and the placeholder before each and after the last, if any."""

    pieces: tuple[Piece, ...]
    slots: tuple[Placeholder | None, ...]
    words: tuple[Word, ...]
    spelled: tuple[str, ...]
    """The literals as the signature spells them."""
    line_ends: int
    """Lines that end in the literals."""

    @property
    def size(self) -> int:
        """Characters of the skeleton that the literals take."""
        return sum(len(piece.text) for piece in self.pieces)


def plan(parts: tuple[Part, ...]) -> Plan:
    """Prepare a signature's parts for matching."""
    pieces: list[Piece] = []
    slots: list[Placeholder | None] = []
    words: list[Word] = []
    waiting: Placeholder | None = None
    for number, part in enumerate(parts):
        if isinstance(part, Placeholder):
            waiting = part
            continue
        is_first, is_last = number == 0, number == len(parts) - 1
        piece, own_words = _piece(part, len(pieces), starts=is_first, ends=is_last)
        if not piece.text and (is_first or is_last):
            continue
        slots.append(waiting)
        waiting = None
        pieces.append(piece)
        words.extend(own_words)
    slots.append(waiting)
    spelled = tuple(part.text.strip(SPACE) for part in parts if isinstance(part, Literal))
    line_ends = sum(part.text.count("\n") for part in parts if isinstance(part, Literal))
    return Plan(tuple(pieces), tuple(slots), tuple(words), spelled, line_ends)


def _piece(literal: Literal, number: int, *, starts: bool, ends: bool) -> tuple[Piece, list[Word]]:
    """Prepare a literal; a word that touches a placeholder is part of a longer one in the text, so it is none."""
    clean = apply_edits(literal.text, decode(literal.text))
    # Inside a signature a literal begins in the middle of a line, where `>` and `|` are no gutter.
    folded = fold(clean) if starts else fold("." + clean)[1:]
    runs = RUN.findall(folded)
    gaps = list(accumulate(map(len, runs)))[:-1]
    piece = Piece("".join(runs), gaps, folded[:1] in {" ", "\n"}, folded[-1:] in {" ", "\n"})
    words = [
        Word(word[0], number, start - folded.count(" ", 0, start) - line, line)
        for word in WORD.finditer(folded)
        if ((start := word.start()) > 0 or starts) and (ends or word.end() < len(folded))
        for line in [folded.count("\n", 0, start)]
    ]
    return piece, words
