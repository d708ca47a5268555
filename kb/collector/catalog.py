"""Which entries and workarounds there are: read from the list of all entries that a site publishes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kb.collector.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping


class Known(NamedTuple):
    """An entry that can be voted on."""

    id: str
    url: str
    workarounds: tuple[str, ...]
    """What votes call its workarounds, in the order of the entry's file."""
    ids: tuple[str, ...]
    """Its id, and then its former ones."""


class CatalogError(ValueError):
    """What was read is no list of entries."""


@dataclass(frozen=True)
class Catalog:
    """Entries by their ids, former ids too."""

    entries: Mapping[str, Known] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return sum(known.id == name for name, known in self.entries.items())

    def find(self, entry: str) -> Known:
        """The entry of an id or a former id. Raises Refusal."""
        if not self.entries:
            raise Refusal(503, "no-entries", "The site's list of entries could not be read yet.", retry_after=30)
        known = self.entries.get(entry)
        if known is None:
            raise Refusal(404, "unknown-entry", "The site has no such entry.")
        return known

    def ids_of(self, entry: str) -> tuple[str, ...]:
        """All ids of an entry; the one given where it is not known."""
        known = self.entries.get(entry)
        return known.ids if known else (entry,)

    def current(self, entry: str) -> str:
        """The id that an entry has now; the same where it is not known."""
        known = self.entries.get(entry)
        return known.id if known else entry


def read_catalog(content: bytes) -> Catalog:
    """The catalog of a published list. Raises CatalogError."""
    try:
        listed = json.loads(content)["entries"]
        known = [
            Known(
                id=str(each["id"]),
                url=str(each["url"]),
                workarounds=tuple(map(str, each.get("workarounds", ()))),
                ids=(str(each["id"]), *map(str, each.get("aliases", ()))),
            )
            for each in listed
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise CatalogError(f"it is no list of entries: {type(error).__name__}") from None
    by_any_id = {name: entry for entry in known for name in entry.ids}
    return Catalog(by_any_id | {entry.id: entry for entry in known})
