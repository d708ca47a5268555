"""The index: static files from which both matchers, in Python and in the browser, find a text's candidates.

    root.json        counts, and how the other files are divided
    filter.bin       which keys exist, for a reader that pays for every file (see filter.py)
    keys.bin         the same, and what each key leads to, for a reader that has the folder: three runs of 32-bit
                     numbers, little-endian: the keys in order; where each one's postings begin, and where the last
                     one's end; the postings
    runs.txt         the words that each of these keys stands for, a line a key, with spaces between them; should two
                     runs of words have one key, with a tab between them
    shards/<n>.json  {"key in base 36": [[posting, id, parts, weights], …]}, all keys with key % shards = n

A posting is signature number * 64 + number of the signature's keys * 2 + 1 for the rarest of them. Weights are one
digit of base 36 for each whole literal word. Parts are a signature's literals and placeholders (`name:type`) in turns,
a literal first. Few signatures have a fifth value: their text, if it is another spelling of the parts (`text`), texts
that rule them out (`unless`), the only platforms of their entry (`platforms`), whether a model drafted that and
nobody has reviewed it (`draft`), and whether it says only that something else failed (`symptom`). A signature stands in
the shard of each of its keys, so that whoever finds a key has the signature with it, without a second request.

Same signatures in the same order, same bytes.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections import Counter
from collections.abc import Callable
from itertools import accumulate
from math import prod
from typing import TYPE_CHECKING

from kb.entry import Literal, Part, Placeholder, SignatureError, render_parts
from kb.match.filter import build_filter
from kb.match.indexed import Indexed
from kb.match.keys import LOOSE, key
from kb.match.signature import Signature, parse_signature
from kb.match.words import FREQUENT, weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.match.plan import Plan

VERSION = 4
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

_KEYS_IN_ALL = 30_000
_FEWEST_KEYS = 1
_MANY_KEYS = 8
_MOST_KEYS = 24
"""Keys of a signature: many in a small index, where any may lead to a reworded message; few where each one counts."""
_ONE_SHARD = 43_000
"""Bytes of signatures up to which they stand in one file, and many keys cost nothing."""
_SHARED = 8
"""Signatures that may share a key of two words before one of three is taken."""
_CROWDED = 2000
"""Signatures from which on most runs of two words stand in some other message too."""
_ALONE = 1000
"""How much more often one word stands in texts than two."""
_KEPT = 0.6
"""Share of a message that is left, at its start, of one that was cut off: a lone key should stand in it."""
_OPENING = 0.35
"""Share of a message that is left of one that was cut off early."""
_SHARD = 4000
"""Bytes that a shard has on average.

A paste of the shipped entries' examples reads three shards, 14 KB, or 5.7 KB as servers send them; with shards of 1 KB
it is 4 KB and 2 KB, and the site has 592 of them instead of 148. With 8 KB it is 26 KB and 9.7 KB, with 74."""
_PASTE = 600
_REQUEST = 1500
"""Keys in a typical paste, and what a request costs in bytes of time: that is what a filter's strangers cost."""


Run = tuple[str, ...]
"""Words that stand side by side."""


Refuse = Callable[[str, SignatureError], None]
"""Is told the id and the error of a text that is no signature."""


def build_index(signatures: Iterable[tuple[str, str] | Indexed], refuse: Refuse | None = None) -> dict[str, bytes]:
    """Build the index of signatures, given as (id, text) or with what speaks against them; an id may
    have several. Returns its files by name.

    Raises SignatureError for a text that is no signature; with `refuse`, reads signatures that aren't strict, and
    leaves out those that still can't be read.
    """
    listed = list(_parsed(signatures, refuse))
    shares = Counter(word for _, signature in listed for word in {word.text for word in signature.plan.words})
    runs = [list(_runs(signature.plan)) for _, signature in listed]
    spread = Counter(run for own in runs for run in set(own))
    weights = [
        "".join(DIGITS[weight(word.text, shares[word.text] / len(listed))] for word in signature.plan.words)
        for _, signature in listed
    ]
    records = [_record(*known, own) for known, own in zip(listed, weights, strict=True)]
    is_small = sum(map(len, records)) <= _ONE_SHARD
    wanted = min(max(_KEYS_IN_ALL // max(len(listed), 1), _FEWEST_KEYS), _MOST_KEYS if is_small else _MANY_KEYS)
    is_crowded = len(listed) > _CROWDED
    postings: dict[int, list[int]] = {}
    words_of: dict[int, set[Run]] = {}
    for number, own in enumerate(runs):
        chosen = {key(run): run for run in _choose(own, spread, shares, wanted, is_crowded=is_crowded)}
        for place, (value, run) in enumerate(chosen.items()):
            postings.setdefault(value, []).append(posting(number, len(chosen), rarest=place == 0))
            words_of.setdefault(value, set()).add(run)
    return _files(records, postings, words_of, is_small=is_small)


def _parsed(
    signatures: Iterable[tuple[str, str] | Indexed], refuse: Refuse | None
) -> Iterator[tuple[Indexed, Signature]]:
    """Each signature with what is indexed of it."""
    for given in signatures:
        own = given if isinstance(given, Indexed) else Indexed(*given)
        try:
            yield own, parse_signature(own.text, is_strict=refuse is None)
        except SignatureError as error:
            if refuse is None:
                raise
            refuse(own.id, error)


def _record(own: Indexed, signature: Signature, weights: str) -> bytes:
    """A signature as shards list it, without its posting."""
    listed = [part.text if isinstance(part, Literal) else f"{part.name}:{part.type}" for part in signature.parts]
    if signature.parts and not isinstance(signature.parts[0], Literal):
        listed.insert(0, "")
    more = {
        "text": signature.text if signature.text != render_parts(listed_parts(listed)) else "",
        "unless": own.unless,
        "platforms": own.platforms,
        "draft": own.is_draft,
        "symptom": own.is_symptom,
    }
    needed = {name: value for name, value in more.items() if value}
    return _json([own.id, listed, weights, *([needed] if needed else [])])


def listed_parts(listed: Iterable[str]) -> tuple[Part, ...]:
    """A signature's parts from the list in a shard."""
    parts: list[Part] = []
    for number, text in enumerate(listed):
        if number % 2:
            name, _, kind = text.partition(":")
            parts.append(Placeholder(name, kind))
        elif text:
            parts.append(Literal(text))
    return tuple(parts)


def posting(number: int, count: int, *, rarest: bool) -> int:
    """A signature as the index lists it under one of its keys, of which there are `count`."""
    return number << 6 | count << 1 | rarest


def _runs(plan: Plan) -> Iterator[Run]:
    """All runs of one to three whole words in a line of a signature: before the next line, a log has more."""
    words = plan.words
    for start in range(len(words)):
        for length in (1, 2, 3):
            run = words[start : start + length]
            if len(run) == length and run[-1].piece == run[0].piece and run[-1].line == run[0].line:
                yield tuple(word.text for word in run)


def _choose(runs: list[Run], spread: Counter[Run], shares: Counter[str], wanted: int, *, is_crowded: bool) -> list[Run]:
    """The runs by which a signature is found, the rarest first, then those that have no words in common."""

    def rarity(run: Run) -> tuple[bool, int, int]:
        words = [shares[word] << (4 if word in FREQUENT else 0) for word in run]
        return spread[run] > _SHARED, prod(words) if len(run) > 1 else words[0] * _ALONE, spread[run]

    if wanted == 1:
        early = runs[: round(len(runs) * _KEPT)]
        runs = early if any(len(run) > 1 and spread[run] <= _SHARED for run in early) else runs
    singles, pairs, triples = ([run for run in runs if len(run) == length] for length in (1, 2, 3))
    if not pairs:
        if not singles:
            return [()]
        # A word that all kinds of messages have leads from every text to this signature.
        first, *others = sorted(dict.fromkeys(singles), key=rarity)
        return [first, *(run for run in others if not is_crowded and run[0] not in FREQUENT)][:wanted]
    if triples and (is_crowded or min(spread[run] for run in pairs) > _SHARED):
        pairs = triples
    ordered = sorted(dict.fromkeys(pairs), key=rarity)
    apart: list[Run] = []
    used: set[str] = set()
    for run in ordered:
        if used.isdisjoint(run):
            apart.append(run)
            used.update(run)
    # A single word leads to reworded messages, but stands in too many texts for a large index.
    telling = [run for run in singles if run[0] not in FREQUENT and len(run[0]) > 3 and wanted >= _MANY_KEYS]
    telling = sorted(telling, key=rarity)
    chosen = list(dict.fromkeys([*apart[: wanted - wanted // 4], *telling[: wanted // 4], *ordered, *telling]))[:wanted]
    # Of a message that was cut off early, its first sentence mostly, some key should be left.
    opening = dict.fromkeys(runs[: round(len(runs) * _OPENING)])
    if wanted > 1 and opening.keys().isdisjoint(chosen):
        chosen[-1:] = sorted((run for run in opening if len(run) > 1), key=rarity)[:1] or chosen[-1:]
    return chosen


def _files(
    records: list[bytes], postings: dict[int, list[int]], words_of: dict[int, set[Run]], *, is_small: bool
) -> dict[str, bytes]:
    """The files of signatures, given as JSON, under their keys, which stand for words."""
    ordered = sorted(postings)
    size = sum(10 + sum(len(records[posting >> 6]) for posting in own) for own in postings.values())
    shards = 1 if is_small else max(1, size // _SHARD)
    bits = _filter_bits(len(ordered))
    seed, packed = build_filter(ordered, bits, absent=None if LOOSE in postings else LOOSE)
    root = {
        "version": VERSION,
        "signatures": len(records),
        "keys": len(ordered),
        "shards": shards,
        "longest": max((len(run) for runs in words_of.values() for run in runs), default=1),
        "filter": {"seed": seed, "bits": bits},
    }
    starts = accumulate((len(postings[value]) for value in ordered), initial=0)
    flat = [posting for value in ordered for posting in postings[value]]
    files = {"root.json": _json(root), "filter.bin": packed, "keys.bin": _numbers([*ordered, *starts, *flat])}
    lines = ("\t".join(map(" ".join, sorted(words_of[value]))) for value in ordered)
    files["runs.txt"] = "\n".join(lines).encode("utf-8", "surrogatepass")
    divided: list[list[bytes]] = [[] for _ in range(shards)]
    for value in ordered:
        listed = b",".join(b"[%d,%b" % (posting, records[posting >> 6][1:]) for posting in postings[value])
        divided[value % shards].append(b'"%b":[%b]' % (in_base_36(value).encode(), listed))
    files |= {f"shards/{number}.json": b"{" + b",\n".join(shard) + b"}" for number, shard in enumerate(divided)}
    return files


def _filter_bits(count: int) -> int:
    """Bits a fingerprint that make the filter and the shards fetched for nothing smallest together."""
    return min(range(2, 9), key=lambda bits: count * 1.23 * bits / 8 + _PASTE * (_SHARD + _REQUEST) / 2**bits)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _numbers(values: list[int]) -> bytes:
    numbers = array("I", values)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def in_base_36(value: int) -> str:
    """A key as a shard of the index writes it."""
    digits = ""
    while value:
        value, digit = divmod(value, 36)
        digits = DIGITS[digit] + digits
    return digits or "0"
