"""Edits: the mechanical part of mending a file, as places in it and the text that belongs there."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import NamedTuple

from kb.entry import EditError, Position, Source, edit_front_matter


class Edit(NamedTuple):
    """What stands from `start` up to, but not including, `end` is replaced by `text`."""

    start: Position
    end: Position
    text: str


class _Span(NamedTuple):
    """An edit by offsets in the text."""

    start: int
    end: int
    text: str


def apply_edits(text: str, fixes: Iterable[tuple[Edit, ...]]) -> tuple[str, list[int]]:
    """The text with as many of the fixes as do not overlap, and the numbers of those, from 0.

    Of a fix all edits are applied, or none. Of two that overlap the one that comes first is taken: the other is
    found again when the result is checked. Raises ValueError for a place that is not in the text.
    """
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    taken: list[_Span] = []
    applied: list[int] = []
    for number, fix in enumerate(fixes):
        spans = sorted({_Span(_offset(edit.start, starts), _offset(edit.end, starts), edit.text) for edit in fix})
        if not spans or any(_overlap(*pair) for pair in pairwise(spans)):
            continue
        places = [bisect_left(taken, span) for span in spans]
        near = (
            (span, other)
            for span, place in zip(spans, places, strict=True)
            for other in taken[max(0, place - 1) : place + 1]
        )
        if any(_overlap(*sorted(pair)) for pair in near):
            continue
        for span, place in zip(reversed(spans), reversed(places), strict=True):
            taken.insert(place, span)
        applied.append(number)
    parts: list[str] = []
    at = 0
    for span in taken:
        parts += [text[at : span.start], span.text]
        at = span.end
    return "".join([*parts, text[at:]]), applied


def _overlap(one: _Span, other: _Span) -> bool:
    """Whether two spans, in order, share a place. One may end where the other starts, unless both start there."""
    return other.start < one.end or other.start == one.start


def _offset(position: Position, starts: list[int]) -> int:
    line, column = position
    if not (0 < line < len(starts) and 0 < column <= starts[line] - starts[line - 1]):
        raise ValueError(f"there is no line {line} with a column {column}")
    return starts[line - 1] + column - 1


def edits_between(old: str, new: str) -> tuple[Edit, ...]:
    """The one edit that turns a text into another, without what both begin and end with; none where they are equal."""
    if old == new:
        return ()
    shortest = min(len(old), len(new))
    start = next((at for at in range(shortest) if old[at] != new[at]), shortest)
    tail = next((at for at in range(shortest - start) if old[-1 - at] != new[-1 - at]), shortest - start)
    end = len(old) - tail
    return (Edit(_position(old, start), _position(old, end), new[start : len(new) - tail]),)


def edits_of_keys(source: Source, changes: dict[str, object | None]) -> tuple[Edit, ...]:
    """The edit that gives keys of a file's front matter other values; none where that can't be done."""
    try:
        return edits_between(source.text, edit_front_matter(source.text, source.name, changes))
    except (EditError, TypeError, ValueError):
        return ()


def _position(text: str, offset: int) -> Position:
    return Position(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
