"""Reading the index for a search: each file once, and only when a query needs it. The twin is `reading.js`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple, TypeGuard

from kb.match.fixes import shard_of
from kb.match.search.index import DRAFTS, VERSION
from kb.match.search.postings import TELLING
from kb.match.search.terms import stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kb.match.search.document import Shown
    from kb.match.search.index import Root


_TEXTS: Final = ("id", "title", "product", "step")


class Postings(NamedTuple):
    """The entries that have a term: how many, the impact on each that is listed, and how many are about it."""

    entries: int = 0
    impacts: tuple[tuple[int, int], ...] = ()
    about: int = 0


class SearchIndex:
    """The index as it is read."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        """`read` gives a file by its name. Raises what that raises, and ValueError for another version."""
        self._read = read
        self.root: Root = json.loads(read("root.json"))
        if self.root["version"] != VERSION:
            raise ValueError(f"the search index has version {self.root['version']}, and this program reads {VERSION}")
        self.stop_words = frozenset(self.root["stop_words"])
        self.stop_stems = frozenset(map(stem, self.stop_words))
        self._shards: dict[int, dict[str, list[int]]] = {}
        self._postings: dict[str, Postings] = {}
        self._words: dict[str, list[tuple[str, int]]] = {}
        self._blocks: dict[int, list[Shown]] = {}

    def postings(self, term: str) -> Postings:
        """The entries that have a term."""
        if term not in self._postings:
            number = shard_of(term, self.root["shards"])
            if number not in self._shards:
                self._shards[number] = json.loads(self._read(f"terms/{number}.json"))
            self._postings[term] = _postings(self._shards[number].get(term, [0]))
        return self._postings[term]

    def drafts(self) -> frozenset[int]:
        """The entries that a model drafted and nobody has reviewed; a site built before there were any says none."""
        if not self.root.get("drafts"):
            return frozenset()
        return frozenset(number for number, _ in self.postings(DRAFTS).impacts)

    def words(self, letter: str) -> list[tuple[str, int]]:
        """The terms in the file of a letter, in order, and how many entries have each."""
        if letter not in self.root["letters"]:
            return []
        if letter not in self._words:
            self._words[letter] = list(map(_counted, self._read(f"words/{letter}.txt").decode().split("\n")))
        return self._words[letter]

    def shown(self, number: int) -> Shown:
        """What a result shows of an entry. Raises ValueError where that can't be read."""
        block, place = divmod(number, self.root["per_block"])
        if block not in self._blocks:
            self._blocks[block] = json.loads(self._read(f"entries/{block}.json"))
        listed = self._blocks[block]
        shown = listed[place] if place < len(listed) else None
        if not _is_shown(shown):
            raise ValueError(f"entries/{block}.json: entry {number} can't be read")
        return shown

    def meant_by(self, keys: Iterable[str]) -> list[list[str]]:
        """What else a word may mean, by the first of its forms that the synonyms have."""
        return next((self.root["synonyms"][key] for key in keys if key in self.root["synonyms"]), [])


def _is_shown(value: object) -> TypeGuard[Shown]:
    if not isinstance(value, dict) or not all(isinstance(value.get(key), str) for key in _TEXTS):
        return False
    if not isinstance(value.get("proven", ""), str):
        return False
    phrases = value.get("phrases")
    return isinstance(phrases, list) and all(isinstance(phrase, str) for phrase in phrases)


def _counted(line: str) -> tuple[str, int]:
    term, _, count = line.partition(" ")
    return term, int(count or 1)


def _postings(listed: list[int]) -> Postings:
    count, *numbers = listed
    impacts, number = [], 0
    for distance, impact in zip(numbers[::2], numbers[1::2], strict=True):
        number += distance
        impacts.append((number, impact))
    return Postings(count, tuple(impacts), sum(impact >= TELLING for _, impact in impacts))
