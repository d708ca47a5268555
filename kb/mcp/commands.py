"""The blocks of code of a workaround: filled with a reader's values, and whether each can be run as it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from kb.entry import code_in
from kb.match import Hole, pieces
from kb.match.filling import refusal
from kb.mcp.marks import Mark, marks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.match import Types

Why = Literal["not-in-the-error", "no-value-is-safe-here", "value-may-not-stand-here", "choose-it-yourself"]

MOST_COMMANDS: Final = 60
"""Blocks of code of a section that are looked at: more than the longest of any real entry."""

MOST_GAPS: Final = 12
"""Gaps of a block that are named."""

_LANGUAGE: Final = re.compile(r"[a-z0-9+#.-]{1,20}")
_NAME: Final = re.compile(r"[A-Za-z0-9_]{1,40}")
_BY_HAND: Final = re.compile(r"<([A-Za-z][A-Za-z0-9 _-]{0,39})>")
"""What an author leaves to the reader: `kill <pid>`. In markup the same is no gap, so only shells have it."""
_SHELLS: Final = frozenset({"sh", "bash", "zsh", "shell", "console", "fish", "powershell", "pwsh", "ps1", "bat", "cmd"})


class Gap(BaseModel):
    """A place in a command that has no value."""

    model_config = ConfigDict(frozen=True)

    name: str
    why: Why


class Command(BaseModel):
    """A block of code of the workaround that is shown."""

    model_config = ConfigDict(frozen=True)

    block: Annotated[int, Field(description="Which of the workaround's blocks of code, from 1.")]
    language: Annotated[str, Field(description="As its author says it; empty where it is none.")]
    runs_as_it_stands: Annotated[bool, Field(description="A shell's command whose gaps are all filled, safely quoted.")]
    gaps: Annotated[tuple[Gap, ...], Field(description="What has to be put in first.")]
    marks: Annotated[tuple[Mark, ...], Field(description="Why a person has to be asked before it is run.")]


def commands_in(markdown: str, values: Mapping[str, str], types: Types) -> tuple[Command, ...]:
    """What there is to know of each block of code in a workaround, in the order of the blocks."""
    blocks = code_in(markdown)[:MOST_COMMANDS]
    return tuple(_command(number, *block, values, types) for number, block in enumerate(blocks, 1))


def marks_in(commands: Iterable[Command]) -> tuple[Mark, ...]:
    """Why a person has to be asked, of all of some commands, each reason once."""
    return tuple(dict.fromkeys(mark for command in commands for mark in command.marks))


def _command(number: int, language: str, code: str, values: Mapping[str, str], types: Types) -> Command:
    language = language.lower() if _LANGUAGE.fullmatch(language.lower()) else ""
    parts = pieces(code, language, types)
    filled = "".join(part if isinstance(part, str) else part.filled(values, types) for part in parts)
    is_shell = language in _SHELLS
    gaps = dict.fromkeys((*_unfilled(parts, values, types), *(_left_to_the_reader(parts) if is_shell else ())))
    return Command(
        block=number,
        language=language,
        runs_as_it_stands=is_shell and not gaps,
        gaps=tuple(gaps)[:MOST_GAPS],
        marks=marks_of(filled),
    )


def _unfilled(parts: list[str | Hole], values: Mapping[str, str], types: Types) -> Iterator[Gap]:
    for part in parts:
        if isinstance(part, Hole) and (why := _why_not(part, values, types)):
            yield Gap(name=_plain(part.name), why=why)


def _left_to_the_reader(parts: list[str | Hole]) -> Iterator[Gap]:
    for part in parts:
        if isinstance(part, str):
            yield from (Gap(name=_plain(found[1]), why="choose-it-yourself") for found in _BY_HAND.finditer(part))


def _plain(name: str) -> str:
    return name if _NAME.fullmatch(name) else ""


def _why_not(hole: Hole, values: Mapping[str, str], types: Types) -> Why | None:
    value = values.get(hole.name)
    if value is None:
        return "not-in-the-error"
    why = refusal(value, types.get(hole.name, ()), hole.place)
    if not why:
        return None
    return "no-value-is-safe-here" if why == "place" else "value-may-not-stand-here"
