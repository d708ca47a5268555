"""Values that entries are made of: text, lines, days, counts, names; and what all models have in common."""

import re
from datetime import date, datetime
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from kb.entry.bounds import MAX_LINE, MAX_TEXT
from kb.entry.issue_ref import REPOSITORY
from kb.entry.markdown import trimmed

_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")


def _trim(value: object) -> object:
    """Text without blank lines around it: a YAML block ends with a line break, a Markdown section does not."""
    return trimmed(value) if isinstance(value, str) else value


def _no_number(value: object) -> object:
    """Refuse what would be taken for seconds since 1970: a number, or text that is one."""
    if isinstance(value, bool | int | float) or (isinstance(value, str) and not _DATE.match(value)):
        raise PydanticCustomError("day", "must be a day")
    return value


Text = Annotated[str, Field(min_length=1, max_length=MAX_TEXT), BeforeValidator(_trim)]
Line = Annotated[
    str, StringConstraints(strip_whitespace=True), Field(min_length=1, max_length=MAX_LINE, pattern=r"^[^\n]*$")
]
Code = Annotated[Line, Field(max_length=80)]
"""No longer than a slug: a code names a page, and so a folder."""
LanguageTag = Annotated[
    str,
    Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$", examples=["de", "pt-BR", "zh-Hans"]),
]
"""A language as BCP 47 names it: language, script, region, in the case that it recommends."""
Day = Annotated[date, BeforeValidator(_no_number)]
Time = Annotated[datetime, BeforeValidator(_no_number)]


def _not_index(slug: str) -> str:
    if slug == "index":
        raise ValueError("'index' is the address of the list of them all")
    return slug


Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80), AfterValidator(_not_index)]
LONGEST_SLUG: Final = 80
"""A file's name has room for 255 bytes, and so many addresses and file names are made from a slug."""


def _has_room(entry_id: str) -> str:
    if max(map(len, entry_id.split("/"))) > LONGEST_SLUG:
        raise ValueError(f"a part of it is longer than {LONGEST_SLUG} characters")
    return entry_id


EntryId = Annotated[
    str,
    Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$", examples=["pip/hash-mismatch"]),
    AfterValidator(_has_room),
]
Repository = Annotated[str, Field(pattern=rf"^{REPOSITORY}$")]
WebUrl = Annotated[str, Field(pattern=r"^https?://[^\s/@]+(/\S*)?$", max_length=500)]
TapKey = Annotated[
    str,
    StringConstraints(
        pattern=r"^(?:(?:works|easy_fix|time_saver|blocking|common_issue|flaky|verified|helpful|unhelpful)"
        r"|works@[a-z0-9]+(?:-[a-z0-9]+)*)$",
        max_length=80,
    ),
]
"""A signal, and after `@` the workaround that it is about."""
Count = Annotated[int, Field(ge=0, le=1_000_000_000, strict=True)]


class Value(BaseModel):
    """A frozen value that takes no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, defer_build=False)
