"""The tool `search_fixes`: entries by words of one's own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from kb.checks import fenced
from kb.mcp.base import ID
from kb.mcp.models import SearchAnswer, SearchResult
from kb.mcp.shortened import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.match import Result
    from kb.mcp.base import Base

MOST_RESULTS: Final = 10
BYTES_EACH: Final = 200


def search_fixes(base: Base, words: str, only: Mapping[str, str], top: int) -> SearchAnswer:
    """The entries that words find, the best first. Raises SourceError."""
    found = base.known().by_words(words, top, {name: value for name, value in only.items() if value})
    results = [result for result in found.results if ID.fullmatch(result.shown["id"])]
    texts = (shortened(f"{one.shown['title']}\nWorkaround: {one.shown['step']}", BYTES_EACH)[0] for one in results)
    return SearchAnswer(
        known=found.is_known,
        total=found.total - found.lost,
        results=tuple(_result(base, one) for one in results),
        data=fenced("\n".join(f"[{number}] {text}" for number, text in enumerate(texts, 1))) if results else "",
    )


def _result(base: Base, one: Result) -> SearchResult:
    return SearchResult(
        entry=one.shown["id"],
        page=base.address(one.shown["id"]),
        score=round(one.share, 3),
        unreviewed=one.is_draft,
        proven=_day(one.shown.get("proven", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
