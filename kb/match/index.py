"""The index: static files from which both matchers, in Python and in the browser, find a text's candidates.

    root.json            counts, and how the other files are divided
    filter.bin           which keys exist, for a reader that pays for every file (see filter.py)
    keys.bin             the same, as sorted 32-bit numbers, little-endian, for a reader that has the folder
    keys/<n>.json        {"key in base 36": [posting, …]}, all keys with key % keyShards = n; a posting is
                         signature number * 64 + number of the signature's keys * 2 + 1 for the rarest of them
    signatures/<n>.json  [[id, signature, weights], …], `perShard` signatures from n * perShard on;
                         weights: one digit of base 36 for each whole literal word

Same signatures in the same order, same bytes.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections import Counter
from math import prod
from typing import TYPE_CHECKING

from kb.match.filter import build_filter
from kb.match.keys import key
from kb.match.signature import parse_signature
from kb.match.words import COMMON, weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.match.plan import Plan

VERSION = 1
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

_KEYS_IN_ALL = 30_000
_FEWEST_KEYS = 2
_MOST_KEYS = 24
"""Keys of a signature: many in a small index, where any may lead to a reworded message; few where each one counts."""
_MANY_KEYS = 8
"""Keys of a signature from which on the index is small enough for keys of one word."""
_SHARED = 8
"""Signatures that may share a key of two words before one of three is taken."""
_ALONE = 1000
"""How much more often one word stands in texts than two."""
_KEY_SHARD = 300
_SIGNATURE_SHARD = 600
"""Bytes that a shard has on average."""
_PASTE = 700
_REQUEST = 300
"""Keys in a typical paste, and what a request costs in bytes of time: that is what a filter's strangers cost."""


Run = tuple[str, ...]
"""Words that stand side by side."""


def build_index(signatures: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Build the index of signatures, given as (id, text); an id may have several. Returns its files by name.

    Raises SignatureError for a text that is no signature.
    """
    listed = [(name, text, parse_signature(text).plan) for name, text in signatures]
    shares = Counter(word for _, _, plan in listed for word in {word.text for word in plan.words})
    runs = [list(_runs(plan)) for _, _, plan in listed]
    spread = Counter(run for own in runs for run in set(own))
    wanted = min(max(_KEYS_IN_ALL // max(len(listed), 1), _FEWEST_KEYS), _MOST_KEYS)
    postings: dict[int, list[int]] = {}
    lengths: set[int] = set()
    for number, own in enumerate(runs):
        chosen = {key(run): len(run) for run in _choose(own, spread, shares, wanted)}
        lengths.update(chosen.values())
        for place, value in enumerate(chosen):
            postings.setdefault(value, []).append(posting(number, len(chosen), rarest=place == 0))
    records = [
        [name, text, "".join(DIGITS[weight(word.text, shares[word.text] / len(listed))] for word in plan.words)]
        for name, text, plan in listed
    ]
    return _files(records, postings, max(lengths, default=1))


def posting(number: int, count: int, *, rarest: bool) -> int:
    """A signature as the index lists it under one of its keys, of which there are `count`."""
    return number << 6 | count << 1 | rarest


def _runs(plan: Plan) -> Iterator[Run]:
    """All runs of one to three whole words in a signature's literals."""
    words = plan.words
    for start in range(len(words)):
        for length in (1, 2, 3):
            run = words[start : start + length]
            if len(run) == length and run[-1].piece == run[0].piece:
                yield tuple(word.text for word in run)


def _choose(runs: list[Run], spread: Counter[Run], shares: Counter[str], wanted: int) -> list[Run]:
    """The runs by which a signature is found, the rarest first, then those that have no words in common."""

    def rarity(run: Run) -> tuple[bool, int, int]:
        words = [shares[word] << (4 if word in COMMON else 0) for word in run]
        return spread[run] > _SHARED, prod(words) if len(run) > 1 else words[0] * _ALONE, spread[run]

    singles, pairs, triples = ([run for run in runs if len(run) == length] for length in (1, 2, 3))
    if not pairs:
        return sorted(dict.fromkeys(singles), key=rarity)[:wanted]
    if triples and min(spread[run] for run in pairs) > _SHARED:
        pairs = triples
    ordered = sorted(dict.fromkeys(pairs), key=rarity)
    apart: list[Run] = []
    used: set[str] = set()
    for run in ordered:
        if used.isdisjoint(run):
            apart.append(run)
            used.update(run)
    # A single word leads to reworded messages, but stands in too many texts for a large index.
    telling = [run for run in singles if run[0] not in COMMON and len(run[0]) > 3 and wanted >= _MANY_KEYS]
    return list(dict.fromkeys([*apart, *ordered, *sorted(telling, key=rarity)]))[:wanted]


def _files(records: list[list[str]], postings: dict[int, list[int]], longest: int) -> dict[str, bytes]:
    written = [_json(record) for record in records]
    per_shard = max(1, round(_SIGNATURE_SHARD * len(written) / max(sum(map(len, written)), 1)))
    shards = max(1, sum(10 + 6 * len(numbers) for numbers in postings.values()) // _KEY_SHARD)
    bits = _filter_bits(len(postings))
    ordered = sorted(postings)
    seed, packed = build_filter(ordered, bits)
    root = {
        "version": VERSION,
        "signatures": len(records),
        "perShard": per_shard,
        "keys": len(ordered),
        "keyShards": shards,
        "longest": longest,
        "filter": {"seed": seed, "bits": bits},
    }
    files = {"root.json": _json(root), "filter.bin": packed, "keys.bin": _numbers(ordered)}
    divided: list[dict[str, list[int]]] = [{} for _ in range(shards)]
    for value in ordered:
        divided[value % shards][in_base_36(value)] = postings[value]
    for number, shard in enumerate(divided):
        files[f"keys/{number}.json"] = _json(shard)
    for number, start in enumerate(range(0, len(written), per_shard)):
        files[f"signatures/{number}.json"] = b"[" + b",\n".join(written[start : start + per_shard]) + b"]"
    return files


def _filter_bits(count: int) -> int:
    """Bits a fingerprint that make the filter and the shards fetched for nothing smallest together."""
    return min(range(2, 9), key=lambda bits: count * 1.23 * bits / 8 + _PASTE * (_KEY_SHARD + _REQUEST) / 2**bits)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _numbers(values: list[int]) -> bytes:
    numbers = array("I", values)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def in_base_36(value: int) -> str:
    """A key as `keys/<n>.json` writes it."""
    digits = ""
    while value:
        value, digit = divmod(value, 36)
        digits = DIGITS[digit] + digits
    return digits or "0"
