"""From a pasted text to the entries whose signatures it contains.

The numbers are tuned as those of `cut.py` are; those that bound the work, by tests/match/test_linear_time.py.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import islice
from math import floor
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from kb.match.against import is_of_another_platform, speaks_against
from kb.match.align import GLANCES_A_TRY, STEP_COST, STEPS, Budget, align, align_at
from kb.match.candidates import SHORT, Hits, candidates
from kb.match.cut import LONG
from kb.match.glance import may_stand
from kb.match.index import Refuse, build_index
from kb.match.keys import LOOSE
from kb.match.likely import part_at
from kb.match.lines import line_end, line_start
from kb.match.mentions import is_mention
from kb.match.reading import read
from kb.match.shards import Index
from kb.match.values import MAX_VALUE
from kb.match.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kb.match.candidates import Candidate
    from kb.match.indexed import Indexed
    from kb.match.likely import Part
    from kb.match.match import Match
    from kb.match.reading import Reading
    from kb.match.shards import Known
    from kb.match.skeleton import Skeleton

Tier = Literal["exact", "likely"]

PARTS_PER_KEY = 3
PARTS_PER_SIGNATURE = 12
"""Places where a part of a signature is looked for: for one key, and in all."""
FEWEST_PARTS = 12
WORDS_PER_PART = 2000
"""Signatures of which parts are looked for: so many in any case, and one more for so many words of the text."""
PARTS_OF_SHORT = 120
"""Further ones that may have been cut off, in a short text."""
NEARBY = 60
"""Words that may stand between two keys of a signature in a text, beyond the signature's own."""
MAY_BE_CUT = 2
"""Words of a signature that line ends may have cut."""
MOST_LIKELY = 0.99
"""Score of what isn't exact, at the most."""
NEARLY_WHOLE = 0.7
"""Score from which a part is looked at as if it were the whole."""

BLOCK = 2048
"""Characters of a text in which answers are compared with each other."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An entry whose signature stands in a text: `exact` as a whole, `likely` in part.

    `score` is the share of the signature's wording that is there, weighed by rarity, 0 to 1. `start` and `end` count
    the pasted text's characters. `captures` has the placeholders' values, of exact matches only: this signature's, then
    what only the entry's other signatures captured.
    """

    id: str
    signature: str
    tier: Tier
    score: float
    start: int
    end: int
    captures: dict[str, str]


class _Found(NamedTuple):
    """An answer with what it is ranked by."""

    answer: Answer
    known: Known
    literals: tuple[int, int]
    """Where its wording stands, without a placeholder before or after it."""
    is_cut: bool = False
    """Whether the text ends inside of it."""
    is_verbatim: bool = False
    """Whether the text has the signature's wording as it is spelled there."""

    @property
    def rank(self) -> tuple[int, float, int, int, int, bool, int]:
        """What comes first: exact, then what tells more, covers more, leaves less open, is spelled so, stands first."""
        answer, known = self.answer, self.known
        return (
            self.kind,
            -answer.score * known.weight if known.weights else answer.start - answer.end,
            -known.plan.size if answer.tier == "exact" else 0,
            answer.start - answer.end,
            sum(slot is not None for slot in known.plan.slots),
            not self.is_verbatim,
            known.number,
        )

    @property
    def kind(self) -> int:
        """Exact is best; a signature without a whole word tells less than nearly all of another one."""
        if self.answer.tier == "exact":
            return 2 if self.known.is_loose else 0
        return 1 if self._share >= NEARLY_WHOLE else 3

    @property
    def _share(self) -> float:
        """How much of the signature was there, as far as one can tell: half of what the text's end cut off."""
        return (1 + self.answer.score) / 2 if self.is_cut else self.answer.score

    def covers(self, other: _Found) -> bool:
        """Whether this answer's place contains the other's and tells more. What failed tells more than that it did."""
        contains = self.answer.start <= other.literals[0] and other.literals[1] <= self.answer.end
        is_told_of = self.known.is_symptom and not other.known.is_symptom and other.answer.tier == "exact"
        return contains and not is_told_of and self.rank[:3] < other.rank[:3]


class Matcher:
    """Finds the signatures of an index in texts."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @classmethod
    def from_files(cls, folder: Path) -> Self:
        """Read the index that a build wrote to a folder."""
        return cls(Index(lambda name: (folder / name).read_bytes()))

    @classmethod
    def from_signatures(cls, signatures: Iterable[tuple[str, str] | Indexed], refuse: Refuse | None = None) -> Self:
        """Index signatures in memory, given as (id, text) or `Indexed`. Raises SignatureError, or tells `refuse`."""
        return cls(Index(build_index(signatures, refuse).__getitem__))

    def match(self, text: str, top: int | None = None, *, for_readers: bool = True) -> list[Answer]:
        """The entries that a text shows, the best first, at most `top`; none if nothing in it is known.

        For readers, those that nobody has reviewed come behind others that are as sure, and those that only say that
        something else failed behind what failed. Not so where somebody wants to know what a text shows most of all.

        Raises what reading the index raises.
        """
        reading = read(text)
        found = candidates(self._index, reading)
        budget = Budget.of_text(len(reading.words))
        exact = {one.known.number: one for one in _exact(self._index, reading, found, budget)}
        rest = [candidate for candidate in found if candidate.number not in exact]
        likely = _likely(self._index, reading, rest, budget)
        loose = _loose(self._index, reading, budget)
        found_ones = _unopposed(reading, [*exact.values(), *likely, *loose])
        ranked = sorted(found_ones, key=lambda one: one.rank)
        self._expect_whole_index(ranked)
        shown = list(_without_covered(ranked))
        answers = _best_of_each_entry(_for_readers(shown) if for_readers else shown)
        return list(islice(answers, top))

    def whole(self, text: str) -> list[Answer]:
        """The entries whose signatures stand in a text as a whole, the best first: no time goes into what is likely."""
        reading = read(text)
        budget = Budget.of_text(len(reading.words))
        found = [*_exact(self._index, reading, candidates(self._index, reading), budget)]
        found += _loose(self._index, reading, budget)
        ranked = sorted(_unopposed(reading, found), key=lambda one: one.rank)
        self._expect_whole_index(ranked)
        answers = _best_of_each_entry(_for_readers(_without_covered(ranked)))
        return [answer for answer in answers if answer.tier == "exact"]

    def _expect_whole_index(self, found: list[_Found]) -> None:
        """Raises ValueError where nothing was found, and a part of the index can't be read that may have known it."""
        if not found and self._index.damaged:
            raise ValueError(f"{self._index.damaged} is none of ours")


def _unopposed(reading: Reading, found: Iterable[_Found]) -> Iterator[_Found]:
    """What was found but for what a text rules out; what another platform speaks against is `likely` at most."""
    for one in found:
        answer, known = one.answer, one.known
        if speaks_against(known.unless, reading, answer.start, answer.end):
            continue
        if answer.tier == "exact" and is_of_another_platform(known.platforms, reading, answer.start, answer.end):
            yield one._replace(answer=replace(answer, tier="likely", score=MOST_LIKELY, captures={}))
        else:
            yield one


def _exact(index: Index, reading: Reading, found: list[Candidate], budget: Budget) -> Iterator[_Found]:
    """The signatures that stand in the text as a whole."""
    whole = [candidate for candidate in found if candidate.may_be_whole]
    for candidate in sorted(whole, key=lambda candidate: len(candidate.rarest[0].words)):
        if budget.left <= 0 and budget.glances <= 0:
            return
        known = index.signature(candidate.number, candidate.key)
        answer = known and _whole_at(known, reading, _near_others(candidate, known), budget)
        if answer:
            yield answer


def _loose(index: Index, reading: Reading, budget: Budget) -> Iterator[_Found]:
    """The signatures without a whole word that stand in the text."""
    for posting in index.postings(LOOSE):
        known = index.signature(posting >> 6, LOOSE)
        match = known and align(known.plan, reading, budget.share())
        if known and match:
            yield _exact_answer(known, reading, match)


def _near_others(candidate: Candidate, known: Known) -> Hits:
    """The places of the signature's key that is rarest in this text that have another of its keys nearby."""
    pivot, *others = sorted((*candidate.rarest, *candidate.others), key=lambda hits: len(hits.words))
    if not others or known.is_long:
        return pivot
    reach = NEARBY + len(known.weights)
    near = others[0].words
    words = [word for word in pivot.words if bisect_left(near, word - reach) < bisect_right(near, word + reach)]
    return Hits(pivot.key, words)


def _whole_at(known: Known, reading: Reading, hits: Hits, budget: Budget) -> _Found | None:
    """The first place where a signature stands as a whole, if its keys stand in these places."""
    given, own = budget.share(), budget.share()
    found = _whole_within(known, reading, hits, own)
    budget.spend(given, own)
    return found


def _whole_within(known: Known, reading: Reading, hits: Hits, budget: Budget) -> _Found | None:
    match = _align(known, reading, reading.skeleton, hits, budget)
    # Over several lines, what a logger put before each of them may stand in the way, or in a value.
    if (match.over_lines if match else _may_be_over_lines(known, reading, hits)) and reading.bare:
        match = _align(known, reading, reading.bare, hits, budget) or match
    if match is None:
        return None
    return _exact_answer(known, reading, match)


def _exact_answer(known: Known, reading: Reading, match: Match) -> _Found:
    text = known.signature.text
    answer = Answer(known.id, text, "exact", 1.0, match.start, match.end, match.captures)
    place = reading.pasted[match.start : match.end]
    return _Found(answer, known, match.literals, is_verbatim=all(literal in place for literal in known.plan.spelled))


def _may_be_over_lines(known: Known, reading: Reading, hits: Hits) -> bool:
    """Whether nearly all words of a signature stand near one of these places, but not all of them in its line."""
    own = {word.text for word in known.plan.words}
    reach = NEARBY + len(known.weights)
    for word in hits.words[:PARTS_PER_SIGNATURE]:
        at = reading.word_start(word)
        line = reading.folded[line_start(reading.folded, at, MAX_VALUE) : line_end(reading.folded, at, MAX_VALUE)]
        missing = own.difference(reading.words[max(0, word - reach) : word + reach])
        if len(missing) <= MAY_BE_CUT and not own.issubset(words_of(line)):
            return True
    return False


def _align(known: Known, reading: Reading, bones: Skeleton, hits: Hits, budget: Budget) -> Match | None:
    places = _places(known, reading, bones, hits)
    while budget.left > 0:
        place = next(places, None)
        if place is None:
            return None
        match = align_at(known.plan, reading, bones, place, budget)
        if match and not is_mention(reading, match.start):
            return match
    return None if known.is_long else _align_seen(known, reading, bones, places, budget)


def _align_seen(
    known: Known, reading: Reading, bones: Skeleton, places: Iterable[tuple[int, int]], budget: Budget
) -> Match | None:
    """The first of many places where a signature stands as printed: each is glanced at, and tried if that helps."""
    for place in places:
        budget.glances -= 1
        if budget.glances < 0:
            return None
        if may_stand(known.plan, bones, place):
            budget.glances -= GLANCES_A_TRY
            match = align_at(known.plan, reading, bones, place, Budget(STEPS * STEP_COST))
            if match and not is_mention(reading, match.start):
                return match
    return None


def _places(known: Known, reading: Reading, bones: Skeleton, hits: Hits) -> Iterator[tuple[int, int]]:
    """The pieces of a signature that one of its keys stands in, with their places in the skeleton."""
    for at in map(bones.of_clean, map(reading.word_start, hits.words)):
        for number in known.anchors.get(hits.key, ()):
            word = known.plan.words[number]
            yield word.piece, at - word.offset


def _likely(index: Index, reading: Reading, found: list[Candidate], budget: Budget) -> Iterator[_Found]:
    """The signatures of which a part stands in the text."""
    for candidate, must_be_cut in _looked_at(found, len(reading.words)):
        known = index.signature(candidate.number, candidate.key)
        if known is None:
            continue
        hits = [
            Hits(key, [word]) for key, words in (*candidate.rarest, *candidate.others) for word in words[:PARTS_PER_KEY]
        ][:PARTS_PER_SIGNATURE]
        tried = [
            (part, hit)
            for hit in hits
            if (part := part_at(known, reading, hit.words[0]))
            and (not must_be_cut or (part.is_cut and part.length >= LONG))
            and not is_mention(reading, reading.origin(reading.word_start(part.first)))
        ]
        if not tried:
            continue
        part, hit = max(tried, key=lambda one: one[0].score)
        # Nearly all of it: it may be whole, with the rarest key cut by a line end, or parted by what a log has there.
        is_near = part.score >= NEARLY_WHOLE or _may_be_over_lines(known, reading, hit)
        whole = _whole_at(known, reading, hit, budget) if is_near else None
        yield whole or _part_answer(known, reading, part)


def _looked_at(found: list[Candidate], words: int) -> Iterator[tuple[Candidate, bool]]:
    """The candidates of which a part is looked for in so many words, and whether it counts only if it was cut off."""
    ranked = sorted(found, key=lambda one: (-one.present / one.keys, -one.present))
    usual = [candidate for candidate in ranked if candidate.may_be_part][: FEWEST_PARTS + words // WORDS_PER_PART]
    yield from ((candidate, False) for candidate in usual)
    if words <= SHORT:
        others = (candidate for candidate in ranked if candidate not in usual)
        yield from ((candidate, True) for candidate in islice(others, PARTS_OF_SHORT))


def _part_answer(known: Known, reading: Reading, part: Part) -> _Found:
    start = reading.origin(reading.word_start(part.first))
    end = reading.origin_end(reading.word_start(part.last) + len(reading.words[part.last]))
    # Rounded as JavaScript does it: both matchers give the same score.
    score = floor(min(part.score, MOST_LIKELY) * 1e4 + 0.5) / 1e4
    return _Found(
        Answer(known.id, known.signature.text, "likely", score, start, end, {}), known, (start, end), part.is_cut
    )


def _without_covered(ranked: list[_Found]) -> Iterator[_Found]:
    """The answers that aren't part of a better one's text."""
    kept: dict[int, list[_Found]] = {}
    for one in ranked:
        if not any(other.covers(one) for other in kept.get(one.literals[0] // BLOCK, ())):
            for block in range(one.answer.start // BLOCK, one.answer.end // BLOCK + 1):
                kept.setdefault(block, []).append(one)
            yield one


def _for_readers(ranked: Iterable[_Found]) -> list[_Found]:
    """Behind all others that are as sure, what only says that something failed; last, what nobody has reviewed."""
    return sorted(ranked, key=lambda one: (one.kind, one.known.is_draft, one.known.is_symptom))


def _best_of_each_entry(ranked: Iterable[_Found]) -> Iterable[Answer]:
    """The best answer of each entry. What its other signatures captured elsewhere in the text, it has too."""
    best: dict[str, Answer] = {}
    for found in ranked:
        answer = found.answer
        known = best.setdefault(answer.id, answer)
        if known.tier == "exact" and not answer.captures.keys() <= known.captures.keys():
            best[answer.id] = replace(known, captures=known.captures | answer.captures | known.captures)
    return best.values()
