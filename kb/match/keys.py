"""Keys of the index: hashes of one, two or three words that stand side by side.

The JavaScript twin is `keys.js`: the same words must give the same key there.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable

LENGTHS = (1, 2, 3)
"""How many words a key may stand for."""
_FACTOR = 0x9E3779B1
_MASK = 0xFFFFFFFF


class _Hashes(dict[str, int]):
    """Hashes of words, each computed once."""

    def __missing__(self, word: str) -> int:
        value = self[word] = crc32(word.encode("utf-8", "surrogatepass"))
        return value


def keys(words: Iterable[str], longest: int) -> list[list[int]]:
    """The keys of all runs of one word, of two, … of `longest`; the n-th list has one for each place but the last n."""
    table = _Hashes()
    hashes = [table[word] for word in words]
    lists = [hashes]
    for length in range(1, longest):
        lists.append([(key * _FACTOR + last) & _MASK for key, last in zip(lists[-1], hashes[length:], strict=False)])
    return lists


def extend(key: int, word: str) -> int:
    """The key of a run of words and one more; the key of no words is 0."""
    return (key * _FACTOR + crc32(word.encode("utf-8", "surrogatepass"))) & _MASK


def key(words: Iterable[str]) -> int:
    """The key of one run of words."""
    return reduce(extend, words, 0)
