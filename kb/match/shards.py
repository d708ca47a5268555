"""Reading an index: each file once, and only when a text needs it."""

from __future__ import annotations

import json
import sys
from array import array
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict

from kb.match.index import DIGITS, VERSION, in_base_36
from kb.match.keys import key
from kb.match.signature import Signature, parse_signature

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.match.plan import Plan


class Root(TypedDict):
    """What `root.json` says."""

    version: int
    signatures: int
    perShard: int
    keyShards: int
    longest: int


@dataclass(frozen=True)
class Known:
    """A signature of the index."""

    number: int
    id: str
    signature: Signature
    weights: list[int]

    @property
    def plan(self) -> Plan:
        """The signature prepared for matching."""
        return self.signature.plan

    @property
    def is_long(self) -> bool:
        """Whether the signature may go over any number of lines."""
        return any(slot is not None and slot.type == "lines" for slot in self.plan.slots)

    @cached_property
    def weight(self) -> int:
        """How much the whole signature tells."""
        return sum(self.weights)

    @cached_property
    def anchors(self) -> dict[int, list[int]]:
        """Where keys stand in the signature: the numbers of their first words."""
        words = self.plan.words
        found: dict[int, list[int]] = {}
        for start in range(len(words)):
            for length in (1, 2, 3):
                run = words[start : start + length]
                if len(run) == length and run[-1].piece == run[0].piece:
                    found.setdefault(key(word.text for word in run), []).append(start)
        return found


class Index:
    """The files of an index, read as they are needed."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self._postings: dict[int, dict[str, list[int]]] = {}
        self._shards: dict[int, list[tuple[str, str, str]]] = {}
        self._known: dict[int, Known] = {}
        self._root: Root = json.loads(read("root.json"))
        if self._root["version"] != VERSION:
            raise ValueError(
                f"This index has format {self._root['version']}, this program reads {VERSION}: build the site again"
            )

    @property
    def longest(self) -> int:
        """How many words the longest keys stand for."""
        return self._root["longest"]

    @cached_property
    def keys(self) -> frozenset[int]:
        """All keys."""
        numbers = array("I")
        numbers.frombytes(self._read("keys.bin"))
        if sys.byteorder == "big":
            numbers.byteswap()
        return frozenset(numbers)

    def postings(self, key: int) -> list[int]:
        """The signatures that have this key, as the index lists them."""
        number = key % self._root["keyShards"]
        if number not in self._postings:
            self._postings[number] = json.loads(self._read(f"keys/{number}.json"))
        return self._postings[number].get(in_base_36(key), [])

    def signature(self, number: int) -> Known:
        """A signature by its number."""
        known = self._known.get(number)
        if known is None:
            shard, place = divmod(number, self._root["perShard"])
            if shard not in self._shards:
                self._shards[shard] = json.loads(self._read(f"signatures/{shard}.json"))
            name, text, weights = self._shards[shard][place]
            known = Known(number, name, parse_signature(text), [DIGITS.index(digit) for digit in weights])
            self._known[number] = known
        return known
