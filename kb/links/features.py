"""What entries can have in common: codes, tags, reports, and the words of their signatures."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kb.entry import Entry, literals_of

Feature = tuple[str, str]
"""A kind and a value: `("code", "EACCES")`."""

WEIGHTS: Final = {"report": 6.0, "code": 3.0, "tag": 1.5, "word": 0.4}
"""How much a shared feature of each kind says, before its rarity."""

_WORD: Final = re.compile(r"[^\W\d_][\w-]{2,}")


def features_of(entry: Entry) -> frozenset[Feature]:
    """The features by which an entry can resemble another."""
    words = (
        word.lower()
        for signature in entry.signatures
        for literal in literals_of(signature.text)
        for word in _WORD.findall(literal)
    )
    return frozenset(
        [(_code_kind(code), code.casefold()) for code in entry.codes]
        + [("tag", tag) for tag in entry.tags]
        + [("report", str(ref.key)) for ref in entry.refs]
        + [("word", word) for word in words]
    )


def _code_kind(code: str) -> str:
    """Exit statuses are shared by programs that have nothing to do with each other: they say as little as a word."""
    return "word" if code.casefold().startswith("exit ") else "code"


@dataclass(frozen=True)
class FeatureIndex:
    """Which entries have a feature, and how much it says that they share it."""

    features: Mapping[str, frozenset[Feature]]
    """Entry id -> its features."""
    postings: Mapping[Feature, tuple[str, ...]]
    """Feature -> ids of the entries that have it, in the entries' order."""

    def weight(self, feature: Feature) -> float:
        """The weight of the feature's kind times its inverse document frequency, log(1 + N / n)."""
        return WEIGHTS[feature[0]] * math.log(1 + len(self.features) / len(self.postings[feature]))


def index_features(entries: Iterable[Entry]) -> FeatureIndex:
    """Index the features of all entries. Linear in their number."""
    features = {entry.id: features_of(entry) for entry in entries}
    counts = Counter(feature for found in features.values() for feature in found)
    postings: dict[Feature, list[str]] = {feature: [] for feature in counts}
    for entry_id, found in features.items():
        for feature in found:
            postings[feature].append(entry_id)
    return FeatureIndex(features, {feature: tuple(ids) for feature, ids in postings.items()})
