"""Line breaks of a pasted text: those of the message, and those that a terminal or a box put in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kb.match.anew import begins_anew, ends_block
from kb.match.noise import prefix_end
from kb.match.words import is_of_word

if TYPE_CHECKING:
    from collections.abc import Iterator

MIN_WIDTH = 16
"""Columns that a terminal has at the least: a shorter line was not wrapped."""
SEEN = 1000
"""Characters of a line that are looked at: a longer line was not wrapped by anything."""

USUAL = frozenset({80, 100, 120, 132, 160, 200})
"""Columns that terminals have: a line just so long was probably cut."""
_NUMBERS = re.compile(r"[0-9]+")
_DIGITS = frozenset("0123456789")
FRAME_ENDS = frozenset({"\u2502\n", "\u2503\n", "|\n"})
"""Right-hand frames, with the line end after them."""


def width(folded: str, at: int) -> int:
    """Columns that the line ending at `at` fills, gutter counted."""
    start = folded.rfind("\n", max(0, at - SEEN), at) + 1
    return len(folded[max(start, at - SEEN) : at].rstrip(" "))


def cut_lines(folded: str) -> Iterator[int]:
    """The ends of lines that may have been cut inside a word.

    Such a line is full, so the next one has no more than fits; the first line may have lost its start. Cuts between a
    letter and a digit are too rare to look for.
    """
    before = ""
    end = start = lines = 0
    split = folded.split("\n")
    any_full = max(map(len, split)) >= MIN_WIDTH
    for line in split:
        if lines > 1 and not any_full:
            return
        # After the first line, of two short ones neither was cut.
        if lines > 1 and len(before) < MIN_WIDTH and len(line) < MIN_WIDTH:
            start += len(line) + 1
            continue
        full = line.rstrip(" ")
        if full:
            could_be_full = lines == 1 or len(before) >= MIN_WIDTH
            if could_be_full and _is_one_word(before, full) and (lines == 1 or _has_no_room(before, full)):
                yield end
            before, end = full, start + len(full)
            lines += 1
        start += len(line) + 1


def _is_one_word(before: str, after: str) -> bool:
    """Whether one line's last word and the next one's first may be one."""
    last, first = before[-1], after.lstrip(" ")[0]
    if not is_of_word(last) or not is_of_word(first):
        return False
    if (last in _DIGITS) != (first in _DIGITS):
        return False
    return first not in _DIGITS or not prefix_end(after)


def _has_no_room(before: str, after: str) -> bool:
    """Whether a line was too long for the next one's first word."""
    first, _, _ = after.lstrip(" ").partition(" ")
    return len(before) >= MIN_WIDTH and len(after) <= len(before) + 1 + len(first)


def may_be_wrapped(folded: str, newline: int) -> bool:
    """Whether the line before a line break could be one that was too long to go on.

    It was if the next line's first word had no room left; a next line that is longer shows that there was room. Two
    lines that begin with the same word, whatever its numbers are, are two messages of a log. What is indented further,
    or begins something of its own, doesn't go on with anything.
    """
    before = width(folded, newline)
    if before < MIN_WIDTH:
        return False
    end = folded.find("\n", newline + 1, newline + SEEN)
    after = folded[newline + 1 : end if end >= 0 else newline + SEEN].rstrip(" ")
    content = after.lstrip(" ")
    first, _, _ = content.partition(" ")
    if not first or first.startswith("'''") or prefix_end(after) or len(after) > before + 1 + len(first):
        return False
    start = max(folded.rfind("\n", max(0, newline - SEEN), newline) + 1, newline - SEEN)
    own = folded[start:newline]
    own_first, _, _ = own.lstrip(" ").partition(" ")
    if _NUMBERS.sub("", own_first) == _NUMBERS.sub("", first):
        return False
    # One blank more is what stood where the line was cut.
    return len(after) - len(content) <= len(own) - len(own.lstrip(" ")) + 1 and not begins_anew(content)


def goes_on_anew(folded: str, newline: int) -> bool:
    """Whether the next line that isn't blank begins something of its own."""
    rest = folded[newline + 1 : newline + 1 + SEEN].lstrip(" \n")
    return begins_anew(rest.partition("\n")[0])


def block_end(folded: str, start: int, end: int) -> int:
    """Where a block of lines ends: before the first, but for its very first, that can't be one of a value's."""
    at = folded.find("\n", start, end)
    while at >= 0:
        after = folded.find("\n", at + 1, end)
        if ends_block(folded[at + 1 : after if after >= 0 else end]):
            return at
        at = after
    return end


def is_wrapped(clean: str, folded: str, newline: int, columns: int) -> bool:
    """Whether a line that ends here was broken because lines of this text have so many columns (0: unknown)."""
    if fills_frame(clean, folded, newline):
        return True
    if folded[newline : newline + 1] != "\n" or not may_be_wrapped(folded, newline):
        return False
    own = width(folded, newline)
    if not columns:
        # A blank may stand where the line was cut.
        is_cut_at_blank = clean[newline - 1] == " " and own + 1 in USUAL
        return own in USUAL or is_cut_at_blank or own in _neighbours(folded, newline)
    first = folded[newline + 1 : newline + 1 + SEEN].split(maxsplit=1)
    return own + 1 + len(first[0]) > columns


def fills_frame(clean: str, folded: str, newline: int) -> bool:
    """Whether a line reaches the frame at its right, inside which it was cut."""
    return clean[newline - 1 : newline + 1] in FRAME_ENDS and folded[max(0, newline - 3) : newline].strip(" ") != ""


def glue(clean: str, folded: str, newline: int, *, one_word: bool) -> str:
    """What stood where a line was broken: nothing if lines were cut at one column, a space if between words.

    `one_word` says that nothing else tells the value from a single word.
    """
    if clean[newline - 1] == " ":
        return " "
    start = folded.rfind("\n", max(0, newline - SEEN), newline)
    if _indent(folded, newline) == _indent(folded, start) + 1:
        # The column at which lines were cut was that of a space.
        return " "
    if fills_frame(clean, folded, newline):
        return ""
    own = width(folded, newline)
    others = _neighbours(folded, newline)
    if own < max(others, default=0):
        return " "
    return "" if one_word or own in others or own in USUAL else " "


def _indent(folded: str, newline: int) -> int:
    """Blanks that the line after a line break begins with."""
    line = folded[newline + 1 : newline + 1 + SEEN]
    return len(line) - len(line.lstrip(" "))


def _neighbours(folded: str, newline: int) -> list[int]:
    """How wide the lines before and after a line are."""
    before = folded.rfind("\n", max(0, newline - SEEN), newline)
    after = folded.find("\n", newline + 1, newline + SEEN)
    return [width(folded, at) for at in (before, after) if at >= 0]


def line_start(clean: str, at: int, reach: int) -> int:
    """Where the line of `at` begins, or `reach` characters before `at`."""
    return max(clean.rfind("\n", max(0, at - reach), at) + 1, at - reach, 0)


def line_end(clean: str, at: int, reach: int) -> int:
    """Where the line of `at` ends, or `reach` characters after `at`."""
    end = clean.find("\n", at, at + reach)
    return end if end >= 0 else min(len(clean), at + reach)


def contents(clean: str, folded: str, start: int, end: int) -> list[str]:
    """The lines of a part of a text without what is blank in its folded form: indents, gutters, frames, prefixes."""
    found: list[str] = []
    for line in clean[start:end].split("\n"):
        seen = folded[start : start + len(line)].rstrip(" ")
        text = line[len(seen) - len(seen.lstrip(" ")) : len(seen)]
        if text:
            found.append(text)
        start += len(line) + 1
    return found
