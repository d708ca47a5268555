"""Text that went through the wrong encoding."""

import re
from collections.abc import Iterator
from typing import Final

from kb.checks.edit import Edit
from kb.checks.prefilter import Prefilter
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.shape import prose_lines
from kb.entry import Position, Source

_PREFILTER: Final = Prefilter("\u00c3|\u00c2|\u00e2\u20ac|\ufffd")
"""What UTF-8 turns into when it is read as Windows-1252: one of these is in nearly all of it."""
_GARBLED: Final = re.compile(
    "\ufffd+|(?:[\u00c2\u00c3][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
    "|\u00e2\u20ac[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122])+"
)


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    if not _PREFILTER.lets_pass(source.text):
        return
    # Code and examples may show just this: it is what some errors are about.
    for number, line in prose_lines(source):
        for found in _GARBLED.finditer(line):
            start = source.body_position(Position(number, found.start() + 1))
            meant = _meant(found[0])
            hint = f"Write {meant!r}." if meant else "Look up what stood there, and save the file as UTF-8."
            edits: tuple[Edit, ...] = ()
            if meant and not source.blocks:
                edits = (Edit(start, Position(start.line, start.column + len(found[0])), meant),)
            yield Finding(start, f"garbled text: {found[0]!r}", hint, edits)


def _meant(garbled: str) -> str | None:
    """The text before UTF-8 was taken for Windows-1252."""
    try:
        meant = garbled.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return meant if meant.isprintable() else None


RULE = Rule(
    code="KB113",
    name="garbled-text",
    family=Family.FORMAT,
    summary="Prose holds text that was saved in one encoding and read in another, or what is left of such text.",
    why="Readers see `donâ€™t` instead of `don’t` and wonder what else went wrong with the page.",
    fix="Write the characters that were meant, and set the editor to UTF-8.",
    mended="Restores UTF-8 that was taken for Windows-1252.",
    bad="The server wonâ€™t start.",
    good="The server won’t start.",
    in_source=_check,
)
