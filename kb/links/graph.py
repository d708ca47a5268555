"""All links of a collection, computed once a build: the one value that pages are made from."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kb.entry import Entries, Entry, IssueRef
from kb.links.addresses import covered_issues
from kb.links.references import Mention, mentions
from kb.links.related import related_entries
from kb.links.tools import ToolRanking
from kb.links.trending import trending


@dataclass(frozen=True)
class Links:
    """What follows from all entries together. Ids in tuples stand in the order in which pages show them.

    What a model drafted and nobody has reviewed stands behind everything else.
    """

    related: Mapping[str, tuple[str, ...]]
    """Entry id -> related entries: named ones first, then computed ones."""
    backlinks: Mapping[str, tuple[str, ...]]
    """Entry id -> entries that lead to it and that it does not lead to itself."""
    mentions: Mapping[str, tuple[Mention, ...]]
    """Entry id -> what its prose has that leads to other entries."""
    covered: Mapping[IssueRef, str]
    """Key of an issue -> id of the entry about it."""
    tags: Mapping[str, tuple[Entry, ...]]
    """Tag -> its entries in the order of their titles, as readers see no ids; so are those of codes and products."""
    codes: Mapping[str, tuple[Entry, ...]]
    products: Mapping[str, tuple[Entry, ...]]
    trending: tuple[Entry, ...]
    newest: tuple[Entry, ...]
    ranking: ToolRanking

    def short_ref(self, entry: Entry) -> IssueRef | None:
        """The issue after which an entry's short link is named: the first that leads there and not to another entry."""
        return next((ref for ref in entry.refs if self.covered[ref.key] == entry.id), None)


def compute_links(collection: Entries, related: Mapping[str, tuple[str, ...]] | None = None) -> Links:
    """Cross-link a collection. Near-linear in the number of entries. `related` are the related ones, if known."""
    entries = collection.entries
    by_title = sorted(entries, key=lambda entry: (entry.is_draft, entry.title.casefold(), entry.id))
    covered = covered_issues(entries)
    if related is None:
        related = related_entries(collection)
    mentioned = mentions(collection, covered)
    return Links(
        related=related,
        backlinks=_backlinks(related, mentioned),
        mentions=mentioned,
        covered=covered,
        tags=_grouped(by_title, lambda entry: entry.tags),
        codes=_grouped_codes(entries, by_title),
        products=_grouped(by_title, lambda entry: (entry.product,)),
        trending=trending(entries),
        newest=tuple(sorted(entries, key=lambda entry: (entry.is_draft, *by_day(entry)))),
        ranking=ToolRanking(collection.tools, collection.products),
    )


def by_day(entry: Entry) -> tuple[int, str]:
    """What entries are in order by that have the one first that changed last."""
    return -entry.updated.toordinal(), entry.id


def _backlinks(
    related: Mapping[str, tuple[str, ...]], mentioned: Mapping[str, tuple[Mention, ...]]
) -> dict[str, tuple[str, ...]]:
    """The other ends of links that are not there already, so that each link can be walked both ways."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    named = {source: [target for _, target in led] for source, led in mentioned.items()}
    for links in (named, related):
        for source, targets in links.items():
            for target in targets:
                if source not in related.get(target, ()):
                    found[target].setdefault(source)
    return {target: tuple(sources) for target, sources in found.items()}


def _grouped_codes(entries: Iterable[Entry], by_title: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Codes that differ in case are one, written as the first entry writes it."""
    spelling: dict[str, str] = {}
    for entry in entries:
        for code in entry.codes:
            spelling.setdefault(code.casefold(), code)
    return _grouped(by_title, lambda entry: [spelling[code.casefold()] for code in entry.codes])


def _grouped(entries: Iterable[Entry], keys: Callable[[Entry], Iterable[str]]) -> dict[str, tuple[Entry, ...]]:
    """Key -> entries that have it, in the order given; keys in alphabetical order."""
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in dict.fromkeys(keys(entry)):
            groups[key].append(entry)
    return {key: tuple(groups[key]) for key in sorted(groups, key=lambda key: (key.casefold(), key))}
