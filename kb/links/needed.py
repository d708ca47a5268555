"""In which order a reader of a long list needs its entries, and which few of one stand for all of it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from kb.entry import Entry
from kb.links.trending import score, weighed_votes


def by_need(entries: Iterable[Entry], is_proven: Callable[[Entry], bool]) -> tuple[Entry, ...]:
    """Entries with a proven workaround first; among equals by votes, then by trend, then by title.

    Drafts that nobody has reviewed come last, proven or not.
    """
    entries = tuple(entries)
    newest = max((entry.updated for entry in entries), default=date.min)

    def need(entry: Entry) -> tuple[bool, bool, float, float, str, str]:
        by_readers = -weighed_votes(entry), -score(entry, newest)
        return entry.is_draft, not is_proven(entry), *by_readers, entry.title.casefold(), entry.id

    return tuple(sorted(entries, key=need))


def varied(entries: Sequence[Entry], count: int, most: int) -> tuple[Entry, ...]:
    """The first `count` of a list, in its order, at most `most` of one product; more only where others are too few."""
    shown: dict[str, Entry] = {}
    of_product: dict[str, int] = {}
    for entry in entries:
        if len(shown) == count:
            break
        if of_product.get(entry.product, 0) < most:
            of_product[entry.product] = of_product.get(entry.product, 0) + 1
            shown[entry.id] = entry
    for entry in entries:
        if len(shown) == count:
            return tuple(each for each in entries if each.id in shown)
        shown.setdefault(entry.id, entry)
    return tuple(entries)
