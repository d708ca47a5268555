"""Reading an index: each file once, and only when a text needs it."""

from __future__ import annotations

import json
import sys
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypedDict

from kb.entry import MAX_PLACEHOLDERS, render_parts
from kb.match.against import pieces_of
from kb.match.index import DIGITS, VERSION, in_base_36, listed_parts
from kb.match.keys import LENGTHS, keys
from kb.match.signature import Signature

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kb.match.plan import Piece, Plan


class More(TypedDict, total=False):
    """What few signatures have: their own spelling, and what speaks against them."""

    text: str
    unless: list[str]
    platforms: list[str]
    draft: bool
    symptom: bool


Listed = tuple[int, str, list[str], str] | tuple[int, str, list[str], str, More]
"""A signature in a shard: posting, id, parts, weights, and what there is more."""


MOST_PARTS: Final = 2 * MAX_PLACEHOLDERS + 1


class Root(TypedDict):
    """What `root.json` says."""

    version: int
    signatures: int
    keys: int
    shards: int
    longest: int


@dataclass(frozen=True)
class Known:
    """A signature of the index."""

    number: int
    id: str
    signature: Signature
    weights: list[int]
    unless: tuple[Piece, ...] = ()
    """Texts that rule it out."""
    platforms: tuple[str, ...] = ()
    """The only ones of its entry; none if nothing is known of others."""
    is_draft: bool = False
    """Whether nobody has reviewed its entry."""
    is_symptom: bool = False
    """Whether it says only that something else failed."""

    @property
    def plan(self) -> Plan:
        """The signature prepared for matching."""
        return self.signature.plan

    @property
    def is_long(self) -> bool:
        """Whether the signature may go over any number of lines."""
        return any(slot is not None and slot.type == "lines" for slot in self.plan.slots)

    @property
    def is_loose(self) -> bool:
        """Whether no whole word of it can be looked up."""
        return not self.weights

    @cached_property
    def weight(self) -> int:
        """How much the whole signature tells."""
        return sum(self.weights)

    @cached_property
    def anchors(self) -> dict[int, list[int]]:
        """Where keys stand in the signature: the numbers of their first words."""
        words = self.plan.words
        found: dict[int, list[int]] = {}
        for further, values in enumerate(keys([word.text for word in words], len(LENGTHS))):
            for start, value in enumerate(values):
                if words[start + further].piece == words[start].piece:
                    found.setdefault(value, []).append(start)
        return found


class Index:
    """The files of an index, read as they are needed."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self.damaged = ""
        """A shard that can't be read: what others know is an answer, but that nothing is known is none."""
        self._shards: dict[int, object] = {}
        self._known: dict[int, Known | None] = {}
        root = json.loads(read("root.json"))
        if not isinstance(root, dict):
            raise ValueError("its root.json is none of ours")
        self._root: Root = root  # type: ignore[assignment]
        if self._root["version"] != VERSION:
            raise ValueError(
                f"This index has format {self._root['version']}, this program reads {VERSION}: build the site again"
            )

    @property
    def longest(self) -> int:
        """How many words the longest keys stand for."""
        return self._root["longest"]

    @cached_property
    def runs(self) -> dict[int, dict[tuple[str, ...], int]]:
        """How many words a key stands for -> the words -> the key."""
        # A line ends in a line feed alone: a word may hold other characters at which Python would end one.
        lines = self._read("runs.txt").decode("utf-8", "surrogatepass").split("\n")
        found: dict[int, dict[tuple[str, ...], int]] = {length: {} for length in LENGTHS}
        for line, key in zip(lines, self._numbers, strict=False):
            for each in line.split("\t") if "\t" in line else (line,):
                run = tuple(each.split(" "))
                found[len(run)][run] = key
        # The key of signatures without a whole word, which is looked for in no text.
        found[1].pop(("",), None)
        return {length: runs for length, runs in found.items() if runs}

    def postings(self, key: int) -> Sequence[int]:
        """The signatures that have this key, as the index lists them; none if the index doesn't have the key."""
        numbers, count = self._numbers, self._root["keys"]
        place = bisect_left(numbers, key, 0, count)
        if place == count or numbers[place] != key:
            return ()
        postings = 2 * count + 1
        return numbers[postings + numbers[count + place] : postings + numbers[count + place + 1]]

    @cached_property
    def _numbers(self) -> array[int]:
        """What `keys.bin` holds."""
        numbers = array("I")
        numbers.frombytes(self._read("keys.bin"))
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers

    def signature(self, number: int, key: int) -> Known | None:
        """A signature by its number and one of its keys; None where what the index has of it is none."""
        if number not in self._known:
            shard = key % self._root["shards"]
            if shard not in self._shards:
                self._shards[shard] = self._parsed(f"shards/{shard}.json")
            known = self._known[number] = _known(number, self._shards[shard], in_base_36(key))
            if known is None:
                self.damaged = f"shards/{shard}.json"
        return self._known[number]

    def _parsed(self, name: str) -> object:
        """What a shard says; None where it is no JSON, which is remembered. Others of the index may be sound."""
        try:
            return json.loads(self._read(name))
        except (ValueError, RecursionError):
            self.damaged = name
            return None


def _known(number: int, shard: object, key: str) -> Known | None:
    """The signature of a number in a shard, where that has a sound one."""
    listed = shard.get(key) if isinstance(shard, dict) else None
    for record in listed if isinstance(listed, list) else ():
        match record:
            case [int(posting), str(name), list(texts), str(weights), *rest] if posting >> 6 == number:
                return _sound(number, name, texts, weights, rest[0] if rest else {})
    return None


def _sound(number: int, name: str, texts: list[object], weights: str, more: object) -> Known | None:
    """A signature from its record; None where a part of that is none of ours."""
    said = more if isinstance(more, dict) else {}
    lists = said.get("unless", ()), said.get("platforms", ())
    if len(texts) > MOST_PARTS:
        return None
    try:
        parts = listed_parts([_text(text) for text in texts])
        unless, platforms = (tuple(_text(text) for text in each) for each in lists)
        text = _text(said.get("text") or render_parts(parts))
        digits = [DIGITS.index(digit) for digit in weights]
    except (ValueError, TypeError):
        return None
    is_draft, is_symptom = said.get("draft") is True, said.get("symptom") is True
    return Known(number, name, Signature(text, parts), digits, pieces_of(unless), platforms, is_draft, is_symptom)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
