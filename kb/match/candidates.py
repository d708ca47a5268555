"""Which signatures a text may contain, and where: the places of the index's keys in the text's words."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kb.match.keys import extend, keys
from kb.match.lines import MIN_WIDTH
from kb.match.words import CUT_WORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.match.reading import Reading
    from kb.match.shards import Index


LEAST_KEYS = 0.2
"""Share of a signature's keys without which not enough of its wording is there."""


class Hits(NamedTuple):
    """A key of the index in a text: the numbers of the words where it begins."""

    key: int
    words: list[int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A signature that a text may contain: where its rarest key and where its other keys stand."""

    number: int
    keys: int
    rarest: list[Hits]
    others: list[Hits]

    @property
    def may_be_whole(self) -> bool:
        """Whether the signature may be here as a whole."""
        return bool(self.rarest) and (self.keys == 1 or bool(self.others))

    @property
    def may_be_part(self) -> bool:
        """Whether enough of the signature may be here."""
        return self.present >= max(LEAST_KEYS * self.keys, min(2, self.keys // 2))

    @property
    def present(self) -> int:
        """How many of the signature's keys are here."""
        return len(self.rarest) + len(self.others)


def candidates(index: Index, reading: Reading) -> list[Candidate]:
    """The signatures whose keys stand in a text, in the order of the index."""
    found: dict[int, Candidate] = {}
    places = _places(index, reading)
    for value in sorted(places):
        hits = Hits(value, sorted(places[value]))
        for posting in index.postings(value):
            number = posting >> 6
            candidate = found.get(number)
            if candidate is None:
                candidate = found[number] = Candidate(number, posting >> 1 & 31, [], [])
            (candidate.rarest if posting & 1 else candidate.others).append(hits)
    return [found[number] for number in sorted(found)]


def _places(index: Index, reading: Reading) -> dict[int, list[int]]:
    """The words at which each key stands."""
    known = index.keys
    places: dict[int, list[int]] = {}
    values_by_length = keys(reading.words, index.longest)
    for values in values_by_length:
        here = known.intersection(values)
        if here:
            for word, value in enumerate(values):
                if value in here:
                    places.setdefault(value, []).append(word)
    for word, value in _rejoined(reading, values_by_length):
        if value in known:
            places.setdefault(value, []).append(word)
    return places


def _rejoined(reading: Reading, values: list[list[int]]) -> Iterator[tuple[int, int]]:
    """The keys of words that a line end may have cut in two, made whole, alone and with their neighbours."""
    folded, words, longest = reading.folded, reading.words, len(values)
    for line in CUT_WORD.finditer(folded):
        if folded.find("\n", max(0, line.start() - MIN_WIDTH), line.start()) >= 0:
            continue
        last = bisect_right(reading.word_starts, line.start()) - 1
        whole = words[last] + words[last + 1]
        for before in range(min(longest, last + 1)):
            value = extend(values[before - 1][last - before] if before else 0, whole)
            yield last - before, value
            for following in words[last + 2 : last + 1 + longest - before]:
                value = extend(value, following)
                yield last - before, value
