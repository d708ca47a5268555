"""How much of what a product lists of its own errors has an entry, and which of the rest is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.entry import Entry, OwnList, Wanted
    from kb.site.model import Site


class CoveredList(NamedTuple):
    """A list of a product's own, and those of its codes that entries have."""

    own: OwnList
    total: int
    covered: tuple[str, ...]


class CoverageView(NamedTuple):
    """What a product's page says of its coverage."""

    lists: tuple[CoveredList, ...]
    wanted: tuple[Wanted, ...]
    """What is asked for, but for codes that entries have by now; most threads first."""


def coverage_of(site: Site, product: str, entries: Sequence[Entry]) -> CoverageView | None:
    """What is known of a product's coverage by its entries' `codes`; None where nothing is."""
    known = site.collection.coverage.get(product)
    if known is None:
        return None
    has = {code.casefold() for entry in entries for code in entry.codes}
    lists = [
        CoveredList(own, len(own.names), tuple(code for code in own.names if code.casefold() in has))
        for own in known.lists
    ]
    rest = [one for one in known.wanted if not (one.code and one.code.casefold() in has)]
    rest.sort(key=lambda one: -(one.threads or 0))
    return CoverageView(tuple(lists), tuple(rest)) if lists or rest else None
