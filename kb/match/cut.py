"""How much must be there of a signature in a text that doesn't hold the whole of it, by what took the rest away.

What was cut off at the text's start or end leaves a part without a gap, and nothing of the message beyond it. A message
in other words has gaps, and many other messages share words with it: more of it must be there. The twin is `cut.js`.

The numbers were held against the cases of `kb eval` (tests/data/match/eval.jsonl) on 2026-11-28, 989 of them: recall is
1.0, no exact answer is false, and 35 of 497 texts without an entry get a likely one. `scripts/bench.py tune` does it
again, with other values too. That set finds no fault in some stricter ones; they have to prove themselves on other
versions' wordings first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kb.match.reading import Reading
    from kb.match.shards import Known

LONG = 4
"""Words in a row that tell enough, however common each of them is."""
ALL = 0.9
"""Share of a signature's weight that is as good as all of it."""
BESIDE = 1
"""Words of the text beyond a part with which it still counts as cut off there: one that was cut itself."""
BESIDE_VALUE = 8
"""The same where a placeholder's value may stand."""


class Least(NamedTuple):
    """What must be there at the least: share of the signature's weight, weight, and words."""

    share: float
    weight: int
    words: int


REWORDED = Least(0.55, 20, 3)
"""Of a message in other words."""
CUT = Least(0.2, 8, 2)
"""Of a message whose end, or whose start, the text doesn't hold."""
CUT_BY_LINE = Least(0.4, 14, 3)
"""Of a message that ends or starts with a line inside of the text, or of which both ends are missing."""


class Span(NamedTuple):
    """The first and the last word of a part, in the text or in the signature."""

    first: int
    last: int


class Cut(NamedTuple):
    """What must be there of a message that was cut off, and the weight of the words that were cut in two."""

    least: Least
    torn: int


def is_enough(known: Known, weight: int, length: int, cut: Cut | None) -> bool:
    """Whether so much weight and so many words show a signature; `cut` says what cut them off, if anything did."""
    least = cut.least if cut else REWORDED
    there = weight + (cut.torn if cut else 0)
    tells_enough = length >= LONG and (cut is not None or there >= known.weight * ALL)
    return length >= least.words and there >= max(known.weight * least.share, 0 if tells_enough else least.weight)


def cut_at(known: Known, reading: Reading, place: Span, own: Span) -> Cut | None:
    """What cuts off a part that has no gap; `None` if the text goes on there, so that nothing does."""
    words, slots, text = known.plan.words, known.plan.slots, reading.words
    before = after = None
    torn = 0
    if own.first > 0:
        missing = words[own.first - 1]
        before = BESIDE if missing.piece == words[own.first].piece else BESIDE_VALUE
        if place.first == 1 and missing.text.endswith(text[0]):
            torn += known.weights[own.first - 1] * len(text[0]) // len(missing.text)
    if own.last < len(words) - 1:
        missing = words[own.last + 1]
        after = BESIDE if missing.piece == words[own.last].piece else BESIDE_VALUE
        if place.last == len(text) - 2 and missing.text.startswith(text[-1]):
            torn += known.weights[own.last + 1] * len(text[-1]) // len(missing.text)
    elif own.first == 0 and slots[-1]:
        # All words are there: cut off before the value, or in it.
        after = BESIDE_VALUE
    if before is None and after is None:
        return None
    if before is not None and not reading.starts_line(place.first, before):
        return None
    if after is not None and not reading.ends_line(place.last, after):
        return None
    if before is not None and after is not None:
        return Cut(CUT_BY_LINE, torn)
    by_text = before is None or place.first <= before
    by_text = by_text and (after is None or place.last + after >= len(text) - 1 or reading.is_elided_after(place.last))
    return Cut(CUT if by_text else CUT_BY_LINE, torn)
