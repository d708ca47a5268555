"""Where a place in a text is: lines and columns of many places, found without counting from the start each time."""

from bisect import bisect_right
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


def place_of(text: str, offset: int) -> Position:
    """The line and column of the character at `offset`, which is counted from 0."""
    starts = _starts(text)
    line = bisect_right(starts, offset)
    return Position(line, offset - starts[line - 1] + 1)
