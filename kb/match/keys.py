"""Keys of the index: hashes of one, two or three words that stand side by side.

A word's hash is its CRC-32; a key is the exclusive or of its words' hashes, the second and third multiplied by a factor
for their place, so that order counts. The JavaScript twin is `keys.js`: the same words must give the same key there.
"""

from __future__ import annotations

from operator import xor
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Sequence

LENGTHS = (1, 2, 3)
"""How many words a key may stand for."""
FACTORS = (1, 0x9E3779B1, 0x85EBCA77)
"""Odd numbers without a pattern, one for each place in a key."""
_MASK = 0xFFFFFFFF


LOOSE = 0
"""The key of signatures without a whole word: that of no words."""


def keys(words: Sequence[str], longest: int) -> list[list[int]]:
    """The keys of all runs of one word, of two, … of `longest`; the n-th list has one for each place but the last n."""
    hashes = {word: crc32(word.encode("utf-8", "surrogatepass")) for word in set(words)}
    lists = [list(map(hashes.__getitem__, words))]
    for place, factor in enumerate(FACTORS[1:longest], 1):
        here = {word: value * factor & _MASK for word, value in hashes.items()}
        # The last run of the shorter ones has no word after it: the later list ends first.
        lists.append(list(map(xor, lists[-1], map(here.__getitem__, words[place:]))))
    return lists


def key(words: Sequence[str]) -> int:
    """The key of one run of words."""
    value = 0
    for word, factor in zip(words, FACTORS, strict=False):
        value ^= crc32(word.encode("utf-8", "surrogatepass")) * factor & _MASK
    return value
