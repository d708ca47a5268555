"""How much of a signature's wording stands in a text that doesn't hold the whole of it.

The numbers are tuned as those of `cut.py` are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.match.cut import CUT, Span, cut_at, is_enough

if TYPE_CHECKING:
    from kb.match.reading import Reading
    from kb.match.shards import Known

SLACK = 12
"""Words of the text, beyond those of the signature, among which its words are looked for."""
REACH = 150
"""Words on either side of a known word that are looked at in any case."""
GAP = 24
"""Words of a signature, side by side, that may be missing."""


class Part(NamedTuple):
    """A part of a signature in a text: its share of the weight (0 to 1), its first and its last word in the text.

    `is_cut`: the part has no gap, and the text holds no more, so that its other end or ends were cut off.
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


def part_at(known: Known, reading: Reading, word: int) -> Part | None:
    """The heaviest part of a signature, in order, among a text's words around `word`; `None` if it is too little."""
    words = reading.words
    own: dict[str, list[int]] = {}
    for place, own_word in enumerate(known.plan.words):
        own.setdefault(own_word.text, []).append(place)
    reach = min(len(known.plan.words) + SLACK, REACH)
    start = max(0, word - reach)
    seen = [(place, own[text]) for place, text in enumerate(words[start : word + reach], start) if text in own]
    present = {own_place for _, own_places in seen for own_place in own_places}
    if sum(known.weights[own_place] for own_place in present) < known.weight * CUT.share:
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
    if best is None:
        return None
    is_gapless = best.length == own_last - best.own_first + 1
    cut = cut_at(known, reading, Span(best.first, last), Span(best.own_first, own_last)) if is_gapless else None
    if not is_enough(known, best.weight, best.length, cut):
        return None
    weight = best.weight + (cut.torn if cut else 0)
    return Part(weight / known.weight, best.first, last, cut is not None)
