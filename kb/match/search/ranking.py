"""From a reader's own words to entries, the best first, and whether anything is known. The twin is `ranking.js`."""

from __future__ import annotations

from heapq import nsmallest
from math import floor
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.match.search.asking import ask
from kb.match.search.phrase import phrase_of
from kb.match.search.telling import NOTHING, SAID, NamedProducts, tell
from kb.match.search.terms import words_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kb.match.search.asking import Asked
    from kb.match.search.document import Shown
    from kb.match.search.reading import SearchIndex
    from kb.match.search.telling import Telling
    from kb.match.search.terms import Word

MOST_WORDS: Final = 24
"""Words of a query that are looked up: of a longer one the rest adds little."""
COMPARED: Final = 6
"""Entries whose title and messages are compared with the query, word for word: so many of the best, and as many again
of those that are about most of its words, whatever product they name: in a message that is a value, as `docker` is in
`docker: command not found`."""
CERTAIN: Final = 3
"""Of so many first entries the one that accounts for most says whether anything is known."""
LISTED: Final = 0.5
"""The share of a query that an entry must account for to be listed, as a part of what the best one does."""
NEAR: Final = 0.5
"""The part of what it takes to be known, below which an entry isn't even near."""
STEPS: Final = 1_000_000
"""A score in so many parts: what differs less is equal, in Python and in JavaScript."""


class Result(NamedTuple):
    """An entry that a query finds; `share` is how much of the query's weight it accounts for, 0 to 1."""

    number: int
    shown: Shown
    score: float
    share: float
    is_draft: bool = False
    """Whether a model drafted it, and nobody has reviewed it."""


class Found(NamedTuple):
    """What a query finds. Where it is not known, `results` are what comes nearest, and mean little."""

    is_known: bool
    total: int
    results: tuple[Result, ...]
    corrected: tuple[tuple[str, str], ...] = ()
    """Words nobody knows, with what was taken for them."""
    unknown: tuple[str, ...] = ()
    """Words nobody knows, for which nothing was taken, and that are no values."""
    lost: int = 0
    """Entries among the first ones that can't be read."""


class _Ranked(NamedTuple):
    """An entry by its number, how well it fits, and how much of the query it accounts for."""

    number: int
    score: float
    share: float


class _Said(NamedTuple):
    """What a query repeats of an entry: words of it by number, those that are values, and what the former weigh."""

    repeated: tuple[int, ...]
    values: tuple[int, ...]
    weight: float

    def rank(self) -> tuple[float, int]:
        """Of two that repeat as much the one comes first that explains more words as values."""
        return self.weight, len(self.values)


_NOTHING_SAID: Final = _Said((), (), 0.0)


def search(
    query: str, index: SearchIndex, top: int = 10, *, only: Mapping[str, str] | None = None, is_typed: bool = False
) -> Found:
    """Find the entries that a query means.

    `only` narrows to entries of a `product` (its id), with a `tag` or of a `status`. With `is_typed` the query's last
    word may be unfinished. Raises what reading the index raises.
    """
    words = words_in(query)[:MOST_WORDS]
    asked, corrected = ask(words, index, is_typed=is_typed)
    look = _Look(words, asked, tell(asked, index, only or {}), index)
    first = look.rank(look.told, {}, ())
    said = {number: look.said_of(number) for number in (*(each.number for each in first[:COMPARED]), *look.nearest())}
    values = look.values_in(said)
    again = look.rank(said, said, values)
    best = max((each.share for each in again[:CERTAIN]), default=0.0)
    rest = (each for each in first if each.number not in said)
    listed = [each for each in (*again, *rest) if each.share >= LISTED * best]
    known = index.root["worth"]["known"]
    telling = sum(word.number not in values for word in asked)
    least = known[min(max(telling, 1), len(known)) - 1]
    if best < NEAR * least:
        listed = []
    results, lost = _read(listed[:top], index)
    return Found(
        is_known=bool(listed) and best >= least,
        total=len(listed),
        results=results,
        corrected=corrected,
        unknown=tuple(words[word.number].text for word in asked if not word.meanings and word.number not in values),
        lost=lost,
    )


def _read(ranked: Sequence[_Ranked], index: SearchIndex) -> tuple[tuple[Result, ...], int]:
    """The results of those that can be read, and how many can't. Raises what reading raises where none can."""
    results: list[Result] = []
    failed: list[OSError | ValueError] = []
    drafts = index.drafts()
    for each in ranked:
        try:
            shown = index.shown(each.number)
            results.append(Result(each.number, shown, each.score, each.share, each.number in drafts))
        except (OSError, ValueError) as error:
            failed.append(error)
    if failed and not results:
        raise failed[0]
    return tuple(results), len(failed)


class _Look:
    """A query's look at the entries of an index."""

    def __init__(self, words: Sequence[Word], asked: Sequence[Asked], told: Telling, index: SearchIndex) -> None:
        self.told = told
        self._words = words
        self._asked = asked
        self._index = index
        self._weights = {word.number: word.weight for word in asked}
        self._drafts = index.drafts()

    def rank(self, numbers: Iterable[int], said: Mapping[int, _Said], values: Collection[int]) -> list[_Ranked]:
        """Entries, the best first: by what the words tell and by what the query repeats of them."""
        products = NamedProducts([word for word in self._asked if word.number not in values], self._index)
        found = [self._ranked(number, said.get(number), values, products) for number in numbers]
        return sorted(found, key=lambda each: (-each.score, each.number))

    def nearest(self) -> list[int]:
        """The entries that are about most of the words that name no product, and of which these tell most."""
        named = NamedProducts(self._asked, self._index).words
        words = [word for word in self._asked if word.number not in named]

        def rank(number: int) -> tuple[float, float, int]:
            of_entry = self.told[number]
            found = [(word.weight, of_entry[word.number]) for word in words if word.number in of_entry]
            about = sum(weight for weight, told in found if told.share >= SAID)
            return -_rounded(about), -_rounded(sum(told.score for _, told in found)), number

        return nsmallest(COMPARED, self.told, key=rank)

    def values_in(self, said: Mapping[int, _Said]) -> tuple[int, ...]:
        """The words of the query that are values, as the message says of which it repeats most.

        Of messages that are repeated alike, one of a product that the query names: `docker` is no value in
        `docker: permission denied`, of which Docker has an entry.
        """
        products = NamedProducts(self._asked, self._index)

        def rank(each: tuple[int, _Said]) -> tuple[float, bool, int]:
            number, found = each
            return found.weight, products.has(number), len(found.values)

        return max(said.items(), key=rank, default=(0, _NOTHING_SAID))[1].values

    def _ranked(self, number: int, said: _Said | None, values: Collection[int], products: NamedProducts) -> _Ranked:
        """How well an entry fits. Words that are values count little for that, and nothing for being known."""
        worth = self._index.root["worth"]
        told = self.told[number]
        total = known = score = 0.0
        for word in self._asked:
            found = told.get(word.number, NOTHING)
            if word.number in values:
                score += worth["value"] * found.score
                continue
            score += found.score
            total += word.weight
            known += word.weight * min(1.0, found.share)
        share = min(1.0, known / total) if total else 0.0
        score *= products.worth_of(number, told) * (1 - worth["coverage"] + worth["coverage"] * share)
        if said:
            explained = self._weight(number for number in said.values if number in values)
            score += worth["phrase"] * (said.weight + explained)
        if number in self._drafts:
            score *= worth["draft"]
        return _Ranked(number, _rounded(score), _rounded(share))

    def said_of(self, number: int) -> _Said:
        """What the query repeats of an entry's title and messages: of the one of which it repeats most."""
        try:
            phrases = self._index.shown(number)["phrases"]
        except (OSError, ValueError):
            phrases = []  # an entry that can't be read is ranked by its words alone, and hides no other
        found = (phrase_of(self._words, phrase, self._index.stop_stems) for phrase in phrases)
        said = (_Said(*phrase, self._weight(phrase.repeated)) for phrase in found)
        return max(said, key=_Said.rank, default=_NOTHING_SAID)

    def _weight(self, repeated: Iterable[int]) -> float:
        return _rounded(sum(self._weights.get(number, 0.0) for number in repeated))


def _rounded(value: float) -> float:
    return floor(value * STEPS + 0.5) / STEPS
