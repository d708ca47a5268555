"""From counts to the smallest change of an entry's front matter."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kb.entry import Entry, Feedback


class CountChange(NamedTuple):
    """A count that is another one now: its signal, where it stands in front matter, and both counts."""

    signal: str
    path: str
    before: int
    after: int

    def __str__(self) -> str:
        return f"{self.signal} {self.before} -> {self.after}"


def changes_of(entry: Entry, counts: Mapping[str, int]) -> Iterator[CountChange]:
    """The counts that differ from the entry's."""
    for signal, count in counts.items():
        key = "feedback" if signal in Feedback.model_fields else "votes"
        before: int = getattr(getattr(entry, key), signal)
        if before != count:
            yield CountChange(signal, f"{key}.{signal}", before, count)
