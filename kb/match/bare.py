"""A pasted text as its messages were written: for those who read errors without looking for a known one."""

from __future__ import annotations

from kb.match.noise import apply_edits, decode, fold, fold_without_prefixes

_ESCAPING = "\\&"
"""What an escape begins with: of a language or a shell, or of HTML."""


def without_noise(pasted: str) -> str:
    """A text without colours, escapes and other noise; its lines are those that were printed."""
    return apply_edits(pasted, decode(pasted))


def as_printed(pasted: str) -> str:
    """The same, in the lines in which it stands there: where an escape means a line break, it stays an escape."""
    edits = decode(pasted)
    return apply_edits(pasted, [edit for edit in edits if edit[2] != "\n" or pasted[edit[0]] not in _ESCAPING])


def folded_lines(clean: str) -> list[str]:
    """The lines of a text without noise, folded; blank where a logger, a frame or a gutter put something in."""
    # Only a line after another one is taken for a logger's. Folding keeps lengths, and so lines.
    text = f"\n{clean}"
    return (fold_without_prefixes(text) or fold(text))[1:].split("\n")
