"""An entry as an answer shows it, whichever base it comes from: its sections as Markdown, and its workarounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from kb.entry import Proven, ordered_steps
from kb.match import types_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.entry import Entry
    from kb.match import Types

SECTIONS: Final = ("summary", "cause", "guidance", "example", "notes", "recommendation")
"""Sections besides workarounds, in the order in which an entry has them."""


@dataclass(frozen=True, slots=True)
class Way:
    """A workaround: its number is its place in the entry's file, whatever comes first."""

    number: int
    title: str
    body: str
    proven: str
    """The day on which a machine last proved it; empty where none did."""


@dataclass(frozen=True, slots=True)
class Page:
    """An entry's texts. All of them are strangers' words."""

    id: str
    title: str
    status: str
    updated: str
    signatures: tuple[str, ...]
    sections: Mapping[str, str]
    """Name -> Markdown, of those that the entry has."""
    ways: tuple[Way, ...]
    """The one to try first at the beginning."""

    @property
    def types(self) -> Types:
        """The types of the placeholders that stand in the texts."""
        return types_of(self.signatures)


def page_of(entry: Entry) -> Page:
    """The page of an entry that was read from its file."""
    proven = Proven(entry)
    days = {number: proof.day.isoformat() for number, proof in proven.proofs.items()}
    return Page(
        id=entry.id,
        title=entry.title,
        status=entry.status.value,
        updated=entry.updated.isoformat(),
        signatures=tuple(signature.text for signature in entry.signatures),
        sections={name: text for name in SECTIONS if (text := getattr(entry, name))},
        ways=tuple(
            Way(step.number, step.workaround.title, step.workaround.body, days.get(step.number, ""))
            for step in ordered_steps(entry, proven)
        ),
    )


class _Said(BaseModel):
    """A part of what a site's file says; what a later release adds is not looked at."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _SiteProof(_Said):
    day: str = ""


class _SiteWay(_Said):
    number: int
    title: str
    body: str
    proven: _SiteProof | None = None


class _SiteSignature(_Said):
    text: str


class _SitePage(_Said):
    """`api/v1/entries/<product>/<slug>.json`, as `kb.site.api.EntryData` writes it."""

    id: str
    title: str
    status: str
    updated: str
    signatures: tuple[_SiteSignature, ...]
    workarounds: tuple[_SiteWay, ...]
    summary: str
    cause: str
    guidance: str | None = None
    example: str | None = None
    notes: str | None = None
    recommendation: str | None = None


def page_from_site(content: bytes) -> Page:
    """The page of an entry from the file of a site. Raises ValueError for what is none."""
    try:
        said = _SitePage.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise ValueError(f"{'.'.join(map(str, first['loc'])) or 'the file'}: {first['msg']}") from None
    return Page(
        id=said.id,
        title=said.title,
        status=said.status,
        updated=said.updated,
        signatures=tuple(signature.text for signature in said.signatures),
        sections={name: text for name in SECTIONS if (text := getattr(said, name))},
        ways=tuple(
            Way(way.number, way.title, way.body, way.proven.day if way.proven else "") for way in said.workarounds
        ),
    )
