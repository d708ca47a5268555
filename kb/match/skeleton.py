"""A folded text without its white space: messages that were wrapped differently have the same skeleton."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

from kb.match.lines import goes_on_anew, may_be_wrapped
from kb.match.values import MAX_VALUE, MAX_WRAPS
from kb.match.words import RUN

_STRETCH = 2000
"""Characters of a line up to which all of its words are found at once."""
_LONG = 2 * _STRETCH
_DIVIDED = re.compile(rf".{{1,{_STRETCH}}}[^ \n]*\n?|\n")


def stretches(folded: str) -> list[str]:
    """The lines of a text, each with its end; long ones divided before white space."""
    # In a folded text nothing but a line feed ends a line.
    lines = f"{folded}\n".splitlines(keepends=True)
    if len(folded) <= _LONG or max(map(len, lines)) <= _LONG:
        return lines
    return [stretch for line in lines for stretch in (_DIVIDED.findall(line) if len(line) > _LONG else (line,))]


class Skeleton:
    """A folded text without white space, and the way between the two.

    A run is what stands between white space. Where runs begin is looked up stretch by stretch when it is asked for:
    most lines of a log are never asked about. `pieces` are the text's stretches, if somebody has them already.
    """

    def __init__(self, folded: str, pieces: list[str] | None = None) -> None:
        self.folded = folded
        without_spaces = folded.replace(" ", "")
        self.text = without_spaces.replace("\n", "")
        pieces = pieces or stretches(folded)
        self._starts = [0, *accumulate(map(len, pieces))]
        """Where each stretch begins in the folded text, and where one after the last would."""
        lengths = list(map(len, without_spaces.split("\n")))
        if len(lengths) != len(pieces):
            lengths = [len(piece) - piece.count(" ") - piece.count("\n") for piece in pieces]
        self._bones = [0, *accumulate(lengths)]
        """The same in the skeleton."""
        self._runs: dict[int, tuple[list[int], list[int]]] = {}
        self._wraps: dict[int, bool] = {}

    def _runs_of(self, line: int) -> tuple[list[int], list[int]]:
        """Where the runs of a line begin, in the skeleton and in the clean text."""
        known = self._runs.get(line)
        if known is None:
            found = list(RUN.finditer(self.folded, self._starts[line], self._starts[line + 1]))
            first = self._bones[line]
            bones = [0, *accumulate(run.end() - run.start() for run in found)]
            known = self._runs[line] = [first + bone for bone in bones[:-1]], [run.start() for run in found]
        return known

    def _line_of(self, at: int) -> int:
        """The line of a character of the skeleton."""
        return bisect_right(self._bones, min(at, len(self.text) - 1)) - 1

    def in_clean(self, at: int) -> int:
        """Where a character of the skeleton stands in the clean text."""
        if not self.text:
            return 0
        bones, starts = self._runs_of(self._line_of(at))
        run = bisect_right(bones, at) - 1
        return starts[run] + at - bones[run]

    def after_in_clean(self, at: int) -> int:
        """Where the clean text goes on after the skeleton's first `at` characters, white space not skipped."""
        return self.in_clean(at - 1) + 1 if at else 0

    def of_clean(self, at: int) -> int:
        """Where a character of the clean text, or the first one after it that isn't white space, stands here."""
        line = min(bisect_right(self._starts, at), len(self._bones) - 1) - 1
        bones, starts = self._runs_of(line)
        run = bisect_right(starts, at) - 1
        if run < 0:
            return self._bones[line]
        end = bones[run + 1] if run + 1 < len(bones) else self._bones[line + 1]
        return min(bones[run] + at - starts[run], end)

    def gaps(self, start: int, end: int) -> list[int]:
        """White space strictly inside `start..end`, as offsets from `start`."""
        if end - start < 2 or not self.text:
            return []
        found: list[int] = []
        for line in range(self._line_of(start), self._line_of(end - 1) + 1):
            bones, _ = self._runs_of(line)
            first = bisect_right(bones, start)
            found += [bone - start for bone in bones[first : bisect_left(bones, end, first)]]
        return found

    def is_gap(self, at: int) -> bool:
        """Whether white space, or the text's end, stands before this place."""
        if at >= len(self.text):
            return True
        bones, _ = self._runs_of(self._line_of(at))
        return bones[bisect_left(bones, at, 0, len(bones) - 1)] == at

    def next_gaps(self, start: int, count: int) -> list[int]:
        """The first places after `start` with white space before them."""
        found: list[int] = []
        line = self._line_of(start) if self.text else len(self._bones)
        while len(found) < count and line < len(self._bones) - 1:
            bones, _ = self._runs_of(line)
            first = bisect_right(bones, start)
            found += bones[first : first + count]
            line += 1
        return found[:count]

    def last_gaps(self, end: int, count: int) -> list[int]:
        """The last places before `end` with white space before them, the last first; the text's start is none."""
        found: list[int] = []
        line = self._line_of(end - 1) if self.text else -1
        while len(found) < count and line >= 0:
            bones, _ = self._runs_of(line)
            last = bisect_left(bones, end)
            found += [bone for bone in reversed(bones[max(0, last - count) : last]) if bone > 0]
            line -= 1
        return found[:count]

    def wraps(self, newline: int) -> bool:
        """Whether a line end of the clean text may be one that a terminal put in."""
        known = self._wraps.get(newline)
        if known is None:
            known = self._wraps[newline] = may_be_wrapped(self.folded, newline)
        return known

    def line_end(self, at: int) -> int:
        """The last place, from `at` on, where something may stand that follows a value of one line."""
        start = place = self.after_in_clean(at)
        limit = start + MAX_VALUE
        for _ in range(MAX_WRAPS):
            newline = self.folded.find("\n", place, limit)
            if newline < 0:
                return self.of_clean(min(limit, len(self.folded)))
            # White space before the value may hold a line end of any kind.
            is_before = not self.folded[start:newline].strip()
            if goes_on_anew(self.folded, newline) if is_before else not self.wraps(newline):
                return self.of_clean(newline)
            place = newline + 1
        return self.of_clean(place)

    def line_start(self, at: int) -> int:
        """The first place, up to `at`, where something may end that a value of one line follows."""
        end = place = self.in_clean(at) if at < len(self.text) else len(self.folded)
        limit = max(0, end - MAX_VALUE)
        for _ in range(MAX_WRAPS):
            newline = self.folded.rfind("\n", limit, place)
            if newline < 0:
                return self.of_clean(limit)
            if self.folded[newline:end].strip() and not self.wraps(newline):
                return self.of_clean(newline)
            place = newline
        return self.of_clean(place)

    def breaks(self, at: int) -> bool:
        """Whether a line ends before this place."""
        return self.folded.find("\n", self.after_in_clean(at), self.in_clean(at)) >= 0
