"""Matching a text that comes in pieces or is larger than memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kb.match.values import MAX_BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.match.matcher import Answer, Matcher

WINDOW = 1 << 19
"""Characters that are matched at a time, at most."""
OVERLAP = 2 * MAX_BLOCK
"""Characters that are looked at again with the next piece: longer than any signature's place."""


def match_stream(matcher: Matcher, pieces: Iterable[str]) -> Iterator[Answer]:
    """The entries that a text shows, each once, as soon as it is certain; memory doesn't grow with the text.

    A piece is looked at when it comes, so one should hold as much as there is at the moment. `start` and `end` count
    the characters of the whole text. What is only `likely` waits until it can't become `exact` any more.
    """
    seen: set[str] = set()
    kept = ""
    offset = 0
    for piece in _divided(pieces):
        text = kept + piece
        for answer in matcher.match(text):
            wait = 0 if answer.tier == "exact" else OVERLAP
            if answer.id not in seen and answer.end + wait < len(text):
                seen.add(answer.id)
                yield replace(answer, start=offset + answer.start, end=offset + answer.end)
        kept = text[-OVERLAP:]
        offset += len(text) - len(kept)
    for answer in matcher.match(kept):
        if answer.id not in seen:
            yield replace(answer, start=offset + answer.start, end=offset + answer.end)


def _divided(pieces: Iterable[str]) -> Iterator[str]:
    for piece in pieces:
        for start in range(0, len(piece), WINDOW):
            yield piece[start : start + WINDOW]
