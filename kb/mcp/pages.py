"""An entry as an answer shows it, whichever base it comes from: its sections as Markdown, and its workarounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from kb.entry import Proven, Status, ordered_steps
from kb.match import UNREVIEWED, types_of

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from kb.entry import Entry
    from kb.match import Fix, Types

SECTIONS: Final = ("summary", "cause", "guidance", "example", "notes", "recommendation")
"""Sections besides workarounds, in the order in which an entry has them."""


@dataclass(frozen=True, slots=True)
class Way:
    """A workaround: its number is its place in the entry's file, whatever comes first."""

    number: int
    title: str
    body: str
    proven: date | None
    """The day on which a machine last proved it; None where none did."""


@dataclass(frozen=True, slots=True)
class Page:
    """An entry's texts. All of them are strangers' words."""

    id: str
    title: str
    status: Status | None
    updated: date | None
    """None, as the status, where a site publishes no more of an entry than its first workaround."""
    signatures: tuple[str, ...]
    types: Types
    """Of the placeholders that stand in the texts."""
    sections: Mapping[str, str]
    """Name -> Markdown, of those that the entry has."""
    ways: tuple[Way, ...]
    """The one to try first at the beginning."""


def page_of(entry: Entry) -> Page:
    """The page of an entry that was read from its file."""
    proven = Proven(entry)
    days = {number: proof.day for number, proof in proven.proofs.items()}
    return Page(
        id=entry.id,
        title=entry.title,
        status=entry.status,
        updated=entry.updated,
        signatures=tuple(signature.text for signature in entry.signatures),
        types=types_of(signature.text for signature in entry.signatures),
        sections=_sections(entry, entry.unreviewed),
        ways=tuple(
            Way(
                step.number,
                step.workaround.title,
                _marked(step.workaround.body, "workarounds", entry.unreviewed),
                days.get(step.number),
            )
            for step in ordered_steps(entry, proven)
        ),
    )


def page_of_fix(fix: Fix) -> Page:
    """The page of an entry of which a site has what answers show, and nothing else."""
    days = {proof["workaround"]: date.fromisoformat(proof["day"]) for proof in fix["proven"]}
    number = fix["number"] or 1
    return Page(
        id=fix["id"],
        title=fix["title"],
        status=None,
        updated=None,
        signatures=(),
        types=fix["types"],
        sections={"summary": fix["summary"]},
        ways=(Way(number, fix["step"], fix["markdown"], days.get(number)),),
    )


def _sections(said: Entry | _SitePage, unreviewed: Container[str]) -> dict[str, str]:
    return {name: _marked(text, name, unreviewed) for name in SECTIONS if (text := getattr(said, name))}


def _marked(text: str, section: str, unreviewed: Container[str]) -> str:
    """A section's text, and before it that a model drafted it, where nobody has reviewed it."""
    return f"{UNREVIEWED}\n\n{text}" if section in unreviewed else text


class _Said(BaseModel):
    """A part of what a site's file says; what a later release adds is not looked at."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _SiteProof(_Said):
    day: date


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
    status: Status
    updated: date
    signatures: tuple[_SiteSignature, ...]
    workarounds: tuple[_SiteWay, ...]
    summary: str
    cause: str
    guidance: str | None = None
    example: str | None = None
    notes: str | None = None
    recommendation: str | None = None
    unreviewed: tuple[str, ...] = ()


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
        types=types_of(signature.text for signature in said.signatures),
        sections=_sections(said, said.unreviewed),
        ways=tuple(
            Way(
                way.number,
                way.title,
                _marked(way.body, "workarounds", said.unreviewed),
                way.proven.day if way.proven else None,
            )
            for way in said.workarounds
        ),
    )
