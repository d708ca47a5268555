"""Signatures in messages that are not their own: which signature stands in which message, without comparing all pairs.

A signature can stand in a message only if all its words do. Looked up by the rarest of them, few signatures are left
to be matched with a message, however many there are.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from kb.checks.claims import Claim, all_signatures, words_in
from kb.checks.parsed import find_signature
from kb.checks.rule import Inspection

_MOST_TRIED: Final = 40
"""Signatures that are matched with one message: with those of an honest collection a handful remain."""

_SEVERAL: Final = 3
"""Entries: of one or two that a signature hides, each may be the one to change; of more, it is the signature."""


class Crowd:
    """All signatures of a collection, looked up by their rarest word, and which of them hide which others."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = claims
        samples = [words_in(claim.sample) for claim in claims]
        spread = Counter(word for sample in samples for word in sample)
        self._by_word: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            # The word itself decides between equally rare ones, so that the result is always the same.
            self._by_word[min(claim.words, key=lambda word: (spread[word], word))].append(claim)
        self.shadows = {
            claim: found
            for claim, sample in zip(claims, samples, strict=True)
            if (found := list(self._standing_in(claim.sample, sample, claim.entry)))
        }
        """Signature -> those of other entries that match all of its messages."""

    def standing_in(self, message: str, besides: str) -> Iterator[Claim]:
        """The signatures that stand in a message as a whole, but those of the entry with the id `besides`."""
        return self._standing_in(message, words_in(message), besides)

    def _standing_in(self, message: str, present: set[str], besides: str) -> Iterator[Claim]:
        tried = 0
        for word in sorted(present & self._by_word.keys()):
            for claim in self._by_word[word]:
                if claim.entry == besides or not claim.words <= present:
                    continue
                tried += 1
                if tried > _MOST_TRIED:
                    return
                if find_signature(claim.text, message):
                    yield claim


def are_told_apart(claim: Claim, other: Claim, inspection: Inspection) -> bool:
    """Whether one of the entries names the other, so that a reader finds both."""
    claims = inspection.claims_by_name
    return other.entry in claims[claim.name].related or claim.entry in claims[other.name].related


def wide_ones(inspection: Inspection) -> dict[Claim, list[str]]:
    """Signatures that match all messages of several other entries, with the ids of these: they are to be narrowed."""
    hidden: dict[Claim, list[str]] = defaultdict(list)
    for claim, others in inspection.made(crowd_of).shadows.items():
        for other in others:
            if claim.form != other.form and not are_told_apart(claim, other, inspection):
                hidden[other].append(claim.entry)
    return {wide: ids for wide, ids in hidden.items() if len(set(ids)) >= _SEVERAL}


def crowd_of(inspection: Inspection) -> Crowd:
    """The signatures of all entries whose file is called right."""
    return Crowd(all_signatures(inspection.claims))
