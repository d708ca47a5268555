"""What a knowledge base has published: the addresses, texts and facts that a change must not lose."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kb.checks.edit import Edit
from kb.checks.places import place_of
from kb.entry import EditError, Entry, Source, edit_front_matter

ALIKE: Final = 0.5
"""The part of a removed entry's lines that another entry has to have, to be taken for the same one."""


@dataclass(frozen=True)
class Published:
    """The entries of a collection as they were published, for comparison with what they are now."""

    sources: tuple[Source, ...]
    facts_may_change: bool = False
    """Whether votes and facts of GitHub may differ: in the commits of the workflows that fetch them."""

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


def facts_of(entry: Entry) -> dict[str, object]:
    """What commands and workflows write into an entry, and no person does: key path -> value as the file has it."""
    facts: dict[str, object] = {
        "votes": entry.votes.model_dump(exclude_defaults=True),
        "feedback": entry.feedback.model_dump(exclude_defaults=True),
    }
    if entry.pulls:
        facts["pulls"] = [pull.model_dump(exclude_none=True) for pull in entry.pulls]
    if entry.issue:
        facts["issue"] = entry.issue.model_dump(exclude_defaults=True)
    return facts


def edits_for(source: Source, changes: dict[str, object | None]) -> tuple[Edit, ...]:
    """The edit that gives keys of a file's front matter other values; none where that can't be done."""
    try:
        text = edit_front_matter(source.text, source.name, changes)
    except (EditError, TypeError, ValueError):
        return ()
    old, shortest = source.text, min(len(source.text), len(text))
    start = next((n for n in range(shortest) if old[n] != text[n]), shortest)
    end = next((n for n in range(shortest - start) if old[-1 - n] != text[-1 - n]), shortest - start)
    if start == len(old) == len(text):
        return ()
    return (Edit(place_of(old, start), place_of(old, len(old) - end), text[start : len(text) - end]),)
