"""Taps of readers without an account: from a collector's counts to what an entry's front matter says of them.

`taps: {works: 12, works@restart-it: 4}`: what was said of the entry, and after `@` of one of its workarounds.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from kb.entry import Source, edited, workaround_keys, write_whole
from kb.votes.ballot import SIGNALS
from kb.votes.changes import CountChange
from kb.votes.counting import Counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Tapped(NamedTuple):
    """What a collector counted: entry -> key of `taps` -> count."""

    entries: Mapping[str, Mapping[str, int]]

    @property
    def total(self) -> int:
        return sum(sum(counts.values()) for counts in self.entries.values())


def read_counts(content: bytes) -> Tapped:
    """The counts that a collector publishes as `/v1/counts.json`. Raises ValueError where they are none."""
    try:
        found: dict[str, dict[str, int]] = {}
        for entry, said in json.loads(content)["entries"].items():
            counts = {signal: _count(count) for signal, count in said["counts"].items() if signal in SIGNALS}
            for workaround, signals in said["workarounds"].items():
                counts |= {f"{signal}@{workaround}": _count(count) for signal, count in signals.items()}
            found[entry] = counts
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"these are no counts of a collector: {type(error).__name__}") from None
    return Tapped(found)


def taken_over(sources: Iterable[Source], tapped: Tapped, *, dry_run: bool) -> Iterator[Counted]:
    """Write a collector's counts into entries, and tell where they differ from what stood there. Raises OSError.

    Counts of former ids are those of the entry. What it counted of workarounds that the entry has no more is left out.
    """
    for source in sources:
        if source.entry is None:
            continue
        entry, now = source.entry, dict[str, int]()
        known = {*SIGNALS, *(f"works@{key}" for key in workaround_keys(entry))}
        for each in (entry.id, *entry.aliases):
            for key, count in tapped.entries.get(each, {}).items():
                if key in known and count > 0:
                    now[key] = now.get(key, 0) + count
        keys = [*entry.taps, *(key for key in now if key not in entry.taps)]
        changes = tuple(
            CountChange(key, f"taps.{key}", entry.taps.get(key, 0), now.get(key, 0))
            for key in keys
            if now.get(key) != entry.taps.get(key)
        )
        if changes:
            yield Counted(entry.id, changes, _write(source, now, changes, dry_run=dry_run))


def _write(source: Source, now: Mapping[str, int], changes: Iterable[CountChange], *, dry_run: bool) -> str:
    wanted: dict[str, object | None] = {change.path: change.after or None for change in changes}
    try:
        after = edited(source, wanted if now else {"taps": None})
    except ValueError as error:
        return str(error)
    if not dry_run:
        write_whole(after.path, after.text)
    return ""


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value
