"""How much each term tells about each entry: what the index for a search is made of.

An impact is how much a term tells about an entry (BM25F: the weighted counts of all fields, each divided by how long
the field is against the usual, in one saturating curve; Robertson, Zaragoza and Taylor, "Simple BM25 extension to
multiple weighted fields", 2004), as a number up to `MOST_IMPACT`; `TELLING` is added where the term stands in what the
entry is about, and not just somewhere in its prose. The usual length is a number, and not this collection's average, so
that an entry's impacts follow from the entry alone, and are computed once.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kb.match.search.terms import terms_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
_USUAL: Final = {
    "title": 13.0,
    "signatures": 64.0,
    "codes": 3.6,
    "summary": 44.0,
    "tags": 4.2,
    "product": 2.9,
    "steps": 25.0,
    "cause": 129.0,
    "body": 850.0,
}
"""Field -> its usual number of terms: the averages of the shipped entries on 2026-11-29."""


def impacts_of(fields: Mapping[str, str]) -> dict[str, int]:
    """Term -> how much it tells about an entry, given as the texts of its fields by their names."""
    weighted: dict[str, float] = defaultdict(float)
    about: set[str] = set()
    for name, text in fields.items():
        counts = terms_of(text)
        share = WEIGHTS[name] / (1 - _LENGTH + _LENGTH * sum(counts.values()) / _USUAL[name])
        for term, times in counts.items():
            weighted[term] += times * share
        if name in ABOUT:
            about.update(counts)
    return {
        term: max(1, round(MOST_IMPACT * weight / (weight + _SATURATION))) + TELLING * (term in about)
        for term, weight in weighted.items()
    }


def postings_of(impacts: Iterable[Mapping[str, int]]) -> dict[str, array[int]]:
    """Term -> its postings in the order of the entries, of each of which the impacts are given."""
    found: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for number, own in enumerate(impacts):
        start = number * PACKED
        for term, impact in own.items():
            found[term].append(start + impact)
    return found
