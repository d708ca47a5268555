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
    workarounds: frozenset[str]
    """What votes call its workarounds."""


class CatalogError(ValueError):
    """What was read is no list of entries."""


@dataclass(frozen=True)
class Catalog:
    """Entries by their ids, former ids too."""

    entries: Mapping[str, Known] = field(default_factory=dict)
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Id -> former ids, of the entries that have some."""

    @property
    def size(self) -> int:
        return len(self.entries) - sum(map(len, self.former.values()))

    def find(self, entry: str) -> Known:
        """The entry of an id or a former id. Raises Refusal."""
        if not self.entries:
            raise Refusal(503, "no-entries", "The site's list of entries could not be read yet.", retry_after=30)
        known = self.entries.get(entry)
        if known is None:
            raise Refusal(404, "unknown-entry", "The site has no such entry.")
        return known

    def current(self, entry: str) -> str:
        """The id that an entry has now; the same where it is not known."""
        known = self.entries.get(entry)
        return known.id if known else entry


def read_catalog(content: bytes) -> Catalog:
    """The catalog of a published list. Raises CatalogError."""
    try:
        listed = json.loads(content)["entries"]
        known = [
            (
                Known(str(each["id"]), str(each["url"]), frozenset(map(str, each.get("workarounds", ())))),
                tuple(map(str, each.get("aliases", ()))),
            )
            for each in listed
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise CatalogError(f"it is no list of entries: {type(error).__name__}") from None
    by_alias = {alias: entry for entry, aliases in known for alias in aliases}
    entries = by_alias | {entry.id: entry for entry, _ in known}
    return Catalog(entries, {entry.id: aliases for entry, aliases in known if aliases})
