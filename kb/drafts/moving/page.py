"""An old page, whatever it was exported from: what it says, by the sections of an entry, and where it stood."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import NamedTuple, Self


class Fix(NamedTuple):
    """One way past an error: its title, which may be empty, and Markdown."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What a page, or a part of one, says. Each text is Markdown, and empty where nothing is said."""

    title: str = ""
    message: str = ""
    """The error and nothing else, as text: from a column for it."""
    error: str = ""
    """Where the error stands, among other things."""
    cause: str = ""
    fixes: tuple[Fix, ...] = ()
    summary: str = ""
    guidance: str = ""
    example: str = ""
    notes: str = ""
    recommendation: str = ""

    def each(self, change: Callable[[str], str]) -> Self:
        """The same with each text changed."""
        texts = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "fixes"}
        fixes = tuple(Fix(change(fix.title), change(fix.body)) for fix in self.fixes)
        return replace(self, fixes=fixes, **{name: change(text) for name, text in texts.items() if text})

    def texts(self) -> Iterator[str]:
        """Each text that is not empty."""
        yield from filter(None, (getattr(self, one.name) for one in fields(self) if one.name != "fixes"))
        for fix in self.fixes:
            yield from filter(None, fix)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the reader of an export gives it."""

    key: str
    """What names it in each export from the same place: `confluence OPS/12345`."""
    where: str
    """Where it was read, for people: a file, and a line where a file holds many."""
    title: str
    body: str = ""
    """Markdown in which headings say what is what."""
    said: Parts = Parts()
    """What the export itself says is the error, or a fix."""
    products: tuple[str, ...] = ()
    """What may name its product, the likeliest first."""
    tags: tuple[str, ...] = ()
    address: str = ""
    """Where people read it so far."""
    relative_to: str = ""
    """The address by which its relative links lead on; empty where they lead nowhere."""
    updated: date | None = None
    left_out: tuple[str, ...] = ()
    """What belongs to it and does not move with it: pictures, files."""


class Unreadable(NamedTuple):
    """A file, or a part of one, of which no page can be made: where, what is wrong, and what to do."""

    where: str
    problem: str


Found = Page | Unreadable
