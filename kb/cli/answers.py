"""Answers to a pasted error as text for a terminal, and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kb.checks import visible
from kb.match import fill_prose

if TYPE_CHECKING:
    from kb.match import Answer, Fix

LONGEST = 200
"""Characters of the matched text that are shown."""


def to_text(answer: Answer, fix: Fix | None, site: str | None) -> str:
    """An answer: how sure, which entry, the part that matched, and the first workaround with the reader's values."""
    sure = "exact " if answer.tier == "exact" else f"likely {answer.score:.0%}"
    lines = [f"{click.style(sure, fg='green' if answer.tier == 'exact' else 'yellow', bold=True)} {visible(answer.id)}"]
    if fix:
        lines.append(click.style(f"  {visible(fix['title'])}", bold=True))
    if site and site.startswith(("http://", "https://")):
        lines.append(f"  {site.rstrip('/')}/{visible(answer.id)}/")
    if fix:
        filled = fill_prose(fix["markdown"], answer.captures, fix["types"])
        lines += ["", f"  {visible(fix['step'])}", *(f"    {visible(line)}" for line in filled.splitlines())]
    return "\n".join(line.rstrip() for line in lines)


def to_data(answer: Answer, fix: Fix | None) -> dict[str, Any]:
    """An answer as JSON has it: positions count the text's characters from 0."""
    data: dict[str, Any] = {
        "id": answer.id,
        "tier": answer.tier,
        "score": round(answer.score, 4),
        "signature": answer.signature,
        "start": answer.start,
        "end": answer.end,
        "captures": answer.captures,
    }
    if fix:
        data |= {"title": fix["title"], "product": fix["product"], "summary": fix["summary"]}
        data["workaround"] = {
            "title": fix["step"],
            "markdown": fill_prose(fix["markdown"], answer.captures, fix["types"]),
        }
    return data
