"""The telling lines of a log, or of what somebody wrote about an error: its messages, without what surrounds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.match import as_printed, fold, folded_lines, without_noise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_BLOCKS: Final = 12
MAX_LINE: Final = 2000
"""Characters of a line that are looked at: a longer one is data."""
MAX_CONTINUED: Final = 6
"""Lines that follow a telling one and are a part of its message."""
MAX_FRAMES: Final = 60
"""Lines of a traceback, before its last one, that are looked at."""
_SEEN: Final = 400_000
"""Characters of a text that are looked at: of a longer one the start and, where logs fail, more of the end."""

_FENCE: Final = re.compile(r"^[ \t]{0,3}(`{3,}|~{3,})")
_SURE: Final = re.compile(
    r"(?:##\[error\]|::error[^:]{0,200}::|[\u2716\u2718\u00d7x] |npm err(?:or|!) |e: "
    r"|\[?(?:error|fatal|panic|critical|emerg)\]?(?:\[\w+\])?\s?[:!]|thread '.{1,80}' panicked|exception in thread"
    r"|caused by: |uncaught |unhandled |segmentation fault|bus error|killed$|abort(?:ed|ing)?\b|command failed"
    r"|curl: \([0-9]+\)"
    # Names of exceptions; places in a source file; names of programs.
    r"|[\w.$]{1,80}(?:error|exception|warning|fault|failure|interrupt|exit)(?: \[\w+\])?(?::|$| \()"
    r"|[\w./\\ -]{1,200}:[0-9]{1,7}(?::[0-9]{1,7})?: (?:fatal )?error[: ]"
    r"|[\w./\\ -]{1,200}(?:\([0-9,]{1,15}\)|:[0-9]+:[0-9]+)(?: -|:) error "
    r"|[\w.-]{1,40}: (?:error|fatal)[: ])"
)
_LIKELY: Final = re.compile(
    r"\b(?:errors?|fatal|exception|panic(?:ked)?|failed|failure|denied|cannot|can't|could not|couldn't|unable to"
    r"|not found|no such|refused|invalid|undefined|unknown|unexpected|unsupported|not supported|timed out|timeout"
    r"|expired|missing|does not exist|doesn't exist|not permitted|forbidden|unauthorized|rejected|already in use"
    r"|out of memory|mismatch|conflict|e[a-z]{4,12}(?=[:,])|ts[0-9]{4}|e[0-9]{3,4})\b"
)
_NOT: Final = re.compile(
    r"^(?:at [\w$.<]|file '|traceback \(|npm err(?:or|!) (?:a complete log|\s+/|at )|0 errors?|no errors?|\$ |> |#"
    r"|\d+ (?:passed|warnings?)|debug\b|\[debug\]|info\b|\[info\]|hint:|note:|help:|see |for (?:more|help))"
)
_TRACEBACK: Final = re.compile(r"^traceback \(most recent call last\):")
_FRAME: Final = re.compile(r"^file '[^']+', line [0-9]+")
_MARKS: Final = re.compile(r"[ |]*[\^~][ |^~_-]*")
"""What a compiler or interpreter writes below a line of a source file that it shows."""
_INLINE_CODE: Final = re.compile(r"`([^`\n]{8,300})`")


class _Line(NamedTuple):
    """A line of a log: as it stands, in folded form without what a logger put before it, and its indent."""

    text: str
    folded: str
    indent: int
    is_code: bool
    whole: str = ""
    """All of a long line of the text."""
    is_source: bool = False
    """Whether it is a line of a source file, shown beside a message: what is quoted there was not printed."""


def error_blocks(text: str) -> list[str]:
    """The likely error messages of a log or of Markdown, the likeliest first; none if nothing looks like one.

    In Markdown that has blocks of code, prose counts only where a line says outright that it is an error. A message of
    several lines may be escaped in one, as in a log of JSON: it comes after what is as likely and is in no escape.
    """
    if len(text) > _SEEN:
        text = f"{text[: _SEEN // 4]}\n{text[-_SEEN * 3 // 4 :]}"
    lines = _lines(as_printed(text))
    has_code = any(line.is_code for line in lines)
    found: list[tuple[int, int, int, str]] = []
    for number, rank, block in _ranked(lines, has_code=has_code):
        found.append((-rank, 0, number, block))
    for number, line in enumerate(lines):
        if not (line.is_source or _rank(lines, number) > 1):
            found += [(-rank, 1, number, block) for _, rank, block in _ranked(_escaped_in(line), has_code=has_code)]
    return _unlike(block for _, _, _, block in sorted(found))


def _escaped_in(line: _Line) -> list[_Line]:
    """The lines that are escaped in one; none where it holds no line break."""
    if not ("\\" in line.whole or "&" in line.whole):
        return []
    text = without_noise(line.whole)
    return _lines(text, is_code=line.is_code) if "\n" in text else []


def _unlike(blocks: Iterable[str]) -> list[str]:
    """The first ones of blocks that differ in more than their numbers."""
    found: dict[str, str] = {}
    for block in blocks:
        found.setdefault(re.sub(r"[0-9]+", "0", fold(block))[:300], block)
        if len(found) == MAX_BLOCKS:
            break
    return list(found.values())


def _ranked(lines: list[_Line], *, has_code: bool) -> Iterator[tuple[int, int, str]]:
    """The messages among lines: where each starts, how surely it is one, and its text."""
    number = 0
    while number < len(lines):
        line = lines[number]
        rank = _rank(lines, number)
        taken = 1
        if rank and (line.is_code or not has_code or rank > 1):
            block, taken = _block(lines, number)
            yield number, rank + line.is_code, block
        number += taken


def _lines(text: str, *, is_code: bool = False) -> list[_Line]:
    """The lines of a text without noise. Fences are left out; inline code of prose is a line of its own."""
    lines: list[_Line] = []
    fence = ""
    for raw, bare in zip(text.split("\n"), folded_lines(text), strict=True):
        line, folded = raw[:MAX_LINE], bare[:MAX_LINE]
        opening = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if opening and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else opening[1]
            continue
        if not fence and "`" in line:
            quoted = [inside for inside in _INLINE_CODE.findall(line) if _LIKELY.search(fold(inside))]
            lines += [_line(inside, fold(inside), is_code=True) for inside in quoted]
        is_own = is_code or bool(fence) or line.startswith("    ")
        lines.append(_line(line, folded, is_code=is_own)._replace(whole=raw))
    return _with_sources(lines)


def _with_sources(lines: list[_Line]) -> list[_Line]:
    """The lines, with those marked that show a source file: below a frame of Python's, or above marks."""
    found: list[_Line] = []
    frame: int | None = None
    for line, below in zip(lines, [line.text for line in lines[1:]] + [""] * bool(lines), strict=True):
        if frame is not None and line.folded and line.indent <= frame:
            frame = None
        is_shown = frame is not None or _MARKS.fullmatch(below) is not None
        found.append(line._replace(is_source=is_shown and not _SURE.match(line.folded)))
        if _FRAME.match(line.folded):
            frame = line.indent
    return found


def _line(text: str, folded: str, *, is_code: bool) -> _Line:
    message = folded.strip(" ")
    start = len(folded) - len(folded.lstrip(" "))
    return _Line(text[start : start + len(message)], message, start, is_code)


def _rank(lines: list[_Line], number: int) -> int:
    """How surely a line is an error message: 3 for the end of a traceback, 0 if it is none."""
    line = lines[number]
    if not line.folded or line.is_source or _NOT.match(line.folded):
        return 0
    if _ends_traceback(lines, number):
        return 3
    if _SURE.match(line.folded):
        return 2
    return 1 if _LIKELY.search(line.folded) else 0


def _ends_traceback(lines: list[_Line], number: int) -> bool:
    """Whether a line is the first one after a Python traceback that isn't indented."""
    indent = lines[number].indent
    for before in reversed(lines[max(0, number - MAX_FRAMES) : number]):
        if before.indent <= indent and before.folded:
            return before.indent == indent and _TRACEBACK.match(before.folded) is not None
    return False


def _block(lines: list[_Line], number: int) -> tuple[str, int]:
    """A message with the lines that belong to it, and how many lines it takes."""
    first = lines[number]
    block = [first.text]
    for line in lines[number + 1 : number + 1 + MAX_CONTINUED]:
        goes_on = block[-1].endswith((":", ",", "(", "\\")) or line.indent > first.indent
        if not line.folded or not goes_on or line.is_code != first.is_code or _NOT.match(line.folded):
            break
        block.append(line.text)
    return "\n".join(block), len(block)
