"""A pasted text as the matcher reads it: without noise, with the way back to the text as pasted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from kb.match.noise import Edit, apply_edits, decode, fold, fold_without_prefixes
from kb.match.skeleton import Skeleton, stretches
from kb.match.words import WORD, words_and_counts

ELIDED = 200
"""Characters after a word's start in which `...` is looked for."""

MARKS = 500
"""Characters around a word in which marks are looked for."""


@dataclass(frozen=True)
class Reading:
    """A text in the forms that matching needs. `clean` and `folded` have the same length."""

    pasted: str
    clean: str
    folded: str
    edits: list[Edit]
    _starts: dict[int, list[int]] = field(default_factory=dict)

    def origin(self, at: int) -> int:
        """Where a character of the clean text stands in the pasted text."""
        places, origins, ends = self._places
        edit = bisect_right(places, at) - 1
        if edit < 0:
            return at
        return origins[edit] if _is_replaced(ends[edit]) else origins[edit] + at - places[edit]

    def origin_end(self, at: int) -> int:
        """Where, in the pasted text, the clean text's first `at` characters end."""
        places, origins, ends = self._places
        edit = bisect_left(places, at) - 1
        if edit < 0:
            return at
        return ends[edit] if _is_replaced(ends[edit]) else origins[edit] + at - places[edit]

    def place(self, origin: int) -> int:
        """Where a character of the pasted text stands in the clean text, or what follows it if it was taken away."""
        places, origins, _ = self._places
        edit = bisect_right(origins, origin) - 1
        if edit < 0:
            return origin
        following = places[edit + 1] if edit + 1 < len(places) else len(self.clean)
        return min(places[edit] + origin - origins[edit], following)

    @cached_property
    def skeleton(self) -> Skeleton:
        """The text without white space, frames and gutters."""
        return Skeleton(self.folded, self._stretches)

    @cached_property
    def bare(self) -> Skeleton | None:
        """The same without log prefixes; `None` if there are none to take away."""
        folded = fold_without_prefixes(self.clean)
        return None if folded is None else Skeleton(folded)

    @property
    def words(self) -> list[str]:
        """The folded text's words, in order."""
        return self._words_and_counts[0]

    def word_start(self, word: int) -> int:
        """Where a word, by its number, begins in the clean text."""
        counts = self._counts
        stretch = bisect_right(counts, word) - 1
        return self._starts_in(stretch)[word - counts[stretch]]

    def _starts_in(self, stretch: int) -> list[int]:
        """Where the words of a stretch begin."""
        starts = self._starts.get(stretch)
        if starts is None:
            bounds = self._bounds
            found = WORD.finditer(self.folded, bounds[stretch], bounds[stretch + 1])
            starts = self._starts[stretch] = [one.start() for one in found]
        return starts

    def words_before(self, at: int) -> int:
        """How many words begin before a place in the clean text."""
        # What begins a stretch, as most lines do, needs no look at the words in it.
        known = self._before_stretches.get(at)
        if known is not None:
            return known
        stretch = bisect_left(self._bounds, at) - 1
        return self._counts[stretch] + bisect_left(self._starts_in(stretch), at) if stretch >= 0 else 0

    def starts_line(self, word: int, within: int) -> bool:
        """Whether at most so many words stand before a word in its line."""
        return word <= within or self._breaks_between(word - within - 1, word)

    def ends_line(self, word: int, within: int) -> bool:
        """Whether at most so many words stand after a word in its line."""
        return word + within >= len(self.words) - 1 or self._breaks_between(word, word + within + 1)

    def _breaks_between(self, word: int, other: int) -> bool:
        return self.folded.find("\n", self.word_start(word), self.word_start(other)) >= 0

    def is_elided_after(self, word: int) -> bool:
        """Whether the line of a word goes on with `...` soon after it."""
        start = self.word_start(word)
        return "..." in self.folded[start : start + ELIDED].partition("\n")[0]

    def marks_before(self, word: int) -> str:
        """What stands between a word and the one before it, without white space."""
        start = self.word_start(word)
        before = self.word_start(word - 1) + len(self.words[word - 1]) if word else 0
        return _marks(self.folded[max(before, start - MARKS) : start])

    def marks_after(self, word: int) -> str:
        """What stands between a word and the next one, or its line's end, without white space."""
        end = self.word_start(word) + len(self.words[word])
        following = self.word_start(word + 1) if word + 1 < len(self.words) else len(self.folded)
        return _marks(self.folded[end : min(following, end + MARKS)].partition("\n")[0])

    def line_after(self, word: int) -> str:
        """What stands after a word in its line; nothing if that is long."""
        end = self.word_start(word) + len(self.words[word])
        line, newline, _ = self.folded[end : end + MARKS].partition("\n")
        return line if newline or end + MARKS >= len(self.folded) else ""

    @cached_property
    def _stretches(self) -> list[str]:
        return stretches(self.folded)

    @cached_property
    def _words_and_counts(self) -> tuple[list[str], list[int]]:
        """All words, and how many stand before each stretch and in all."""
        return words_and_counts(self.folded, self._stretches)

    @property
    def _counts(self) -> list[int]:
        return self._words_and_counts[1]

    @cached_property
    def _bounds(self) -> list[int]:
        """Where each stretch begins, and where one after the last would."""
        return [0, *accumulate(map(len, self._stretches))]

    @cached_property
    def _before_stretches(self) -> dict[int, int]:
        """For each place where a stretch begins, how many words stand before it."""
        return dict(zip(self._bounds, self._counts, strict=True))

    @cached_property
    def _places(self) -> tuple[list[int], list[int], list[int]]:
        """For each edit: its place in the clean text, its origin, and where it ends in the pasted text."""
        return _places(self.edits)


def read(pasted: str) -> Reading:
    """Read a text through its noise, in linear time."""
    edits = decode(pasted)
    clean = apply_edits(pasted, edits) if edits else pasted
    return Reading(pasted, clean, fold(clean), edits)


def _marks(text: str) -> str:
    return text.replace(" ", "").replace("\n", "")


def _is_replaced(end: int) -> bool:
    return end >= 0


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
