"""How much each term tells about each entry: what the index for a search is made of.

An impact is how much a term tells about an entry (BM25F: the weighted counts of all fields, each divided by how long
the field is against the average, in one saturating curve; Robertson, Zaragoza and Taylor, "Simple BM25 extension to
multiple weighted fields", 2004), as a number up to `MOST_IMPACT`; `TELLING` is added where the term stands in what the
entry is about, and not just somewhere in its prose.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.match.search.terms import terms_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_IMPACT: Final = 63
TELLING: Final = 64
PACKED: Final = 128
"""A posting is one number: `number of the entry * PACKED + impact`. Ten thousand entries have millions."""

WEIGHTS: Final = {
    "title": 4.0,
    "signatures": 3.0,
    "codes": 8.0,
    "summary": 2.5,
    "tags": 3.0,
    "product": 2.5,
    "steps": 1.5,
    "cause": 1.8,
    "body": 0.4,
}
"""Field -> how much a word in it counts. Chosen as those in `worth.py` are."""
ABOUT: Final = frozenset({"title", "signatures", "codes", "summary", "tags", "product"})
"""Fields that say what an entry is about."""
_SATURATION: Final = 2.0
_LENGTH: Final = 0.75
"""BM25's k1 and b, chosen in the same way."""


class _Field(NamedTuple):
    """A field's terms by their numbers, how often each stands there, and how many there are in all."""

    terms: array[int]
    counts: array[int]
    length: int


def postings_of(documents: Sequence[Mapping[str, str]]) -> dict[str, array[int]]:
    """Term -> its postings in the order of the entries. A document is the texts of its fields by their names."""
    numbers: dict[str, int] = defaultdict(lambda: len(numbers))
    counted = [{name: _counted(text, numbers) for name, text in fields.items()} for fields in documents]
    average = {name: sum(fields[name].length for fields in counted) / max(1, len(counted)) or 1.0 for name in WEIGHTS}
    found = [array("I") for _ in numbers]
    for number, fields in enumerate(counted):
        weighted: dict[int, float] = defaultdict(float)
        about: set[int] = set()
        for name, field in fields.items():
            share = WEIGHTS[name] / (1 - _LENGTH + _LENGTH * field.length / average[name])
            for term, times in zip(field.terms, field.counts, strict=True):
                weighted[term] += times * share
            if name in ABOUT:
                about.update(field.terms)
        for term, weight in weighted.items():
            impact = max(1, round(MOST_IMPACT * weight / (weight + _SATURATION)))
            found[term].append(number * PACKED + impact + TELLING * (term in about))
    return dict(zip(numbers, found, strict=True))


def _counted(text: str, numbers: dict[str, int]) -> _Field:
    counts = terms_of(text)
    return _Field(array("I", [numbers[term] for term in counts]), array("I", counts.values()), sum(counts.values()))
