"""What the words of a query tell about each entry, by the index alone. The twin is `telling.js`."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.match.search.asking import tells
from kb.match.search.postings import MOST_IMPACT, TELLING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kb.match.search.asking import Asked
    from kb.match.search.reading import SearchIndex

SAID: Final = 0.6
"""The share from which on an entry is about a word."""


class Told(NamedTuple):
    """What a word of the query tells about an entry: its score, and the share of its weight that is accounted for."""

    score: float
    share: float


NOTHING: Final = Told(0.0, 0.0)

Telling = dict[int, dict[int, Told]]
"""Number of an entry -> number of a word of the query -> what it tells."""


def tell(asked: Sequence[Asked], index: SearchIndex, only: Mapping[str, str]) -> Telling:
    """What each word tells about each entry that filters leave: as much as each of its meanings does.

    An entry that has a name in its code and the name's words in its title is about that name, and scores by the name.
    """
    elsewhere = index.root["worth"]["elsewhere"]
    allowed = _allowed(index, only)
    told: Telling = {}
    for word in asked:
        for meaning in word.meanings:
            part = meaning.worth / len(meaning.terms)
            sums: dict[int, Told] = {}
            for term in meaning.terms:
                weight = part * tells(term, index) / MOST_IMPACT
                for number, impact in index.postings(term).impacts:
                    if allowed is not None and number not in allowed:
                        continue
                    score, share = sums.get(number, NOTHING)
                    is_about = impact >= TELLING
                    sums[number] = Told(
                        score + weight * (impact - TELLING * is_about), share + part * (1.0 if is_about else elsewhere)
                    )
            for number, found in sums.items():
                of_entry = told.setdefault(number, {})
                before = of_entry.get(word.number, NOTHING)
                of_entry[word.number] = Told(max(before.score, found.score), max(before.share, found.share))
    return told


def _allowed(index: SearchIndex, only: Mapping[str, str]) -> set[int] | None:
    """The entries that filters leave; None where there are no filters."""
    allowed: set[int] | None = None
    for name, value in only.items():
        if name == "product":
            found = set(_range_of(value, index))
        else:
            found = {number for number, _ in index.postings(f"{name}:{value}").impacts}
        allowed = found if allowed is None else allowed & found
    return allowed


def _range_of(product: str, index: SearchIndex) -> range:
    """The numbers of a product's entries."""
    products = index.root["products"]
    ends = [found["first"] for found in products[1:]] + [index.root["entries"]]
    ranges = {found["id"]: range(found["first"], end) for found, end in zip(products, ends, strict=True)}
    return ranges.get(product, range(0))


class NamedProducts:
    """The products that a query names: entries of others are worth less, most of all if they aren't about it."""

    def __init__(self, asked: Sequence[Asked], index: SearchIndex) -> None:
        self._worth = index.root["worth"]
        self._firsts = [product["first"] for product in index.root["products"]]
        self._places: set[int] = set()
        self.words: set[int] = set()
        """The words of the query that name one."""
        for word in asked:
            for place, product in enumerate(index.root["products"]):
                if not word.names.isdisjoint(product["terms"]):
                    self._places.add(place)
                    self.words.add(word.number)

    def has(self, number: int) -> bool:
        """Whether an entry is one of theirs."""
        return bisect_right(self._firsts, number) - 1 in self._places

    def worth_of(self, number: int, told: Mapping[int, Told]) -> float:
        """What an entry is worth by its product, 0 to 1."""
        if not self._places or self.has(number):
            return 1.0
        is_about = any(told[word].share >= SAID for word in self.words if word in told)
        return self._worth["about"] if is_about else self._worth["other"]
