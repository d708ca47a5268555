"""From a pasted text to the entries whose signatures it contains."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import islice
from math import floor
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from kb.match.align import Budget, align_at
from kb.match.candidates import Hits, candidates
from kb.match.index import build_index
from kb.match.likely import part_at
from kb.match.reading import read
from kb.match.shards import Index

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kb.match.candidates import Candidate
    from kb.match.likely import Part
    from kb.match.parts import Match
    from kb.match.reading import Reading, Skeleton
    from kb.match.shards import Known

Tier = Literal["exact", "likely"]

PARTS_PER_KEY = 3
PARTS_PER_SIGNATURE = 12
"""Places where a part of a signature is looked for: for one key, and in all."""
FEWEST_PARTS = 12
WORDS_PER_PART = 200
"""Signatures of which parts are looked for: so many in any case, and one more for so many words of the text."""
NEARBY = 60
"""Words that may stand between two keys of a signature in a text, beyond the signature's own."""
NEARLY_WHOLE = 0.7
"""Score from which a part is looked at as if it were the whole."""

BLOCK = 2048
"""Characters of a text in which answers are compared with each other."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An entry whose signature stands in a text: `exact` as a whole, `likely` in part.

    `score` is the share of the signature's wording that is there, weighed by rarity, 0 to 1. `start` and `end` count
    the pasted text's characters. `captures` has the placeholders' values, of an exact match only.
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

    @property
    def rank(self) -> tuple[bool, float, int, int, int, int]:
        """What comes first: exact, then what tells more, covers more, leaves less open, stands earlier in the index."""
        answer, known = self.answer, self.known
        return (
            answer.tier != "exact",
            -answer.score * known.weight,
            -known.plan.size if answer.tier == "exact" else 0,
            answer.start - answer.end,
            sum(slot is not None for slot in known.plan.slots),
            known.number,
        )

    def covers(self, other: _Found) -> bool:
        """Whether this answer's place contains the other's and tells more."""
        contains = self.answer.start <= other.literals[0] and other.literals[1] <= self.answer.end
        return contains and self.rank[:3] < other.rank[:3]


class Matcher:
    """Finds the signatures of an index in texts."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @classmethod
    def from_files(cls, folder: Path) -> Self:
        """Read the index that a build wrote to a folder."""
        return cls(Index(lambda name: (folder / name).read_bytes()))

    @classmethod
    def from_signatures(cls, signatures: Iterable[tuple[str, str]]) -> Self:
        """Index signatures, given as (id, text), in memory. Raises SignatureError."""
        return cls(Index(build_index(signatures).__getitem__))

    def match(self, text: str, top: int | None = None) -> list[Answer]:
        """The entries that a text shows, the best first, at most `top`; none if nothing in it is known."""
        reading = read(text)
        found = candidates(self._index, reading)
        budget = Budget(len(reading.words))
        exact = {one.known.number: one for one in _exact(self._index, reading, found, budget)}
        rest = [candidate for candidate in found if candidate.number not in exact and candidate.may_be_part]
        ranked = sorted([*exact.values(), *_likely(self._index, reading, rest, budget)], key=lambda one: one.rank)
        answers = _best_of_each_entry(_without_covered(ranked))
        return list(islice(answers, top))


def _exact(index: Index, reading: Reading, found: list[Candidate], budget: Budget) -> Iterator[_Found]:
    """The signatures that stand in the text as a whole."""
    whole = [candidate for candidate in found if candidate.may_be_whole]
    for candidate in sorted(whole, key=lambda candidate: len(candidate.rarest[0].words)):
        if budget.left <= 0:
            return
        known = index.signature(candidate.number)
        answer = _whole_at(known, reading, _near_others(candidate, known), budget)
        if answer:
            yield answer


def _near_others(candidate: Candidate, known: Known) -> Hits:
    """The places of a signature's rarest key that have another of its keys nearby."""
    key, words = candidate.rarest[0]
    if candidate.keys == 1 or known.is_long:
        return candidate.rarest[0]
    reach = NEARBY + len(known.weights)
    others = sorted(word for hits in candidate.others for word in hits.words)
    return Hits(key, [word for word in words if bisect_left(others, word - reach) < bisect_right(others, word + reach)])


def _whole_at(known: Known, reading: Reading, hits: Hits, budget: Budget) -> _Found | None:
    """The first place where a signature stands as a whole, if its keys stand in these places."""
    match = _align(known, reading, reading.skeleton, hits, budget)
    # Over several lines, what a logger put before each of them may stand in the way, or in a value.
    if (match is None or match.over_lines) and reading.bare:
        match = _align(known, reading, reading.bare, hits, budget) or match
    if match is None:
        return None
    text = known.signature.text
    answer = Answer(known.id, text, "exact", 1.0, match.start, match.end, match.captures)
    return _Found(answer, known, match.literals)


def _align(known: Known, reading: Reading, bones: Skeleton, hits: Hits, budget: Budget) -> Match | None:
    for at in map(bones.of_clean, map(reading.word_starts.__getitem__, hits.words)):
        for number in known.anchors.get(hits.key, ()):
            word = known.plan.words[number]
            match = align_at(known.plan, reading, bones, (word.piece, at - word.offset), budget)
            if match or budget.left <= 0:
                return match
    return None


def _likely(index: Index, reading: Reading, found: list[Candidate], budget: Budget) -> Iterator[_Found]:
    """The signatures of which a part stands in the text."""
    most = FEWEST_PARTS + len(reading.words) // WORDS_PER_PART
    for candidate in sorted(found, key=lambda one: (-one.present / one.keys, -one.present))[:most]:
        known = index.signature(candidate.number)
        hits = [
            Hits(key, [word]) for key, words in (*candidate.rarest, *candidate.others) for word in words[:PARTS_PER_KEY]
        ][:PARTS_PER_SIGNATURE]
        tried = [(part, hit) for hit in hits if (part := part_at(known, reading.words, hit.words[0]))]
        if not tried:
            continue
        part, hit = max(tried, key=lambda one: one[0].score)
        # Nearly all of it: it may be whole, with the rarest key cut by a line end.
        whole = _whole_at(known, reading, hit, budget) if part.score >= NEARLY_WHOLE else None
        yield whole or _part_answer(known, reading, part)


def _part_answer(known: Known, reading: Reading, part: Part) -> _Found:
    start = reading.origin(reading.word_starts[part.first])
    end = reading.origin_end(reading.word_starts[part.last] + len(reading.words[part.last]))
    # Rounded as JavaScript does it: both matchers give the same score.
    score = floor(min(part.score, 0.99) * 1e4 + 0.5) / 1e4
    return _Found(Answer(known.id, known.signature.text, "likely", score, start, end, {}), known, (start, end))


def _without_covered(ranked: list[_Found]) -> Iterator[_Found]:
    """The answers that aren't part of a better one's text."""
    kept: dict[int, list[_Found]] = {}
    for one in ranked:
        if not any(other.covers(one) for other in kept.get(one.literals[0] // BLOCK, ())):
            for block in range(one.answer.start // BLOCK, one.answer.end // BLOCK + 1):
                kept.setdefault(block, []).append(one)
            yield one


def _best_of_each_entry(ranked: Iterable[_Found]) -> Iterator[Answer]:
    seen: set[str] = set()
    for one in ranked:
        if one.answer.id not in seen:
            seen.add(one.answer.id)
            yield one.answer
