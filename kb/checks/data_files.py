"""Safety of the data files, `products.yml` and the like: what no entry may hold, no data file may either."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from kb.checks.rule import MOST_OF_A_KIND, Finding, Inspection, Located
from kb.entry import Catalog


def in_data_files(look: Callable[[Catalog], Iterable[Finding]]) -> Callable[[Inspection], Iterator[Located]]:
    """A rule's look at a whole collection, made of its look at one data file."""

    def found(inspection: Inspection) -> Iterator[Located]:
        for catalog in inspection.catalogs:
            for finding in islice(look(catalog), MOST_OF_A_KIND):
                yield Located(catalog, finding)

    return found
