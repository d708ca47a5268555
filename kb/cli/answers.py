"""Answers to a pasted error as text for a terminal, and as data."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from kb.checks import visible
from kb.match import fill_prose, proven_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.match import KnownError, Result


def to_text(known: KnownError, site: str | None, notes: Sequence[str] = ()) -> str:
    """An answer: how sure, which entry and page, what is proven, and the first workaround with the reader's values.

    `notes` are what versions say, a sentence each.
    """
    sure, color = ("exact ", "green") if known.tier == "exact" else (f"likely {known.score:.0%}", "yellow")
    lines = [f"{click.style(sure, fg=color, bold=True)} {visible(known.entry)}"]
    if known.fix:
        lines.append(click.style(f"  {visible(known.title)}", bold=True))
    if site and site.startswith(("http://", "https://")):
        lines.append(f"  {visible(known.page(site))}")
    if known.fix:
        proven = proven_line(known.fix["proven"], datetime.now(UTC).date())
        lines += [f"  {visible(line)}" for line in (*notes, proven) if line]
        filled = fill_prose(known.fix["markdown"], known.values, known.fix["types"])
        # Where proofs name workarounds by number, the one that is shown has its number, too.
        number = f"Workaround {known.fix['number']}: " if proven and known.fix["number"] else ""
        lines += [
            "",
            f"  {number}{visible(known.fix['step'])}",
            *(f"    {_with_tabs(line)}" for line in filled.splitlines()),
        ]
    return "\n".join(line.rstrip() for line in lines)


def _with_tabs(line: str) -> str:
    """A line of a workaround, in which a tab stays one: Go and Makefiles are indented by them."""
    return "\t".join(map(visible, line.split("\t")))


def result_to_text(result: Result, site: str | None) -> str:
    """What words found: which entry, its title, the first workaround's, and whether one is proven."""
    shown = result.shown
    lines = [
        click.style(visible(shown["id"]), fg="green", bold=True),
        click.style(f"  {visible(shown['title'])}", bold=True),
    ]
    if site and site.startswith(("http://", "https://")):
        lines.append(f"  {visible(site.rstrip('/'))}/{visible(shown['id'])}/")
    lines.append(f"  {visible(shown['step'])}")
    if "proven" in shown:  # which one that is, the page and `kb match` say
        lines.append(f"  A workaround is proven, {visible(shown['proven'])}")
    return "\n".join(lines)


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
        "proven": shown.get("proven"),
    }


def to_data(known: KnownError, notes: Sequence[str] = ()) -> dict[str, Any]:
    """An answer as JSON has it: positions count the text's characters from 0. `notes` are what versions say."""
    data: dict[str, Any] = {
        "id": known.entry,
        "tier": known.tier,
        "score": round(known.score, 4),
        "signature": known.signature,
        "start": known.start,
        "end": known.end,
        "captures": known.values,
        "versions": list(notes),
    }
    fix = known.fix
    if fix:
        data |= {"title": fix["title"], "product": fix["product"], "summary": fix["summary"]}
        data["workaround"] = {
            "number": fix["number"] or None,
            "title": fix["step"],
            "markdown": fill_prose(fix["markdown"], known.values, fix["types"]),
        }
        data["proven"] = list(fix["proven"])
    return data
