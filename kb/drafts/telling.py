"""The telling lines of a log, or of what somebody wrote about an error: its messages, without what surrounds them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from kb.match import fold, folded_lines, without_noise

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
_INLINE_CODE: Final = re.compile(r"`([^`\n]{8,300})`")


class _Line(NamedTuple):
    """A line of a log: as it stands, in folded form without what a logger put before it, and its indent."""

    text: str
    folded: str
    indent: int
    is_code: bool


def error_blocks(text: str) -> list[str]:
    """The likely error messages of a log or of Markdown, the likeliest first; none if nothing looks like one.

    In Markdown that has blocks of code, prose counts only where a line says outright that it is an error.
    """
    if len(text) > _SEEN:
        text = f"{text[: _SEEN // 4]}\n{text[-_SEEN * 3 // 4 :]}"
    lines = _lines(text)
    has_code = any(line.is_code for line in lines)
    found: list[tuple[int, int, str]] = []
    seen: set[str] = set()
    number = 0
    while number < len(lines):
        line = lines[number]
        rank = _rank(lines, number)
        taken = 1
        if rank and (line.is_code or not has_code or rank > 1):
            block, taken = _block(lines, number)
            key = re.sub(r"[0-9]+", "0", fold(block))[:300]
            if key not in seen:
                seen.add(key)
                found.append((-rank - line.is_code, number, block))
        number += taken
    return [block for _, _, block in sorted(found)[:MAX_BLOCKS]]


def _lines(text: str) -> list[_Line]:
    """The lines of a text through its noise. Fences are left out; inline code of prose is a line of its own."""
    lines: list[_Line] = []
    fence = ""
    clean = without_noise(text)
    for raw, bare in zip(clean.split("\n"), folded_lines(clean), strict=True):
        line, folded = raw[:MAX_LINE], bare[:MAX_LINE]
        opening = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if opening and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else opening[1]
            continue
        if not fence and "`" in line:
            quoted = [inside for inside in _INLINE_CODE.findall(line) if _LIKELY.search(fold(inside))]
            lines += [_line(inside, fold(inside), is_code=True) for inside in quoted]
        lines.append(_line(line, folded, is_code=bool(fence) or line.startswith("    ")))
    return lines


def _line(text: str, folded: str, *, is_code: bool) -> _Line:
    message = folded.strip(" ")
    start = len(folded) - len(folded.lstrip(" "))
    return _Line(text[start : start + len(message)], message, start, is_code)


def _rank(lines: list[_Line], number: int) -> int:
    """How surely a line is an error message: 3 for the end of a traceback, 0 if it is none."""
    line = lines[number]
    if not line.folded or _NOT.match(line.folded):
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
