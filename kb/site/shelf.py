"""Which entries and products the lists of a site show, and in which order."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.links import varied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.entry import Entry
    from kb.site.model import Site

HOME: Final = 8
"""Entries in each list of the home page."""
MOST_OF_ONE: Final = 2
"""How many of them may be one product's, where there are others."""
_WITHOUT_CATEGORY: Final = "other"


class ShelfProduct(NamedTuple):
    """A product in a list of products."""

    id: str
    name: str
    summary: str
    entries: int


class ShelfGroup(NamedTuple):
    """The products of a category, and the entry of theirs that changed last."""

    category: str
    products: tuple[ShelfProduct, ...]
    newest: Entry


def shelf_groups(site: Site) -> list[ShelfGroup]:
    """The products with entries, by category in alphabetical order."""
    place = {entry.id: number for number, entry in enumerate(site.links.newest)}
    listed = sorted((_category(site, product), product) for product in site.links.products)
    groups = []
    for category, members in groupby(listed, key=lambda each: each[0]):
        products = [product for _, product in members]
        of_all = [entry for product in products for entry in site.links.products[product]]
        shown = sorted((_shelf_product(site, product) for product in products), key=lambda each: each.name.casefold())
        groups.append(ShelfGroup(category, tuple(shown), min(of_all, key=lambda entry: place[entry.id])))
    return groups


def lately_proven(site: Site) -> tuple[Entry, ...]:
    """The entries with a proven workaround, the last proven first; of one day those proven with most versions first.

    Drafts that nobody has reviewed come last.
    """
    dated = [(day, entry) for entry in site.links.newest if (day := site.proven(entry).day)]
    dated.sort(key=lambda each: (not each[1].is_draft, each[0], len(site.proven(each[1]).provoked)), reverse=True)
    return tuple(entry for _, entry in dated)


def of_home(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Those of a list that the home page shows."""
    return varied(entries, HOME, MOST_OF_ONE)


def _category(site: Site, product: str) -> str:
    found = site.product(product)
    return found.category if found else _WITHOUT_CATEGORY


def _shelf_product(site: Site, product: str) -> ShelfProduct:
    found = site.product(product)
    summary = (found and found.summary) or ""
    return ShelfProduct(product, site.product_name(product), summary, len(site.links.products[product]))
