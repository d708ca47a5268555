"""Safety of `products.yml` and `tools.yml`: what no entry may hold, no data file may either."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from kb.checks.rule import Finding, Inspection, Located
from kb.entry import Catalog

MOST: Final = 1000
"""Findings of a rule in one data file; see `kb.checks.run.MOST_OF_A_KIND`."""


def in_data_files(look: Callable[[Catalog], Iterable[Finding]]) -> Callable[[Inspection], Iterator[Located]]:
    """A rule's look at a whole collection, made of its look at one data file."""

    def found(inspection: Inspection) -> Iterator[Located]:
        for catalog in (inspection.collection.product_catalog, inspection.collection.tool_catalog):
            for finding in islice(look(catalog), MOST):
                yield Located(catalog, finding)

    return found
