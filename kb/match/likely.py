"""How much of a signature's wording stands in a text that doesn't hold the whole of it.

The numbers are tuned as those of `cut.py` are.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kb.match.cut import CUT, FIRST_SENTENCE, Span, cut_at, is_enough
from kb.match.edges import may_be_cut_in_value

if TYPE_CHECKING:
    from kb.match.reading import Reading
    from kb.match.shards import Known

SLACK = 12
"""Words of the text, beyond those of the signature, among which its words are looked for."""
REACH = 150
"""Words on either side of a known word that are looked at in any case."""
GAP = 24
"""Words of a signature, side by side, that may be missing."""
MOST_ALIKE = 16
"""Places of a signature in which one word is looked for: no message says a word so often that tells anything."""
FOREIGN = 9
"""Weight that a word takes away that stands amid a literal and is none of it: as much as a telling word gives. `'int'
object is not iterable` is not the message about `'NoneType'`."""
ALIKE = 4
"""Letters from which on the start of a word is another form of it, as in `specify` and `specifying`."""


class Part(NamedTuple):
    """A part of a signature in a text: its share of the weight (0 to 1), its first and its last word in the text.

    `is_cut`: the part has no gap, and the text holds no more, so that its other end or ends were cut off.
    """

    score: float
    first: int
    last: int
    is_cut: bool

    @property
    def length(self) -> int:
        """How many words of the text it takes."""
        return self.last - self.first + 1


class _Link(NamedTuple):
    """A word that stands in both: its place in the text and in the signature."""

    place: int
    own: int


class _Chain(NamedTuple):
    """Words of a signature in a text, in order: their weight, and how many pairs stand side by side in both.

    `place` and `own` are where the last one stands in the text and in the signature, `before` the chain without it.
    """

    weight: int
    pairs: int
    place: int
    own: int
    before: _Chain | None

    @property
    def rank(self) -> tuple[int, int]:
        """What comes first: more weight, then what stands together."""
        return self.weight, self.pairs

    @property
    def links(self) -> list[_Link]:
        """Its words, in order."""
        found: list[_Link] = []
        chain: _Chain | None = self
        while chain:
            found.append(_Link(chain.place, chain.own))
            chain = chain.before
        return found[::-1]


def part_at(known: Known, reading: Reading, word: int) -> Part | None:
    """The heaviest part of a signature, in order, among a text's words around `word`; `None` if it is too little."""
    chain = _heaviest_chain(known, reading, word)
    if chain is None:
        return None
    links = chain.links
    # What a text has by chance of a signature, beside a part that was cut off, is no reason against that part.
    return _part_of(known, reading, links) or _part_of(known, reading, _heaviest_run(known, links))


def _part_of(known: Known, reading: Reading, links: list[_Link]) -> Part | None:
    """The part that these words make; `None` if it is too little, or another message."""
    (first, own_first), (last, own_last) = links[0], links[-1]
    foreign, rejoined = _between(known, reading, links)
    is_gapless = not foreign and len(links) + len(rejoined) == own_last - own_first + 1
    is_sentence = _starts_a_sentence(known, reading, links[0])
    may_be_cut = is_gapless and not is_sentence
    cut = cut_at(known, reading, Span(first, last), Span(own_first, own_last)) if may_be_cut else None
    foreign += is_sentence + (cut is None and _goes_on_otherwise(known, reading, links[-1]))
    says_otherwise = foreign > 0 or _goes_on_after_all(known, reading, links[-1])
    own = [*(link.own for link in links), *rejoined]
    weight = sum(known.weights[place] for place in own) - foreign * FOREIGN
    if not is_enough(known, weight, len(links), cut, says_otherwise=says_otherwise):
        return None
    return Part((weight + (cut.torn if cut else 0)) / known.weight, first, last, cut is not None)


def _heaviest_run(known: Known, links: list[_Link]) -> list[_Link]:
    """The heaviest of these words that stand side by side in the signature, and in the text but for values."""
    words = known.plan.words
    runs = [[links[0]]]
    for link, following in pairwise(links):
        is_joined = following.place == link.place + 1 or words[following.own].piece != words[link.own].piece
        if following.own == link.own + 1 and is_joined:
            runs[-1].append(following)
        else:
            runs.append([following])
    return max(runs, key=lambda run: sum(known.weights[link.own] for link in run))


def _heaviest_chain(known: Known, reading: Reading, word: int) -> _Chain | None:
    """The heaviest words of a signature, in order, around a word of the text; of these, those that stand together."""
    words = reading.words
    own: dict[str, list[int]] = {}
    for place, own_word in enumerate(known.plan.words):
        own.setdefault(own_word.text, []).append(place)
    own = {text: places[:MOST_ALIKE] for text, places in own.items()}
    reach = min(len(known.plan.words) + SLACK, REACH)
    start = max(0, word - reach)
    seen = [(place, own[text]) for place, text in enumerate(words[start : word + reach], start) if text in own]
    present = {own_place for _, own_places in seen for own_place in own_places}
    least = min(known.weight * CUT.share, FIRST_SENTENCE.weight)
    if sum(known.weights[own_place] for own_place in present) < least:
        return None
    # The heaviest chain that ends with each word of the signature so far.
    chains: list[_Chain | None] = [None] * len(known.weights)
    best: _Chain | None = None
    for place, own_places in seen:
        for own_place in reversed(own_places):
            before: _Chain | None = None
            weight = pairs = 0
            for chain in chains[max(0, own_place - GAP) : own_place]:
                if chain:
                    with_pair = chain.pairs + (chain.place == place - 1 and chain.own == own_place - 1)
                    if before is None or (chain.weight, with_pair) > (weight, pairs):
                        before, weight, pairs = chain, chain.weight, with_pair
            chain = _Chain(weight + known.weights[own_place], pairs, place, own_place, before)
            held = chains[own_place]
            # Of two that are alike, the later one is nearer to what follows.
            if held is None or chain.rank >= held.rank:
                chains[own_place] = chain
            if best is None or chain.rank > best.rank:
                best = chain
    return best


def _between(known: Known, reading: Reading, links: list[_Link]) -> tuple[int, list[int]]:
    """What stands between a part's words where the signature has others, or has them side by side.

    Returns how many words are foreign there, and which of the signature's are there in pieces.
    """
    words = known.plan.words
    foreign = 0
    rejoined: list[int] = []
    for (place, own), (next_place, next_own) in pairwise(links):
        there = reading.words[place + 1 : next_place]
        missing = words[own + 1 : next_own]
        if not there:
            continue
        if words[own].piece != words[next_own].piece:
            # A value stands there, and beside it what else the literals around it have.
            beside = [(there[0], word) for word in missing[:1] if word.piece == words[own].piece]
            beside += [(there[-1], word) for word in missing[-1:] if word.piece == words[next_own].piece]
            foreign += sum(not _is_form(word, other.text) for word, other in beside)
        elif "".join(there) == "".join(word.text for word in missing):
            rejoined += range(own + 1, next_own)
        else:
            foreign += sum(not any(_is_form(word, other.text) for other in missing) for word in there)
    return foreign, rejoined


def _goes_on_otherwise(known: Known, reading: Reading, last: _Link) -> bool:
    """Whether a literal goes on after a part, or after a value there, and the part's line with another word."""
    words, own = known.plan.words, last.own + 1
    if own == len(words) or reading.ends_line(last.place, 0):
        return False
    if words[own].piece != words[last.own].piece:
        return not may_be_cut_in_value(known, reading, last.place, last.own)
    return not _is_form(reading.words[last.place + 1], words[own].text)


def _goes_on_after_all(known: Known, reading: Reading, last: _Link) -> bool:
    """Whether a part ends as its signature does, and the part's line goes on."""
    is_end = last.own == len(known.plan.words) - 1 and known.plan.slots[-1] is None
    return is_end and not reading.ends_line(last.place, 0)


def _is_form(word: str, other: str) -> bool:
    """Whether one word is the start of the other, so that both may be forms of one."""
    short, long = sorted((word, other), key=len)
    return len(short) >= ALIKE and long.startswith(short)


def _starts_a_sentence(known: Known, reading: Reading, first: _Link) -> bool:
    """Whether a part whose start is missing has a capital letter there that the signature hasn't.

    `Building wheel for` is not the end of `ERROR: Failed building wheel for`.
    """
    words = known.plan.words
    if first.own == 0 or words[first.own].piece != words[first.own - 1].piece:
        return False
    text = words[first.own].text
    start = reading.word_start(first.place)
    there = reading.clean[start : start + len(text)]
    return there[:1] != text[:1] and not any(there in literal for literal in known.plan.spelled)
