"""Counts in entries: what the votes there are come to. A vote whose issue is gone counts no more."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kb.entry import Source, edited, write_whole
from kb.votes.ballot import SIGNALS, Vote
from kb.votes.changes import CountChange, changes_of
from kb.votes.tally import tally


class Counted(NamedTuple):
    """An entry whose counts changed, or can't be written: then `problem` says why."""

    entry: str
    changes: tuple[CountChange, ...]
    problem: str = ""

    def __str__(self) -> str:
        return f"{self.entry}: {self.problem or ', '.join(map(str, self.changes))}"


def count(sources: Iterable[Source], votes: Iterable[Vote], *, dry_run: bool) -> Iterator[Counted]:
    """Write into each entry what the votes come to, and tell where that is something else than before.

    `votes` are all there are: an issue that was deleted, unlabelled or transferred is not among them, one that was
    edited says something else, so every count of every entry follows, down to zero. Raises OSError.
    """
    counts, none = tally(votes), dict.fromkeys(SIGNALS, 0)
    for source in sources:
        if source.entry is None:
            continue
        changes = tuple(changes_of(source.entry, none | counts.get(source.id, {})))
        if changes:
            yield Counted(source.id, changes, _write(source, changes, dry_run))


def _write(source: Source, changes: Iterable[CountChange], dry_run: bool) -> str:
    """Write counts into an entry's file; what is wrong where they can't be written."""
    try:
        after = edited(source, {change.path: change.after for change in changes})
    except ValueError as error:
        return str(error)
    if not dry_run:
        write_whole(after.path, after.text)
    return ""
