"""The tool `get_fix`: an entry in short, or one section of it whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kb.checks import fenced
from kb.entry import without_pictures
from kb.match import fill_prose
from kb.mcp.commands import commands_in
from kb.mcp.models import FixAnswer, WayFacts
from kb.mcp.shortened import shortened

if TYPE_CHECKING:
    from kb.mcp.base import Base
    from kb.mcp.commands import Command
    from kb.mcp.pages import Page

MOST_BYTES: Final = 24_000
"""Of a section: the longest that an entry may have, but for one in a script of three bytes a letter."""

SIGNATURES: Final = "signatures"
_WAY: Final = re.compile(r"workaround ([0-9]{1,3})")


class NoSuchSectionError(ValueError):
    """An entry has no section of this name; the text names those that it has."""


def get_fix(base: Base, entry_id: str, section: str) -> FixAnswer | None:
    """An entry, or a section; None where there is no such entry. Raises SourceError and NoSuchSectionError."""
    page = base.page(entry_id)
    if page is None:
        return None
    text, commands = _section(page, section.strip().lower()) if section.strip() else (_overview(page), ())
    shown, is_short = shortened(text, MOST_BYTES)
    return FixAnswer(
        entry=page.id,
        page=base.address(page.id),
        status=page.status,
        updated=page.updated,
        sections=sections_of(page),
        workarounds=tuple(WayFacts(number=way.number, proven=way.proven) for way in page.ways),
        commands=commands,
        shortened=is_short,
        data=fenced(shown),
    )


def sections_of(page: Page) -> tuple[str, ...]:
    """What can be asked for of an entry."""
    ways = (f"workaround {way.number}" for way in page.ways)
    return (*page.sections, *ways, *((SIGNATURES,) if page.signatures else ()))


def whole(page: Page) -> str:
    """All of an entry as one Markdown document."""
    parts = [f"# {page.title}", "## The error", *page.signatures]
    parts += (f"## {name.capitalize()}\n\n{_prose(text, page)}" for name, text in page.sections.items())
    parts += (f"## Workaround {way.number}: {way.title}\n\n{_prose(way.body, page)}" for way in page.ways)
    return "\n\n".join(parts)


def _overview(page: Page) -> str:
    ways = (f"Workaround {way.number}: {way.title}" for way in page.ways)
    return "\n".join((page.title, "", _prose(page.sections.get("summary", ""), page), "", *ways))


def _section(page: Page, name: str) -> tuple[str, tuple[Command, ...]]:
    if name == SIGNATURES:
        return "\n\n".join(page.signatures), ()
    if name in page.sections:
        return _prose(page.sections[name], page), commands_of(page.sections[name], page)
    found = _WAY.fullmatch(name)
    way = next((way for way in page.ways if found and way.number == int(found[1])), None)
    if way is None:
        raise NoSuchSectionError(f"{page.id} has no such section. It has: {', '.join(sections_of(page))}.")
    return f"{way.title}\n\n{_prose(way.body, page)}", commands_of(way.body, page)


def commands_of(markdown: str, page: Page) -> tuple[Command, ...]:
    """The blocks of code of a part of an entry, where nobody's values are known."""
    return commands_in(without_pictures(markdown), {}, page.types)


def _prose(markdown: str, page: Page) -> str:
    """A section with its placeholders shown as such: here nobody's values are known."""
    return fill_prose(without_pictures(markdown), {}, page.types)
