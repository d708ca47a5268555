"""How much must be there of a signature in a text that doesn't hold the whole of it, by what took the rest away.

What was cut off at the text's start or end leaves a part without a gap, and nothing of the message beyond it. A message
in other words has gaps, and many other messages share words with it: more of it must be there. The twin is `cut.js`.

The numbers were held against the cases of `kb eval` (eval.jsonl and both pastes-*.jsonl in tests/data/match) on
2026-11-29, 1,600 of them: recall is 1.0, no exact answer is false, 5 of 635 texts without an entry get a likely one.
`scripts/bench.py tune` does it again, with other values too. With `--first-sentences` it takes the entries' own
examples, each cut off early: on 2026-12-01, with 1,130 entries, 0.848 of them led to their entry as the first answer,
0.842 without `FIRST_SENTENCE`, and 0.778 without `candidates.SHORT`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.match.edges import WHOLE, end_of, start_of

if TYPE_CHECKING:
    from kb.match.reading import Reading
    from kb.match.shards import Known

LONG = 4
"""Words in a row that tell enough, however common each of them is."""
ALL = 0.9
"""Share of a signature's weight that is as good as all of it."""
TELLING = 7
"""Weight of a word that tells something: common ones have less."""
MANY = 7
"""Common words in a row that tell something."""


class Least(NamedTuple):
    """What must be there at the least: share of the signature's weight, weight, and words."""

    share: float
    weight: int
    words: int


REWORDED = Least(0.65, 20, 3)
"""Of a message in other words."""
OTHERWISE = Least(0.75, 20, 3)
"""Of one that has other words where the signature has its own, or goes on after the signature's end."""
CUT = Least(0.2, 8, 2)
"""Of a message whose end, or whose start, the text doesn't hold."""
FIRST_SENTENCE = Least(0, 14, 3)
"""Of one that the text holds up to the end of a sentence, and then ends itself."""
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


def is_enough(known: Known, weight: int, length: int, cut: Cut | None, *, says_otherwise: bool) -> bool:
    """Whether so much weight and so many words show a signature; `cut` says what cut them off, if anything did."""
    least = cut.least if cut else OTHERWISE if says_otherwise else REWORDED
    there = weight + (cut.torn if cut else 0)
    tells_enough = length >= LONG and (cut is not None or there >= known.weight * ALL)
    return length >= least.words and there >= max(known.weight * least.share, 0 if tells_enough else least.weight)


def cut_at(known: Known, reading: Reading, place: Span, own: Span) -> Cut | None:
    """What cuts off a part that has no gap; `None` if the text goes on there, so that nothing does."""
    missing_end = own.last < len(known.plan.words) - 1 or (own.first == 0 and known.plan.slots[-1] is not None)
    if own.first == 0 and not missing_end:
        return None
    weights = known.weights[own.first : own.last + 1]
    if max(weights) < TELLING and len(weights) < MANY:
        return None
    start = start_of(known, reading, place.first, own.first) if own.first > 0 else WHOLE
    end = end_of(known, reading, place.last, own.last) if missing_end else WHOLE
    if start is None or end is None:
        return None
    is_middle = own.first > 0 and missing_end
    if own.first == 0 and end.is_at_stop and end.is_by_text:
        return Cut(FIRST_SENTENCE, end.torn)
    return Cut(CUT if start.is_by_text and end.is_by_text and not is_middle else CUT_BY_LINE, start.torn + end.torn)
