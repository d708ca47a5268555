"""The counts as they are served: kept in memory, so that a million votes cost a request nothing."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kb.collector.catalog import Catalog
    from kb.collector.ledger import Key

_OFTEN: Final = 1.0
"""Seconds between two makings of the list of all counts."""

Shown = dict[str, dict[str, int] | dict[str, dict[str, int]]]


class Served(NamedTuple):
    """A body and its entity tag."""

    body: bytes
    etag: str


class Counts:
    """What stands: entry -> (key of a workaround, or nothing; signal) -> count."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._of: dict[str, dict[tuple[str, str], int]] = {}
        self.revision = -1
        self._all: Served | None = None
        self._all_at = 0.0
        self._is_stale = True

    def replace(self, revision: int, counts: Mapping[Key, int]) -> None:
        """Take over all counts, as the database has them."""
        if revision < self.revision:
            return
        self._of = {}
        self.revision = revision
        self._add(counts)

    def add(self, revision: int, changes: Mapping[Key, int]) -> bool:
        """Take over what a transaction changed. False where another one came between: then all have to be read."""
        if revision != self.revision + 1:
            return False
        self.revision = revision
        self._add(changes)
        return True

    def forget_list(self) -> None:
        """Make the list of all counts anew when it is asked for next: entries have other names now."""
        self._is_stale = True

    def of(self, catalog: Catalog, entry: str) -> Shown:
        """The counts of an entry, those of its former ids too."""
        return _shown([self._of[each] for each in catalog.ids_of(entry) if each in self._of])

    def one(self, catalog: Catalog, entry: str) -> Served:
        return _served({"entry": entry, **self.of(catalog, entry)})

    def all(self, catalog: Catalog) -> Served:
        """All counts that are not 0, by the ids that entries have now. Made anew once a second at most."""
        now = self._clock()
        if self._all is None or (self._is_stale and not 0 <= now - self._all_at < _OFTEN):
            entries: dict[str, list[dict[tuple[str, str], int]]] = {}
            for entry, counts in self._of.items():
                entries.setdefault(catalog.current(entry), []).append(counts)
            shown = {entry: _shown(counts) for entry, counts in sorted(entries.items())}
            self._all = _served({"entries": {entry: counts for entry, counts in shown.items() if any(counts.values())}})
            self._all_at = now
            self._is_stale = False
        return self._all

    def _add(self, changes: Mapping[Key, int]) -> None:
        for (entry, workaround, signal), change in changes.items():
            counts = self._of.setdefault(entry, {})
            counts[workaround, signal] = counts.get((workaround, signal), 0) + change
        self._is_stale = True


def _shown(several: list[dict[tuple[str, str], int]]) -> Shown:
    """Counts as answers have them: `{"counts": {signal: n}, "workarounds": {key: {signal: n}}}`."""
    counts: dict[str, int] = {}
    workarounds: dict[str, dict[str, int]] = {}
    for each in several:
        for (workaround, signal), count in sorted(each.items()):
            if count:
                into = workarounds.setdefault(workaround, {}) if workaround else counts
                into[signal] = into.get(signal, 0) + count
    return {"counts": counts, "workarounds": workarounds}


def _served(value: object) -> Served:
    body = json.dumps(value, separators=(",", ":")).encode()
    return Served(body, f'"{hashlib.sha256(body).hexdigest()[:20]}"')
