"""Related entries: those an entry names first, then those that share the rarest things with it."""

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import Final, NamedTuple

from kb.entry import Entries, Entry
from kb.links.features import WEIGHTS, Feature, FeatureIndex, index_features

RELATED: Final = 6
"""How many related entries a page shows, unless it names more itself."""

COMMON: Final = 32
"""A feature that more entries share says too little to follow. It bounds the work an entry at
(its features x COMMON), so that the whole stays linear."""

RARE_WORDS: Final = 3
"""What two entries must share at least: as much as this many words that no third entry has. Common words that
happen to be rare in a small collection are no relation."""

SAME_PRODUCT: Final = 1.0
"""Added to the score of a candidate that is about the same product."""


class _Candidates(NamedTuple):
    """The entries that may be related, and those of them that are drafts: looked up, since this is done often."""

    by_id: Mapping[str, Entry]
    drafts: frozenset[str]


def related_entries(collection: Entries) -> dict[str, tuple[str, ...]]:
    """Entry id -> ids of related entries, best first, unreviewed drafts last; ties in the order of the ids."""
    index = index_features(collection.entries)
    weights = {feature: index.weight(feature) for feature, ids in index.postings.items() if 1 < len(ids) <= COMMON}
    least = RARE_WORDS * WEIGHTS["word"] * math.log(1 + len(index.features) / 2)
    candidates = _Candidates(collection.by_id, frozenset(entry.id for entry in collection.entries if entry.is_draft))
    return {entry.id: _related(entry, index, weights, least, candidates) for entry in collection.entries}


def _related(
    entry: Entry, index: FeatureIndex, weights: Mapping[Feature, float], least: float, candidates: _Candidates
) -> tuple[str, ...]:
    by_id, drafts = candidates
    named = tuple(dict.fromkeys(other for other in entry.related if other in by_id and other != entry.id))
    if len(named) >= RELATED:
        return named
    scores: defaultdict[str, float] = defaultdict(float)
    for feature in sorted(index.features[entry.id]):  # a fixed order, since float sums depend on it
        weight = weights.get(feature)
        if weight is not None:
            for other in index.postings[feature]:
                scores[other] += weight
    product = f"{entry.product}/"
    ranked = sorted(
        (other in drafts, -score - (SAME_PRODUCT if other.startswith(product) else 0.0), other)
        for other, score in scores.items()
        if score >= least * (1 - 1e-9) and other != entry.id and other not in named
    )
    return named + tuple(other for _, _, other in ranked[: RELATED - len(named)])
