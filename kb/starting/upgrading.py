"""What an upgrade does to the files of a base: it compares what was written, what is there, and what is written now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from kb.starting.merging import MergeError, merged, without_marks
from kb.starting.origin import Texts
from kb.starting.pins import PINS, renewed_pins

RENAMED: Final[Mapping[str, str]] = {}
"""Files of a start that have another path now: former path -> path."""

_KEEPERS_WORDS: Final = ("README.md",)
"""Prose that is the keeper's: theirs stays where both changed a line, since marks of a conflict help no reader."""

Kind = Literal["new", "renewed", "merged", "conflict", "pinned", "moved", "removed", "left"]


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to one file."""

    kind: Kind
    path: str
    said: str = ""
    """What there is to know of it besides."""
    text: str | None = None
    """What it holds afterwards; None where it is gone, or stays as it is."""
    lines: tuple[int, ...] = ()
    """Where both changed the same lines: the places in `text`."""
    former: str | None = None
    """The path that it had, of a file that moves."""

    @property
    def writes(self) -> tuple[str, ...]:
        """Paths at which it changes what is there."""
        if self.kind == "left":
            return ()
        return (self.path,) if self.former is None else (self.former, self.path)


class _File(NamedTuple):
    """A file of a base, and the texts that an upgrade compares; None where there is none."""

    path: str
    written: str | None
    present: str | None
    new: str | None
    former: str | None
    """The path that it has until now, where that is another one."""

    def step(self, kind: Kind, said: str = "", text: str | None = None, lines: tuple[int, ...] = ()) -> Step:
        was = f"was {self.former}" if self.former else ""
        return Step(kind, self.path, "; ".join(filter(None, (was, said))), text, lines, self.former)


def steps_of(
    written: Texts,
    present: Texts,
    new: Texts,
    *,
    version: str,
    unreadable: frozenset[str] = frozenset(),
    renamed: Mapping[str, str] = RENAMED,
) -> list[Step]:
    """What an upgrade to a version does, one step a file that is not as it is to be. Raises MergeError.

    `written` are the files as the former start wrote them, `present` those that are there, `unreadable` those there
    that are no text, `new` those of the newer start.
    """
    moves = {old: to for old, to in renamed.items() if old in written and old not in new and to not in written}
    back = {to: old for old, to in moves.items() if old in present and to not in present}
    steps: list[Step] = []
    for path in sorted((written.keys() | new.keys()) - moves.keys()):
        now = back.get(path, path)
        before = next((old for old, to in moves.items() if to == path), path)
        file = _File(path, written.get(before), present.get(now), new.get(path), back.get(path))
        if not unreadable & {path, now}:
            steps += _steps(file, version)
        elif file.new != file.written:
            steps.append(file.step("left", "it is a link, a folder, or no text"))
    return steps


def _steps(file: _File, version: str) -> Iterator[Step]:
    """What happens to one file, if anything does."""
    if file.new is None:
        if file.present == file.written is not None:
            yield file.step("removed")
        elif file.present is not None:
            yield file.step("left", "edited by you; a start has it no more")
    elif file.present is None:
        if file.written is None:
            yield file.step("new", text=file.new)
        elif file.written != file.new:
            yield file.step("left", "removed by you")
    elif file.path in PINS:
        yield from _pinned(file, file.present, file.new)
    elif file.former or file.present != file.new:
        yield from _changed(file, file.present, file.new, version)


def _changed(file: _File, present: str, new: str, version: str) -> Iterator[Step]:
    """What happens to a file that is there, and not as it is written now."""
    if file.written is None:
        yield file.step("left", "it is yours; a start has one of this name now")
    elif present in (file.written, new):
        yield file.step("moved" if file.former else "renewed", text=new)
    elif file.written == new:
        if file.former:
            yield file.step("moved", text=present)
    elif (mine := without_marks(present)) is not None:
        yield _marked_already(file, mine, new, version)
    else:
        is_prose = file.path in _KEEPERS_WORDS
        text, conflicts = merged(file.written, present, new, version=version, keep_mine=is_prose)
        if conflicts and not is_prose:
            yield file.step("conflict", text=text, lines=conflicts)
        elif text != present or file.former:
            yield file.step("merged", "yours stays where both changed" if conflicts else "", text, conflicts)
        elif conflicts:
            yield Step("left", file.path, "edited by you where the start changed, too", lines=conflicts)


def _marked_already(file: _File, mine: str, new: str, version: str) -> Step:
    """A file with the marks of an upgrade that did not come to its end, as they stand. Raises MergeError for others."""
    text, conflicts = merged(file.written or "", mine, new, version=version)
    if text != file.present:
        place = f"{file.former or file.path}:{(file.present or '').split('<<<<<<< ')[0].count(chr(10)) + 1}"
        raise MergeError(f"{place} has the marks of an earlier upgrade. Choose yours or the new one there first.")
    return file.step("conflict", "marked already", text, conflicts)


def _pinned(file: _File, present: str, new: str) -> Iterator[Step]:
    """What happens to a file of pins."""
    text, said = renewed_pins(file.written or "", present, new)
    if text != present:
        yield file.step("pinned", ", ".join(said), text)
