"""What is indexed of an entry: its signatures, and what speaks against each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.match.platforms import KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.entry import Entry


class Indexed(NamedTuple):
    """A signature with the entry's id, and what speaks against it: texts that rule it out, and other platforms."""

    id: str
    text: str
    unless: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    """The only ones where the entry's error happens; none if it happens everywhere, or nobody can tell."""
    is_draft: bool = False
    """Whether its entry is one that nobody has reviewed: of answers that are as sure, others come before it."""
    is_symptom: bool = False
    """Whether it says only that something else failed: of answers that are as sure, what failed comes before it."""


def signatures_of(entry: Entry) -> Iterator[Indexed]:
    """The signatures of an entry."""
    only = platforms_of(entry)
    for signature in entry.signatures:
        yield Indexed(entry.id, signature.text, signature.unless, only, entry.is_draft, entry.symptom)


def platforms_of(entry: Entry) -> tuple[str, ...]:
    """The only platforms where an entry's error happens, of those that a text can show; none if it tells no others."""
    platforms = {name.lower() for name in entry.affects.platforms}
    return () if not platforms <= KNOWN or platforms == KNOWN else tuple(sorted(platforms))
