"""What a knowledge base has published: the addresses, texts and facts that a change must not lose."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from kb.entry import Source

ALIKE: Final = 0.5
"""The part of a removed entry's lines that another entry has to have, to be taken for the same one."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A file that was published and is no more: problems with that have a place, and no line."""

    path: Path


@dataclass(frozen=True)
class Published:
    """The entries of a collection as they were published, for comparison with what they are now."""

    sources: tuple[Source, ...]
    facts_may_change: bool = False
    """Whether votes and facts of GitHub may differ: in the commits of the workflows that fetch them."""
    reviews_of_programs: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """File and section -> the program whose commit since then says that somebody reviewed a draft."""

    @cached_property
    def by_id(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}

    @cached_property
    def aliases(self) -> dict[str, str]:
        """Alias -> id of the entry that it leads to."""
        return {alias: source.id for source in self.sources if source.draft for alias in source.draft.aliases}


def successor(removed: Source, candidates: Iterable[Source]) -> Source | None:
    """The candidate that a removed entry has become: one with a signature of it, or with most of its lines."""
    if removed.draft is None:
        return None
    texts = {signature.text for signature in removed.draft.signatures}
    lines = _lines(removed)
    alike: Counter[str] = Counter()
    by_name: dict[str, Source] = {}
    for source in candidates:
        if source.draft is None:
            continue
        by_name[source.name] = source
        if texts & {signature.text for signature in source.draft.signatures}:
            alike[source.name] += len(lines) + 1
        alike[source.name] += len(lines & _lines(source))
    best = max(alike, key=lambda name: (alike[name], name), default=None)
    return by_name[best] if best and lines and alike[best] >= ALIKE * len(lines) else None


def _lines(source: Source) -> frozenset[str]:
    """The lines that tell an entry from others: the longer ones."""
    return frozenset(line.strip() for line in source.text.split("\n") if len(line.strip()) > 20)
