"""How an error is provoked and its workarounds are tried (`proof:`), and what came of it (`proved:`)."""

from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from kb.entry.bounds import MAX_COMBINATIONS, MAX_LINE, MAX_NAMES, MAX_RECIPE_FILES, MAX_TEXT, MAX_WORKAROUNDS
from kb.entry.values import Count, Day, Line, Text, Value
from kb.entry.versions import ToolName, Version

LATEST: Final = "latest"
"""As a version: the newest that a registry has, or of which a copy is found."""
INSTALLED: Final = "installed"
"""As a version: the one that is there, of a program that is looked for on the machine."""

FileName = Annotated[str, Field(min_length=1, max_length=200)]
FileText = Annotated[str, Field(max_length=MAX_TEXT)]
"""Content to the letter, the line end at its end too."""
MAX_BLOCK: Final = 100


def _as_list(value: object) -> object:
    return value if isinstance(value, list | tuple) else (value,)


def _block_or_text(value: object) -> bool | int | str:
    """A block of the workaround's code, `true` for its first one, or text."""
    if value is True or (isinstance(value, str) and len(value) <= MAX_TEXT):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_BLOCK:
        return value
    raise PydanticCustomError("block", "Must be text, `true`, or the number of a block of the workaround's code")


def _number_or_title(value: object) -> int | str:
    if isinstance(value, str) and 0 < len(value) <= MAX_LINE:
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_WORKAROUNDS:
        return value
    raise PydanticCustomError("workaround", "Must be the number of a workaround, from 1, or its title")


ServiceName = Literal["https-self-signed", "http", "mariadb", "postgresql", "redis", "sshd"]
"""Servers of the library: `kb/proofs/services.py` has their set-ups."""
Versions = Annotated[
    tuple[Version, ...],
    Field(min_length=1, max_length=MAX_COMBINATIONS),
    BeforeValidator(_as_list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]
"""A version, or a list of them."""
BlockOrText = Annotated[
    bool | int | str,
    PlainValidator(_block_or_text),
    WithJsonSchema({"anyOf": [{"const": True}, {"type": "integer", "minimum": 1}, {"type": "string"}]}),
]
NumberOrTitle = Annotated[
    int | str,
    PlainValidator(_number_or_title),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string"}]}),
]


class RecipeFix(Value):
    """How a workaround is tried: what is done, and what succeeds after it and fails before it."""

    workaround: NumberOrTitle
    """The workaround's number, from 1, or its title."""
    change: Annotated[dict[FileName, BlockOrText], Field(max_length=MAX_RECIPE_FILES)] = Field(default_factory=dict)
    """Files with other content: as text, or as a block of the workaround's code."""
    run: BlockOrText | None = None
    """Commands: a block of the workaround's code, with the values of the error filled in, or others."""
    with_: Annotated[dict[ToolName, Version], Field(max_length=20, alias="with")] = Field(default_factory=dict)
    """Other versions of tools, where the workaround is to use them."""
    values: Annotated[dict[Line, Line], Field(max_length=MAX_NAMES)] = Field(default_factory=dict)
    """What a reader has to put in: `{"<your-name>": user}`, each text of the code with what stands for it."""
    check: Text | None = None
    """The command that fails before and succeeds after. Without one it is `provoke`."""


class Recipe(Value):
    """What provokes the error, with which versions of which tools, and what shows that a workaround helps."""

    unprovable: Line | None = None
    """Why no machine can try it; then nothing else is said."""
    with_: Annotated[dict[ToolName, Versions], Field(max_length=20, alias="with")] = Field(default_factory=dict)
    """Tools and their versions: each combination is tried. `python`, `node`, a program, `pypi/NAME` or `npm/NAME`."""
    packages: Annotated[dict[Literal["pypi", "npm"], tuple[Line, ...]], Field(max_length=2)] = Field(
        default_factory=dict
    )
    """What `pip` and `npm` find when they are asked for it without a network: `{pypi: [requests==2.32.3]}`."""
    services: Annotated[tuple[ServiceName, ...], Field(max_length=10)] = ()
    """Servers that run beside it, by their names in the library of services: `https-self-signed`."""
    files: Annotated[dict[FileName, FileText], Field(max_length=MAX_RECIPE_FILES)] = Field(default_factory=dict)
    """Files of the folder in which everything runs."""
    setup: Text | None = None
    """Commands that have to succeed before."""
    provoke: Text | None = None
    """The command that prints the error."""
    exit: Annotated[int, Field(ge=0, le=255, strict=True)] | None = None
    """The exit code with which it does. Without one, any but 0."""
    fixes: Annotated[tuple[RecipeFix, ...], Field(max_length=MAX_WORKAROUNDS)] = ()
    skip: Annotated[dict[Line, Line], Field(max_length=MAX_COMBINATIONS)] = Field(default_factory=dict)
    """Combinations that can't be, and why: `{"python 3.13, pip 20.3.4": "that pip doesn't start there"}`."""


class ErrorOutcome(StrEnum):
    """What came of provoking the error with one combination of versions."""

    PROVOKED = "provoked"
    """This entry's signature matches the output exactly, no other comes first, and the exit code is as said."""
    ABSENT = "absent"
    """The command succeeded: this version does not have the error."""
    OTHER = "other"
    """It failed, and this entry is not what its output shows."""
    STOPPED = "stopped"
    """A bound of the sandbox stopped it."""
    SKIPPED = "skipped"
    NOT_TRIED = "not-tried"
    """A tool could not be had, or what has to be before failed."""


class FixOutcome(StrEnum):
    """What came of a workaround."""

    PROVEN = "proven"
    """The check fails before it and succeeds after it."""
    FAILED = "failed"
    """The check fails after it, too."""
    NEEDLESS = "needless"
    """The check succeeds without it."""
    STOPPED = "stopped"
    NOT_TRIED = "not-tried"


class ProvedFix(Value):
    """What came of one workaround with one combination of versions."""

    workaround: Count
    """Its number, from 1."""
    outcome: FixOutcome


class ProvedRun(Value):
    """What came of one combination of versions."""

    with_: Annotated[dict[ToolName, Version], Field(max_length=20, alias="with")] = Field(default_factory=dict)
    """The versions that there were."""
    latest: Annotated[tuple[ToolName, ...], Field(max_length=20)] = ()
    """The tools of which it was the newest one that was asked for."""
    platform: Line
    day: Day
    error: ErrorOutcome
    why: Line | None = None
    """Where the error was not provoked: what is known of it."""
    signature: Count | None = None
    """The number of the signature that the message matched, from 1."""
    line: Text | None = None
    """How the message read, with `…` for what is another at each run."""
    fixes: Annotated[tuple[ProvedFix, ...], Field(max_length=MAX_WORKAROUNDS)] = ()


class Record(Value):
    """What `kb prove --record` found. Written by the command alone."""

    recipe: Line
    """Digest of the recipe and the signatures that it was found with."""
    seal: Line
    """Digest of all that stands here."""
    runs: Annotated[tuple[ProvedRun, ...], Field(max_length=MAX_COMBINATIONS * 4)] = ()
