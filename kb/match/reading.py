"""A pasted text as the matcher reads it: without noise, with the way back to the text as pasted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from kb.match.lines import may_be_wrapped
from kb.match.noise import Edit, decode, fold, fold_without_prefixes
from kb.match.values import MAX_VALUE, MAX_WRAPS
from kb.match.words import RUN, WORD


@dataclass(frozen=True)
class Skeleton:
    """A folded text without its white space: messages that were wrapped differently have the same skeleton.

    `runs` are the places in the skeleton where a run of text begins, `starts` the same places in the clean text.
    """

    folded: str
    text: str
    runs: list[int]
    starts: list[int]
    _wraps: dict[int, bool] = field(default_factory=dict)

    def in_clean(self, at: int) -> int:
        """Where a character of the skeleton stands in the clean text."""
        run = bisect_right(self.runs, at) - 1
        return self.starts[run] + at - self.runs[run]

    def after_in_clean(self, at: int) -> int:
        """Where the clean text goes on after the skeleton's first `at` characters, white space not skipped."""
        return self.in_clean(at - 1) + 1 if at else 0

    def of_clean(self, at: int) -> int:
        """Where a character of the clean text, or the first one after it that isn't white space, stands here."""
        run = bisect_right(self.starts, at) - 1
        if run < 0:
            return 0
        end = self.runs[run + 1] if run + 1 < len(self.runs) else len(self.text)
        return min(self.runs[run] + at - self.starts[run], end)

    def gaps(self, start: int, end: int) -> list[int]:
        """White space strictly inside `start..end`, as offsets from `start`."""
        first = bisect_right(self.runs, start)
        return [run - start for run in self.runs[first : bisect_left(self.runs, end, first)]]

    def is_gap(self, at: int) -> bool:
        """Whether white space, or the text's edge, stands before this place."""
        run = bisect_left(self.runs, at)
        return at >= len(self.text) or (run < len(self.runs) and self.runs[run] == at)

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
            if self.folded[start:newline].strip() and not self.wraps(newline):
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

    def next_gaps(self, start: int, count: int) -> list[int]:
        """The first places after `start` with white space before them."""
        first = bisect_right(self.runs, start)
        return self.runs[first : first + count]

    def last_gaps(self, end: int, count: int) -> list[int]:
        """The last places before `end` with white space before them, the last first."""
        last = bisect_left(self.runs, end)
        return self.runs[max(1, last - count) : last][::-1]

    def breaks(self, at: int) -> bool:
        """Whether a line ends before this place."""
        return self.folded.find("\n", self.after_in_clean(at), self.in_clean(at)) >= 0


def skeleton(folded: str) -> Skeleton:
    """Take a folded text's white space away."""
    starts = [run.start() for run in RUN.finditer(folded)]
    pieces = folded.split()
    runs = list(accumulate(map(len, pieces), initial=0))
    runs.pop()
    return Skeleton(folded, "".join(pieces), runs, starts)


@dataclass(frozen=True)
class Reading:
    """A text in the forms that matching needs. `clean` and `folded` have the same length."""

    clean: str
    folded: str
    _edits: tuple[list[int], list[int], list[int]]

    def origin(self, at: int) -> int:
        """Where a character of the clean text stands in the pasted text."""
        places, origins, ends = self._edits
        edit = bisect_right(places, at) - 1
        if edit < 0:
            return at
        return origins[edit] if _is_replaced(ends[edit]) else origins[edit] + at - places[edit]

    def origin_end(self, at: int) -> int:
        """Where, in the pasted text, the clean text's first `at` characters end."""
        places, origins, ends = self._edits
        edit = bisect_left(places, at) - 1
        if edit < 0:
            return at
        return ends[edit] if _is_replaced(ends[edit]) else origins[edit] + at - places[edit]

    @cached_property
    def skeleton(self) -> Skeleton:
        """The text without white space, frames and gutters."""
        return skeleton(self.folded)

    @cached_property
    def bare(self) -> Skeleton | None:
        """The same without log prefixes; `None` if there are none to take away."""
        folded = fold_without_prefixes(self.clean)
        return None if folded is None else skeleton(folded)

    @cached_property
    def words(self) -> list[str]:
        """The folded text's words, in order."""
        return WORD.findall(self.folded)

    @cached_property
    def word_starts(self) -> list[int]:
        """Where each word begins in the clean text."""
        return [word.start() for word in WORD.finditer(self.folded)]


def read(pasted: str) -> Reading:
    """Read a text through its noise, in linear time."""
    edits = decode(pasted)
    clean = apply_edits(pasted, edits) if edits else pasted
    return Reading(clean, fold(clean), _places(edits))


def _is_replaced(end: int) -> bool:
    return end >= 0


def apply_edits(pasted: str, edits: list[Edit]) -> str:
    """Carry out edits, which are in order and apart."""
    pieces: list[str] = []
    at = 0
    for start, end, meant in edits:
        pieces.append(pasted[at:start])
        pieces.append(meant)
        at = end
    pieces.append(pasted[at:])
    return "".join(pieces)


def _places(edits: list[Edit]) -> tuple[list[int], list[int], list[int]]:
    """For each edit: its place in the clean text, its origin, and where it ends in the pasted text.

    What was replaced takes two places: one for the replacement, whose end is known, one for what follows.
    What follows has the end -1: it is counted from the origin.
    """
    places: list[int] = []
    origins: list[int] = []
    ends: list[int] = []
    removed = 0
    for start, end, meant in edits:
        place = start - removed
        if meant:
            places.append(place)
            origins.append(start)
            ends.append(end)
        places.append(place + len(meant))
        origins.append(end)
        ends.append(-1)
        removed += end - start - len(meant)
    return places, origins, ends
