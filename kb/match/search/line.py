"""Pasted or said, and which line of something pasted says what is wrong. The twin is `line.js`."""

from __future__ import annotations

import re
from typing import Final

from kb.match.bare import folded_lines, without_noise

ERROR_LENGTH: Final = 60
"""A text of so many characters is an error that was pasted, and not words to search by."""
LOOKED_AT: Final = 20_000
"""Characters at the end of a text that are looked at: what is wrong stands there."""

_WRONG: Final = re.compile(
    r"\b(?:err|error|fatal|panic|exception|failed|failure|cannot|can't|denied|refused|invalid)\b",
    re.ASCII,
)


def is_pasted(text: str) -> bool:
    """Whether a text is an error to be matched, and not words to be looked up."""
    text = text.strip()
    return "\n" in text or len(text) >= ERROR_LENGTH


def telling_line(text: str) -> str:
    """The last line that says that something is wrong; the last one where none does."""
    lines = [line.strip() for line in folded_lines(without_noise(text[-LOOKED_AT:]))]
    lines = [line for line in lines if line]
    return next((line for line in reversed(lines) if _WRONG.search(line)), lines[-1] if lines else "")
