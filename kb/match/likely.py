"""How much of a signature's wording stands in a text that doesn't hold the whole of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kb.match.shards import Known

SLACK = 12
"""Words of the text, beyond those of the signature, among which its words are looked for."""
REACH = 150
"""Words on either side of a known word that are looked at in any case."""
GAP = 24
"""Words of a signature, side by side, that may be missing."""
LEAST_SHARE = 0.33
LEAST_WEIGHT = 13
LEAST_WORDS = 2
"""What must be there at the least: share of the signature's weight, weight, and words."""
LEAST_CUT_SHARE = 0.2
LEAST_CUT_WEIGHT = 8
"""The same of a signature that the text's end cut off."""
TAIL = 4
"""Words of the text after the part, say of a value, with which it still counts as cut off."""


class Part(NamedTuple):
    """A part of a signature in a text: its share of the weight (0 to 1), its first and its last word in the text.

    `is_cut`: it is the signature's start, without a gap, and the text ends there.
    """

    score: float
    first: int
    last: int
    is_cut: bool


class _Chain(NamedTuple):
    """Words of a signature in a text, in order: weight, how many, the first one's place in the text and in itself."""

    weight: int
    length: int
    first: int
    own_first: int


def part_at(known: Known, words: list[str], word: int) -> Part | None:
    """The heaviest part of a signature, in order, among a text's words around `word`; `None` if it is too little."""
    own: dict[str, list[int]] = {}
    for place, own_word in enumerate(known.plan.words):
        own.setdefault(own_word.text, []).append(place)
    reach = min(len(known.plan.words) + SLACK, REACH)
    start = max(0, word - reach)
    seen = [(place, own[text]) for place, text in enumerate(words[start : word + reach], start) if text in own]
    present = {own_place for _, own_places in seen for own_place in own_places}
    may_be_cut = word + reach >= len(words)
    if sum(known.weights[own_place] for own_place in present) < _least(known, is_cut=may_be_cut):
        return None
    # The heaviest chain that ends with each word of the signature so far.
    chains: list[_Chain | None] = [None] * len(known.weights)
    best: _Chain | None = None
    last = own_last = 0
    for place, own_places in seen:
        for own_place in reversed(own_places):
            before = max(
                (chain for chain in chains[max(0, own_place - GAP) : own_place] if chain),
                default=_Chain(0, 0, place, own_place),
            )
            chain = before._replace(weight=before.weight + known.weights[own_place], length=before.length + 1)
            if chain > (chains[own_place] or _Chain(0, 0, 0, 0)):
                chains[own_place] = chain
            if best is None or chain.weight > best.weight:
                best, last, own_last = chain, place, own_place
    if best is None or best.length < min(LEAST_WORDS, len(known.weights)):
        return None
    is_start = best.own_first == 0 and best.length == own_last + 1 < len(known.weights)
    is_cut = may_be_cut and is_start and last + TAIL >= len(words) - 1
    if best.weight < _least(known, is_cut=is_cut):
        return None
    return Part(best.weight / known.weight, best.first, last, is_cut)


def _least(known: Known, *, is_cut: bool) -> float:
    share, weight = (LEAST_CUT_SHARE, LEAST_CUT_WEIGHT) if is_cut else (LEAST_SHARE, LEAST_WEIGHT)
    return max(known.weight * share, min(weight, known.weight))
