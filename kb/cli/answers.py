"""Answers to a pasted error as text for a terminal, and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kb.checks import visible
from kb.match import fill_prose

if TYPE_CHECKING:
    from kb.match import KnownError, Result


def to_text(known: KnownError, site: str | None) -> str:
    """An answer: how sure, which entry, where its page is, and the first workaround with the reader's values."""
    sure, color = ("exact ", "green") if known.tier == "exact" else (f"likely {known.score:.0%}", "yellow")
    lines = [f"{click.style(sure, fg=color, bold=True)} {visible(known.entry)}"]
    if known.fix:
        lines.append(click.style(f"  {visible(known.title)}", bold=True))
    if site and site.startswith(("http://", "https://")):
        lines.append(f"  {visible(known.page(site))}")
    if known.fix:
        filled = fill_prose(known.fix["markdown"], known.values, known.fix["types"])
        lines += ["", f"  {visible(known.fix['step'])}", *(f"    {visible(line)}" for line in filled.splitlines())]
    return "\n".join(line.rstrip() for line in lines)


def result_to_text(result: Result, site: str | None) -> str:
    """What words found: which entry, its title, and the first workaround's."""
    shown = result.shown
    lines = [
        click.style(visible(shown["id"]), fg="green", bold=True),
        click.style(f"  {visible(shown['title'])}", bold=True),
    ]
    if site and site.startswith(("http://", "https://")):
        lines.append(f"  {visible(site.rstrip('/'))}/{visible(shown['id'])}/")
    return "\n".join((*lines, f"  {visible(shown['step'])}"))


def result_to_line(result: Result) -> str:
    """The same in one line."""
    return f"  {visible(result.shown['id'])}: {visible(result.shown['title'])}"


def result_to_data(result: Result, *, is_known: bool) -> dict[str, Any]:
    """The same as JSON has it; where nothing is known it is only what comes nearest."""
    shown = result.shown
    return {
        "id": shown["id"],
        "tier": "words",
        "known": is_known,
        "score": round(result.share, 4),
        "title": shown["title"],
        "product": shown["product"],
        "workaround": {"title": shown["step"]},
    }


def to_data(known: KnownError) -> dict[str, Any]:
    """An answer as JSON has it: positions count the text's characters from 0."""
    data: dict[str, Any] = {
        "id": known.entry,
        "tier": known.tier,
        "score": round(known.score, 4),
        "signature": known.signature,
        "start": known.start,
        "end": known.end,
        "captures": known.values,
    }
    fix = known.fix
    if fix:
        data |= {"title": fix["title"], "product": fix["product"], "summary": fix["summary"]}
        data["workaround"] = {
            "title": fix["step"],
            "markdown": fill_prose(fix["markdown"], known.values, fix["types"]),
        }
    return data
