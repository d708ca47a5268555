"""Where prose comes from that no person wrote: which sections a model drafted, from what, and who read them since."""

from hashlib import sha256
from typing import Annotated, Final

from pydantic import Field

from kb.entry.values import Day, Line, Value

MAX_SOURCES: Final = 100
"""Sources of one section; `kb draft` gives a model fewer."""
_DIGITS: Final = 20
"""Hexadecimal digits of a digest: far more than chance needs."""


class Review(Value):
    """Who has read a drafted section, compared it with its sources, and stands by it."""

    by: Line
    """A person's name or account."""
    day: Day


class Drafted(Value):
    """How a section came about that a model drafted."""

    model: Line
    """The model, as its server calls it."""
    day: Day
    sources: Annotated[tuple[Line, ...], Field(min_length=1, max_length=MAX_SOURCES)]
    """What the model was given and the section names: `acme/app#1`, `acme/app#1 comment 3`, `entry acme/x`."""
    text: Annotated[str, Field(pattern=r"^[0-9a-f]{20}$")]
    """A digest of what was drafted, which tells whether a person has changed it since."""
    reviewed: Review | None = None
    """Written by the person who reviewed it. Without it, the section is shown as a draft."""


class Provenance(Value):
    """The sections of an entry that a model drafted. Written by `kb draft`, but for `reviewed`."""

    summary: Drafted | None = None
    cause: Drafted | None = None
    workarounds: Drafted | None = None
    """All workarounds together."""
    guidance: Drafted | None = None
    example: Drafted | None = None
    notes: Drafted | None = None
    recommendation: Drafted | None = None

    @property
    def sections(self) -> dict[str, Drafted]:
        """Field of the model -> how it came about, in the order of the page."""
        held = ((name, getattr(self, name)) for name in type(self).model_fields)
        return {name: drafted for name, drafted in held if drafted}

    @property
    def unreviewed(self) -> frozenset[str]:
        """The sections that nobody has reviewed."""
        return frozenset(name for name, drafted in self.sections.items() if drafted.reviewed is None)

    @property
    def is_draft(self) -> bool:
        """Whether nobody has reviewed one of the sections that every entry has, of which answers are made."""
        required = self.summary, self.cause, self.workarounds
        return any(drafted is not None and drafted.reviewed is None for drafted in required)


def digest_of_draft(text: str) -> str:
    """The digest of a section's text, as `Drafted.text` has it."""
    return sha256(text.encode()).hexdigest()[:_DIGITS]
