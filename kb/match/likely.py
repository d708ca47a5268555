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


class Part(NamedTuple):
    """A part of a signature in a text: its share of the weight (0 to 1), its first and its last word in the text."""

    score: float
    first: int
    last: int


class _Chain(NamedTuple):
    """Words of a signature in a text, in order: their weight, how many, and the first one's place."""

    weight: int
    length: int
    first: int


def part_at(known: Known, words: list[str], word: int) -> Part | None:
    """The heaviest part of a signature, in order, among a text's words around `word`; `None` if it is too little."""
    own: dict[str, list[int]] = {}
    for place, own_word in enumerate(known.plan.words):
        own.setdefault(own_word.text, []).append(place)
    reach = min(len(known.plan.words) + SLACK, REACH)
    start = max(0, word - reach)
    seen = [(place, own[text]) for place, text in enumerate(words[start : word + reach], start) if text in own]
    present = {own_place for _, own_places in seen for own_place in own_places}
    if sum(known.weights[own_place] for own_place in present) < _least(known):
        return None
    # The heaviest chain that ends with each word of the signature so far.
    chains: list[_Chain | None] = [None] * len(known.weights)
    best: _Chain | None = None
    last = 0
    for place, own_places in seen:
        for own_place in reversed(own_places):
            before = max(
                (chain for chain in chains[max(0, own_place - GAP) : own_place] if chain), default=_Chain(0, 0, place)
            )
            chain = _Chain(before.weight + known.weights[own_place], before.length + 1, before.first)
            if chain > (chains[own_place] or _Chain(0, 0, 0)):
                chains[own_place] = chain
            if best is None or chain.weight > best.weight:
                best, last = chain, place
    if best is None or best.weight < _least(known) or best.length < min(LEAST_WORDS, len(known.weights)):
        return None
    return Part(best.weight / known.weight, best.first, last)


def _least(known: Known) -> float:
    return max(known.weight * LEAST_SHARE, min(LEAST_WEIGHT, known.weight))
