"""Places in characters where a parser counts bytes of UTF-8, as comrak does."""

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from kb.entry.source import Position


class ByteColumns:
    """The lines of a text, asked for the characters that stand at bytes of them. Linear for any number of places."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: dict[int, list[int]] = {}

    def position(self, line: int, column: int) -> Position:
        """The place whose column, from 1, is counted in bytes; the line's end where the line has fewer of them."""
        if self._text.isascii():
            return Position(line, column)
        starts = self._starts.get(line)
        if starts is None:
            # Where each character begins, and where one after the last would.
            sizes = (len(character.encode("utf-8", "surrogatepass")) for character in self._lines[line - 1])
            starts = self._starts[line] = [0, *accumulate(sizes)]
        return Position(line, bisect_right(starts, column - 1))

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")
