"""What became of published addresses: which lead nowhere, and which to an entry that is not their own's heir."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.links.addresses import Address, by_key


@dataclass(frozen=True, slots=True)
class Move:
    """A published address that does not lead where it led."""

    was: Address
    now: Address | None
    """Where it leads now; None where it leads nowhere."""
    heir: str | None
    """The entry that is at the id of the one that it led to: that entry itself, or the one that took its place."""


def moves(published: Iterable[Address], now: Iterable[Address]) -> Iterator[Move]:
    """Every published address that leads nowhere or to another entry, each once; of an issue's, the first.

    An address goes with its entry: where that was renamed or joined with another, an alias says so. Linear.
    """
    current = by_key(now)
    told: set[object] = set()
    for was in published:
        there, page = current.get(was.key), current.get(f"{was.entry}/")
        heir = page.entry if page else None
        name = (was.ref.key, there is None) if was.ref else was.key
        if (there and heir in (None, there.entry)) or name in told:
            continue
        told.add(name)
        yield Move(was, there, heir)
