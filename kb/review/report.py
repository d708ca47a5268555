"""What a pull request changes, as a value that crosses from an untrusted run to a trusted one: strict and bounded."""

from typing import Annotated, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

MAX_BYTES: Final = 1_000_000
"""Largest report that is read."""
MAX_ITEMS: Final = 300
"""Most entries of a kind that a report names; `Report.left_out` counts the others."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,80}/[a-z0-9-]{1,80}$")]
Address = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9._:!-]{1,253}(/[A-Za-z0-9._!-]{1,110}){1,24}$", max_length=400)
]
"""An address on the site, without the slashes around it: an entry's id, or one that is named after an issue."""
File = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,80}/[a-z0-9-]{1,80}\.(md|ya?ml)$")]
Title = Annotated[str, StringConstraints(max_length=300)]
Part = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,30}$")]


class ReportError(Exception):
    """A report can't be read; the text says why."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Known(_Value):
    """An entry that there was before, found in an example of a new one."""

    id: Id
    file: File
    title: Title
    tier: Literal["exact", "likely"]
    score: Annotated[float, Field(ge=0, le=1)]


class New(_Value):
    """An entry that there was not before."""

    id: Id
    file: File
    title: Title
    known: Annotated[tuple[Known, ...], Field(max_length=5)] = ()
    """Entries that its examples lead to already, the best first."""


class Changed(_Value):
    """An entry that says something else now."""

    id: Id
    file: File
    title: Title
    former_title: Title | None = None
    """The title that it had, if it has another one."""
    parts: Annotated[tuple[Part, ...], Field(max_length=40)]
    """Names of the fields that differ."""
    first_step: Title | None = None
    """The workaround that comes first now, if another one did before."""


class Renamed(_Value):
    """An entry that has another id now."""

    id: Id
    file: File
    title: Title
    former_id: Id
    keeps_address: bool
    """Whether its former address leads to it."""


class Removed(_Value):
    """An entry that is no more."""

    id: Id
    title: Title
    leads_to: Id | None = None
    """The entry that its address leads to from now on."""


class Redirect(_Value):
    """An address that leads to an entry, and led nowhere or elsewhere before."""

    address: Id
    id: Id


class Moved(_Value):
    """An address that led to an entry, or to the one that took its place, and leads to another from now on."""

    address: Address
    former_id: Id
    id: Id


class Translated(_Value):
    """A translation that is new, changed or gone, or whose entry changed."""

    id: Id
    """The entry's."""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")]
    change: Literal["new", "changed", "removed", "kept"]
    is_older: bool = False
    """Whether it may not say what its entry says now."""


class Waived(_Value):
    """A rule that an entry waives, and did not before, or for another reason."""

    id: Id
    code: Annotated[str, StringConstraints(pattern=r"^KB[0-9]{3}$")]
    reason: Annotated[str, StringConstraints(max_length=2_000)]


class Report(_Value):
    """What changes between a commit and the files at hand. Addresses have slashes around them on the site."""

    version: Literal[1] = 1
    new: Annotated[tuple[New, ...], Field(max_length=MAX_ITEMS)] = ()
    changed: Annotated[tuple[Changed, ...], Field(max_length=MAX_ITEMS)] = ()
    renamed: Annotated[tuple[Renamed, ...], Field(max_length=MAX_ITEMS)] = ()
    removed: Annotated[tuple[Removed, ...], Field(max_length=MAX_ITEMS)] = ()
    vanished: Annotated[tuple[Address, ...], Field(max_length=MAX_ITEMS)] = ()
    """Addresses that would lead nowhere."""
    moved: Annotated[tuple[Moved, ...], Field(max_length=MAX_ITEMS)] = ()
    redirects: Annotated[tuple[Redirect, ...], Field(max_length=MAX_ITEMS)] = ()
    waived: Annotated[tuple[Waived, ...], Field(max_length=MAX_ITEMS)] = ()
    translations: Annotated[tuple[Translated, ...], Field(max_length=MAX_ITEMS)] = ()
    unreadable: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    """Changed files that are no entries, for a reason that `kb check` gives."""
    left_out: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    """Entries and addresses beyond `MAX_ITEMS` of a kind."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing of interest changes."""
        return self == Report()


def read_report(content: bytes) -> Report:
    """The report that JSON says. It may come from anyone. Raises ReportError."""
    return read_value(Report, content)


Read = TypeVar("Read", bound=BaseModel)


def read_value(kind: type[Read], content: bytes) -> Read:
    """The value of this kind that JSON says, at most `MAX_BYTES` of it. Raises ReportError."""
    if len(content) > MAX_BYTES:
        raise ReportError(f"the report is larger than {MAX_BYTES:,} bytes")
    try:
        return kind.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the report"
        raise ReportError(f"{where}: {first['msg']}") from None
