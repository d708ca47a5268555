"""Signatures in messages that are not their own: which signature stands in which message, without comparing all pairs.

A signature can stand in a message only if all its words do. Looked up by the rarest of them, few signatures are left
to be matched with a message, however many there are.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kb.checks.rule import Inspection
from kb.entry import Source
from kb.match import Placeholder, Signature

_WORD: Final = re.compile(r"\w+")
_SPACE: Final = re.compile(r"\s+")
_MOST_TRIED: Final = 40
"""Signatures that are matched with one message: with those of an honest collection a handful remain."""
_SAMPLES: Final = {
    "int": "48113",
    "hex": "9f3ac07d41",
    "word": "zylo",
    "path": "/zylo/qux7",
    "url": "https://zylo.example/qux7",
    "quoted": "'zylo'",
}
"""A value of each type that stands in no message; of the other types, any text is one."""


@dataclass(frozen=True, eq=False, slots=True)
class Claim:
    """A signature of an entry, by its number there."""

    source: Source
    number: int
    signature: Signature
    words: frozenset[str]

    @property
    def name(self) -> str:
        return f"signature {self.number + 1} of {self.source.id}"


class Crowd:
    """All signatures of a collection, looked up by their rarest word, and which of them hide which others."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = claims
        samples = [sample_of(claim.signature) for claim in claims]
        spread = Counter(word for sample in samples for word in words_in(sample))
        self._by_word: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            # The word itself decides between equally rare ones, so that the result is always the same.
            self._by_word[min(claim.words, key=lambda word: (spread[word], word))].append(claim)
        self.shadows = {
            claim: found
            for claim, sample in zip(claims, samples, strict=True)
            if (found := list(self.standing_in(sample, claim.source.id)))
        }
        """Signature -> those of other entries that match all of its messages."""

    def standing_in(self, message: str, besides: str) -> Iterator[Claim]:
        """The signatures that stand in a message as a whole, but those of the entry with the id `besides`."""
        present = words_in(message)
        tried = 0
        for word in sorted(present & self._by_word.keys()):
            for claim in self._by_word[word]:
                if claim.source.id == besides or not claim.words <= present:
                    continue
                tried += 1
                if tried > _MOST_TRIED:
                    return
                if claim.signature.find(message):
                    yield claim


def crowd_of(inspection: Inspection) -> Crowd:
    """The signatures of all entries whose file is called right, in the order of their ids."""
    found: list[Claim] = []
    for source in inspection.collection.sources:
        # A file whose name is wrong may be another's twin but for case: that is KB108's to say.
        draft = source.draft if source.draft and source.draft.id == source.id else None
        for number, signature in enumerate(draft.signatures if draft else ()):
            parsed = inspection.signature(signature.text)
            if isinstance(parsed, Signature):
                words = frozenset(word.text for word in parsed.plan.words)
                found.append(Claim(source, number, parsed, words))
    return Crowd(found)


def normal_form(signature: Signature) -> str:
    """A signature without what does not count: names of placeholders, case, amounts of white space."""
    parts = (f"\0{part.type}\0" if isinstance(part, Placeholder) else part.text for part in signature.parts)
    return _SPACE.sub(" ", "".join(parts)).strip().casefold()


def words_in(message: str) -> set[str]:
    """The words of a message, in lower case."""
    return set(_WORD.findall(message.lower()))


def sample_of(signature: Signature) -> str:
    """A message that the signature stands in, with values that mean nothing."""
    return "".join(
        _SAMPLES.get(part.type, "zylo") if isinstance(part, Placeholder) else part.text for part in signature.parts
    )
