"""Which tools help with an error: those that share its tags, rare tags first, and its product's category."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kb.entry import Entry, Product, Tool

SAME_CATEGORY: Final = 2.5
"""Added to the score of a tool of the product's category: about as much as one rare tag."""

PRODUCT_TAG: Final = 0.8
"""A tag that an entry has only through its product says a little less than one of its own."""


@dataclass(frozen=True)
class ToolRanking:
    """Ranks the tools of a knowledge base for its entries."""

    tools: tuple[Tool, ...]
    products: Mapping[str, Product]

    @cached_property
    def _by_tag(self) -> dict[str, tuple[tuple[int, ...], float]]:
        """Tag -> the tools that have it and its weight, log(1 + N / n)."""
        having: dict[str, list[int]] = {}
        for number, tool in enumerate(self.tools):
            for tag in dict.fromkeys(tool.tags):
                having.setdefault(tag, []).append(number)
        return {tag: (tuple(found), math.log(1 + len(self.tools) / len(found))) for tag, found in having.items()}

    @cached_property
    def _by_category(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for number, tool in enumerate(self.tools):
            found.setdefault(tool.category, []).append(number)
        return {category: tuple(numbers) for category, numbers in found.items()}

    @cached_property
    def _ranked(self) -> dict[tuple[frozenset[str], str], tuple[Tool, ...]]:
        return {}

    def rank(self, entry: Entry) -> tuple[Tool, ...]:
        """The tools that share a tag or the category with the entry, best first; ties by name."""
        key = (frozenset(entry.tags), entry.product)
        if key not in self._ranked:
            self._ranked[key] = self._rank(sorted(key[0]), self.products.get(entry.product))
        return self._ranked[key]

    def _rank(self, tags: Iterable[str], product: Product | None) -> tuple[Tool, ...]:
        weights = dict.fromkeys(product.tags if product else (), PRODUCT_TAG) | dict.fromkeys(tags, 1.0)
        scores: dict[int, float] = {}
        for tag, share in weights.items():
            numbers, weight = self._by_tag.get(tag, ((), 0.0))
            for number in numbers:
                scores[number] = scores.get(number, 0.0) + share * weight
        for number in self._by_category.get(product.category, ()) if product else ():
            scores[number] = scores.get(number, 0.0) + SAME_CATEGORY
        best = sorted(scores, key=lambda number: (-scores[number], self.tools[number].name.casefold(), number))
        return tuple(self.tools[number] for number in best)
