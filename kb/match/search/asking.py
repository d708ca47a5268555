"""What the words of a query may stand for in an index, and what each weighs. The twin is `asking.js`."""

from __future__ import annotations

from math import floor, log
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.match.search.spelling import completions, nearest
from kb.match.search.terms import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.match.search.reading import SearchIndex
    from kb.match.search.terms import Word

MOST_COMPLETIONS: Final = 6
SHORTEST_BEGINNING: Final = 2
"""Letters from which on a word is completed."""
LONGEST_BEGINNING: Final = 3
"""Letters up to which a word that some entry has may still be the beginning of another."""


class Meaning(NamedTuple):
    """Terms that a word of the query may stand for, all of them together, and what that is worth."""

    terms: tuple[str, ...]
    worth: float


class Asked(NamedTuple):
    """A word of the query by its number, its meanings that the index knows, and what it weighs."""

    number: int
    meanings: tuple[Meaning, ...]
    weight: float
    names: frozenset[str]
    """The terms by which it may name a product: its own, and the synonym of a word that has but one."""


class Question(NamedTuple):
    """The words of a query that have weight; those that were misspelt, with what was taken for them."""

    words: tuple[Asked, ...]
    corrected: tuple[tuple[str, str], ...]


def ask(words: Sequence[Word], index: SearchIndex, *, is_typed: bool) -> Question:
    """Look the words of a query up; with `is_typed`, the last one may be unfinished."""
    telling = [number for number, word in enumerate(words) if word.text not in index.stop_words] or list(
        range(len(words))
    )
    asked, corrected = [], []
    for number in telling:
        word = words[number]
        found = _meanings(word, index)
        if is_typed and number == len(words) - 1 and (not found or len(word.text) <= LONGEST_BEGINNING):
            found += [meaning for meaning in _completed(word, index) if meaning.terms != word.terms[:1]]
        if not found:
            near = nearest(word.terms[0], index)
            found = [Meaning((term,), index.root["worth"]["slip"][slips]) for term, slips in near]
            corrected += [(word.text, near[0][0])] if near else []
        asked.append(Asked(number, tuple(found), _weight(found, index), _names(found)))
    return Question(tuple(asked), tuple(corrected))


def _meanings(word: Word, index: SearchIndex) -> list[Meaning]:
    """The word itself, its synonyms, or the parts of a name; none where the index has nothing of it."""
    worth = index.root["worth"]
    own, *parts = word.terms
    meanings = [Meaning((own,), 1.0)]
    meanings += [Meaning(tuple(terms), worth["synonym"]) for terms in index.meant_by((word.text, stem(word.text)))]
    found = [meaning for meaning in meanings if all(index.postings(term).entries for term in meaning.terms)]
    if parts and any(index.postings(term).entries for term in parts):
        found.append(Meaning(tuple(parts), worth["part"]))
    return found


def _names(meanings: Sequence[Meaning]) -> frozenset[str]:
    own = {meaning.terms[0] for meaning in meanings if meaning.worth == 1}
    others = [meaning.terms for meaning in meanings if meaning.worth < 1]
    return frozenset(own | set(others[0]) if len(others) == 1 and len(others[0]) == 1 else own)


def _completed(word: Word, index: SearchIndex) -> list[Meaning]:
    if len(word.text) < SHORTEST_BEGINNING:
        return []
    begun = sorted(completions(word.text, index), key=lambda found: (-found[1], found[0]))
    return [Meaning((term,), index.root["worth"]["beginning"]) for term, _ in begun[:MOST_COMPLETIONS]]


def _weight(meanings: Sequence[Meaning], index: SearchIndex) -> float:
    """What a word weighs: as much as the most telling of its meanings; a share of the most there is if it has none."""
    weights = [
        meaning.worth * sum(tells(term, index) for term in meaning.terms) / len(meaning.terms) for meaning in meanings
    ]
    return max(weights, default=index.root["worth"]["unknown"] * _rarity(1, index.root["entries"]))


def tells(term: str, index: SearchIndex) -> float:
    """How much a term tells: BM25's inverse document frequency, where prose that has it in passing counts little.

    Nearly every entry has `name` or `run` somewhere in its commands; few are about them.
    """
    found = index.postings(term)
    in_passing = found.entries - found.about
    return _rarity(found.about + index.root["worth"]["prose"] * in_passing, index.root["entries"])


def _rarity(count: float, entries: int) -> float:
    # In thousandths, so that it is the same whatever the last digit of a logarithm is.
    return floor(1000 * log(1 + (entries - count + 0.5) / (count + 0.5)) + 0.5) / 1000
