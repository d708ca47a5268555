"""Where a place in a text is: lines and columns of many places, found without counting from the start each time."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kb.entry import Position


@lru_cache(maxsize=2)
def _starts(text: str) -> list[int]:
    """Where each line of a text starts, counted in characters from 0."""
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def lines_with(text: str, parts: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where each line starts and ends that has one of some parts, in the text's order: few lines do, of most texts."""
    found = sorted(at for part in parts for at in _finds(text, part))
    end = -1
    for at in found:
        if at > end:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            yield text.rfind("\n", 0, at) + 1, end


def _finds(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def place_of(text: str, offset: int) -> Position:
    """The line and column of the character at `offset`, which is counted from 0."""
    starts = _starts(text)
    line = bisect_right(starts, offset)
    return Position(line, offset - starts[line - 1] + 1)
