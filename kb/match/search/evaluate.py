"""How well words find entries: the measures behind `kb eval` for queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.match.search.ranking import search

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.match.search.ranking import Found
    from kb.match.search.reading import SearchIndex

FEW: Final = 5
"""Results that a reader looks at."""


class Query(NamedTuple):
    """Words, the ids of the entries that they mean (none if nothing is known of it), and of which kind they are."""

    text: str
    expect: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class KindMeasures:
    """Shares of the queries of a kind, 0 to 1: an expected entry first, among five; said to be known."""

    queries: int
    first: float
    five: float
    answered: float


@dataclass(frozen=True, slots=True)
class QueryMiss:
    """A query whose first result was not expected, or that was answered although nothing is known of it."""

    query: Query
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryEvaluation:
    """Measures by kind, and what was missed."""

    kinds: dict[str, KindMeasures]
    misses: tuple[QueryMiss, ...]

    def below(self, goals: Mapping[str, Mapping[str, float]]) -> list[str]:
        """What falls short of goals: kind -> measure -> the least value (for `answered` the most), a sentence each."""
        found = []
        for kind, measures in goals.items():
            for name, goal in measures.items():
                value = getattr(self.kinds[kind], name) if kind in self.kinds else float(name == "answered")
                if value > goal if name == "answered" else value < goal:
                    found.append(f"{kind}: {name} is {value:.3f}, and has to be {goal:g}")
        return found


def evaluate_queries(queries: Iterable[Query], index: SearchIndex) -> QueryEvaluation:
    """Search for every query and measure."""
    by_kind: dict[str, list[tuple[bool, bool, bool]]] = {}
    misses = []
    for query in queries:
        found = search(query.text, index, FEW)
        ids = [result.shown["id"] for result in found.results]
        is_first = bool(ids) and ids[0] in query.expect
        by_kind.setdefault(query.kind, []).append((is_first, not set(query.expect).isdisjoint(ids), found.is_known))
        if _is_missed(query, found, is_first=is_first):
            misses.append(QueryMiss(query, tuple(ids)))
    kinds = {
        kind: KindMeasures(len(rows), *(sum(column) / len(rows) for column in zip(*rows, strict=True)))
        for kind, rows in by_kind.items()
    }
    return QueryEvaluation(kinds, tuple(misses))


def _is_missed(query: Query, found: Found, *, is_first: bool) -> bool:
    return not is_first if query.expect else found.is_known
