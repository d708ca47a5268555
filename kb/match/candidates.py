"""Which signatures a text may contain, and where: the places of the index's keys in the text's words.

The shares are tuned as the numbers of `cut.py` are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, compress, count
from typing import TYPE_CHECKING, NamedTuple

from kb.match.lines import cut_lines
from kb.match.noise import prefixes
from kb.match.words import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.match.reading import Reading
    from kb.match.shards import Index


LEAST_KEYS = 0.2
"""Share of a signature's keys without which not enough of its wording is there."""


MOST_KEYS = 0.75
"""Share of a signature's keys that are there if all of it is."""


SHORT = 40
"""Words of a text that may be all that is left of a message: a single key may lead from it to one that was cut off."""


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
    def key(self) -> int:
        """One of the signature's keys."""
        return (self.rarest or self.others)[0].key

    @property
    def may_be_whole(self) -> bool:
        """Whether all of the signature may be here: a line end may have cut some of its keys, but not the rarest."""
        return bool(self.rarest) and self.present >= MOST_KEYS * self.keys

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
    words = reading.words
    places: dict[int, list[int]] = {}
    for length, known in index.runs.items():
        # Looking up runs of words themselves is several times as fast as hashing them all first.
        runs = zip(*(words[start:] for start in range(length)), strict=False)
        for word in compress(count(), map(known.__contains__, runs)):
            places.setdefault(known[tuple(words[word : word + length])], []).append(word)
    for word, run in chain(_rejoined(reading, index.longest), _over_prefixes(reading, index.longest)):
        known = index.runs.get(len(run), {})
        if run in known:
            places.setdefault(known[run], []).append(word)
    return places


def _rejoined(reading: Reading, longest: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Runs of words that a line end may have cut in two, made whole, alone and with their neighbours."""
    words = reading.words
    for end in cut_lines(reading.folded):
        last = reading.words_before(end) - 1
        around = [*words[max(0, last + 1 - longest) : last], words[last] + words[last + 1]]
        place = len(around) - 1
        around += words[last + 2 : last + 1 + longest]
        for start in range(place + 1):
            for stop in range(place + 1, min(start + longest, len(around)) + 1):
                yield last - place + start, tuple(around[start:stop])


def _over_prefixes(reading: Reading, longest: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Runs of words that go on in the next line, behind what a logger put before it."""
    words = reading.words
    shapes = [(before, behind) for before in range(1, longest) for behind in range(1, longest - before + 1)]
    for start, end in prefixes(reading.clean):
        after = reading.words_before(start)
        following = after + len(WORD.findall(reading.folded, start, end))
        for before, behind in shapes:
            if before <= after and following + behind <= len(words):
                yield after - before, (*words[after - before : after], *words[following : following + behind])
