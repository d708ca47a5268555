"""A glance at one line: whether a signature can stand in it as printed. Many lines can be looked at so.

It takes a fraction of the time of an alignment, and sees through less: what a terminal wrapped, it may pass over.
So it decides only where there is no time left to try every place. The twin is `glance.js`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kb.match.values import MAX_VALUE

if TYPE_CHECKING:
    from kb.match.plan import Plan
    from kb.match.skeleton import Skeleton

PLACES = 4
"""Places looked at for one literal, given the place of the one beside it."""

_BETWEEN = {
    "int": re.compile(r"[+-]?[0-9]+"),
    "hex": re.compile(r"(?:0x)?[0-9a-f]+"),
    "quoted": re.compile(r"'.+'"),
}
_UNSPACED = frozenset({"int", "hex", "word", "url"})
_AT_EDGE = {"int": re.compile(r"[+-]?[0-9]"), "hex": re.compile(r"[0-9a-f]"), "quoted": re.compile("'")}


def may_stand(signature: Plan, bones: Skeleton, place: tuple[int, int]) -> bool:
    """Whether a signature may stand in the lines of one of its pieces, whose place in the skeleton is known."""
    piece, at = place
    text = signature.pieces[piece].text
    if at < 0 or not bones.text.startswith(text, at) or not _has_next(signature, bones, piece, at):
        return False
    start, end = _lines_around(bones, at, signature.line_ends)
    first, last = at, at + len(text)
    for number in range(piece + 1, len(signature.pieces)):
        found = _after(signature, bones, number, last, end)
        if found < 0:
            return False
        last = found + len(signature.pieces[number].text)
    for number in range(piece - 1, -1, -1):
        found = _before(signature, bones, number, first, start)
        if found < 0:
            return False
        first = found
    before, after = (_AT_EDGE.get(slot.type) if slot else None for slot in (signature.slots[0], signature.slots[-1]))
    return not (
        (before and not before.fullmatch(bones.text, max(0, first - 1), first))
        or (after and not after.match(bones.text, last))
    )


def _has_next(signature: Plan, bones: Skeleton, piece: int, at: int) -> bool:
    """Whether the piece after this one stands anywhere near: that is quicker to see than where lines end."""
    if piece + 1 == len(signature.pieces):
        return True
    reach = at + len(signature.pieces[piece].text) + MAX_VALUE
    return bones.text.find(signature.pieces[piece + 1].text, at, reach) >= 0


def _lines_around(bones: Skeleton, at: int, line_ends: int) -> tuple[int, int]:
    """Where the line of a place begins and ends in the skeleton, with so many more lines on either side."""
    start = end = bones.in_clean(at)
    for _ in range(line_ends + 1):
        start = bones.folded.rfind("\n", max(0, start - MAX_VALUE), max(0, start))
        end = bones.folded.find("\n", end + 1, end + MAX_VALUE)
        if start < 0 or end < 0:
            break
    here = bones.in_clean(at)
    start = start if start >= 0 else max(0, here - MAX_VALUE)
    return bones.of_clean(start), bones.of_clean(end if end >= 0 else min(here + MAX_VALUE, len(bones.folded)))


def _after(signature: Plan, bones: Skeleton, number: int, start: int, end: int) -> int:
    """The nearest place of a piece after `start` whose placeholder may have the value between; -1 if there is none."""
    text, slot = signature.pieces[number].text, signature.slots[number]
    at = start
    for _ in range(PLACES):
        at = bones.text.find(text, at, end)
        if at < 0 or slot is None or _could_be(slot.type, bones, start, at):
            return at
        at += 1
    return -1


def _before(signature: Plan, bones: Skeleton, number: int, end: int, start: int) -> int:
    """The same before `end`."""
    text, slot = signature.pieces[number].text, signature.slots[number + 1]
    at = end
    for _ in range(PLACES):
        at = bones.text.rfind(text, start, at)
        if at < 0 or slot is None or _could_be(slot.type, bones, at + len(text), end):
            return at
        at += len(text) - 1
    return -1


def _could_be(kind: str, bones: Skeleton, start: int, end: int) -> bool:
    """Whether what stands between two places, without white space, could be a value of a type."""
    pattern = _BETWEEN.get(kind)
    if pattern and not pattern.fullmatch(bones.text, start, end):
        return False
    return kind not in _UNSPACED or not bones.gaps(start, end)
