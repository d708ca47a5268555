"""What an issue's text says: its parts, a summary, the environment, the error messages.

The twin of `assets/js/report/body.js`. Everything here is linear in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.github.report.inert import ANY_CASE, clean, one_line, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.github.report.model import Fact

SUMMARY: Final = 600
FACTS: Final = 12
FACT_NAME_LENGTH: Final = 40
FACT_VALUE: Final = 120
ERROR_LINES: Final = 12
ERROR: Final = 1500

FENCE: Final = re.compile(r" {0,3}(`{3,}(?=[^`]*\Z)|~{3,})")
HEADING: Final = re.compile(r" {0,3}#{1,6}[ \t]{1,9}([^ \t].{0,300})")
COMMENT_START, COMMENT_END = "<!--", "-->"


class Block(NamedTuple):
    """A part of a text: prose or code, and the heading that it stands under."""

    heading: str
    is_code: bool
    lines: tuple[str, ...]


def blocks(text: str) -> list[Block]:
    """The parts of an issue's text, without HTML comments: in templates these speak to the author."""
    found: list[Block] = []
    heading, fence, in_comment = "", "", False
    lines: list[str] = []

    def end(*, is_code: bool) -> None:
        if lines:
            found.append(Block(heading, is_code, tuple(lines)))
        lines.clear()

    for line in clean(text).split("\n"):
        if fence:
            if line.strip(" ").startswith(fence) and not line.strip(f" {fence[0]}"):
                end(is_code=True)
                fence = ""
            else:
                lines.append(line)
            continue
        prose, in_comment = _without_comments(line, in_comment=in_comment)
        opening, title = FENCE.match(prose), HEADING.match(prose)
        if opening or title:
            end(is_code=False)
        if opening:
            fence = opening[1]
        elif title:
            heading = title[1]
        else:
            lines.append(prose)
    end(is_code=bool(fence))
    return found


def _without_comments(line: str, *, in_comment: bool) -> tuple[str, bool]:
    """A line without the comments in it, and whether one goes on at its end."""
    kept: list[str] = []
    at = 0
    while True:
        if in_comment:
            end = line.find(COMMENT_END, at)
            if end < 0:
                return "".join(kept), True
            at = end + len(COMMENT_END)
        start = line.find(COMMENT_START, at)
        if start < 0:
            return "".join(kept) + line[at:], False
        kept.append(line[at:start])
        at, in_comment = start + len(COMMENT_START), True


INLINE_CODE: Final = re.compile(r"`[^`]{1,2000}`")


def prose_of(text: str) -> str:
    """What a text says outside of code and comments."""
    lines = (line for block in blocks(text) if not block.is_code for line in block.lines)
    return INLINE_CODE.sub(" ", "\n".join(lines))


ABOUT_WHAT: Final = re.compile(
    r"(?:describe|description|what happen|what.s wrong|summary|problem|the bug|actual|issue)", ANY_CASE
)
ABOUT_NOT: Final = re.compile(
    r"(?:environment|version|platform|expected|checklist|before|reproduc|logs?\b|additional|system)",
    ANY_CASE,
)
NO_PROSE: Final = re.compile(r"[ \t]*(?:[-*+][ \t]+\[[ xX]\]|_No response_|[|>]|!\[|<[A-Za-z/])")


def summary_of(parts: list[Block]) -> str:
    """The first paragraphs of what was reported, on one line."""
    prose = [block for block in parts if not block.is_code]
    about = [block for block in prose if ABOUT_WHAT.search(block.heading) and not ABOUT_NOT.search(block.heading)]
    other = [block for block in prose if not ABOUT_NOT.search(block.heading)]
    for block in (*about, *other, *prose):
        text = one_line(" ".join(line for line in block.lines if not NO_PROSE.match(line)), SUMMARY)
        if text:
            return text
    return ""


FACT_NAME: Final = re.compile(
    r"(?:version|platform|operating system|\bos\b|environment|runtime|shell|terminal|browser|architecture|\barch\b"
    r"|\bide\b|editor|node|python|java|ruby|rust|\bgo\b|docker|kubernetes|database|device|\bcpu\b|\bgpu\b|cuda)",
    ANY_CASE,
)
FACT_LINE: Final = re.compile(
    r"[ \t]{0,8}(?:[-*+][ \t]{1,4})?(?:\*\*|__)?([A-Za-z][A-Za-z0-9 ./()_-]{0,39}?)(?:\*\*|__)?[ \t]{0,3}:(?:\*\*|__)?"
    r"[ \t]{1,9}([^ \t].{0,400})"
)
NO_ANSWER: Final = re.compile(r"(?:_?No response_?|n/?a|none|unknown|-+|\?+)\Z", ANY_CASE)
MARKS: Final = re.compile(r"[`*]")


def environment_of(parts: list[Block]) -> list[Fact]:
    """Versions and platforms: short answers under such a heading, and lines such as `- Version: 2.1`."""
    found: dict[str, Fact] = {}
    for name, value in _facts(parts):
        fact: Fact = {"name": _plain(name, FACT_NAME_LENGTH), "value": _plain(value, FACT_VALUE)}
        if fact["name"] and fact["value"] and not NO_ANSWER.match(fact["value"]):
            found.setdefault(_ascii_lower(fact["name"]), fact)
    return list(found.values())[:FACTS]


def _facts(parts: list[Block]) -> Iterator[tuple[str, str]]:
    for block in parts:
        asked = bool(FACT_NAME.search(block.heading))
        lines = [line for line in block.lines if line.strip(" \t")]
        named = [match for match in map(FACT_LINE.match, lines) if match and _is_fact(match[1], asked=asked)]
        if asked and not named and len(lines) == 1:
            yield block.heading, lines[0]
        elif asked or not block.is_code:
            yield from ((match[1], match[2]) for match in named)


def _is_fact(name: str, *, asked: bool) -> bool:
    return bool(asked or FACT_NAME.search(name)) and not ERROR_LINE.search(name)


def _plain(text: str, most: int) -> str:
    return one_line(MARKS.sub("", text), most)


def _ascii_lower(text: str) -> str:
    return re.sub("[A-Z]", lambda found: found[0].lower(), text)


ERROR_LINE: Final = re.compile(
    r"(?:error|exception|fatal|panic|failed|failure|denied|refused|cannot|can't|could not|unable to|traceback"
    r"|not found|no such|err!)",
    ANY_CASE,
)
ERROR_IN_PROSE: Final = re.compile(r"(?:error|exception|fatal|panicked|err!)[A-Za-z0-9 _]{0,40}:", ANY_CASE)
ERROR_HEADING: Final = re.compile(r"(?:error|stack|trace|exception|crash)", ANY_CASE)


def errors_of(parts: list[Block]) -> list[str]:
    """The error messages of a text, as printed: from its code blocks, or else from single lines of it."""
    found = [_from_first_error(block) for block in parts if block.is_code and _shows_error(block)]
    if not found:
        prose = (line for block in parts if not block.is_code for line in block.lines)
        found = [MARKS.sub("", line) for line in prose if ERROR_IN_PROSE.search(line)]
    texts = (shortened(text.strip(" \t\n"), ERROR) for text in found)
    return list(dict.fromkeys(text for text in texts if text))


def _shows_error(block: Block) -> bool:
    return bool(ERROR_HEADING.search(block.heading)) or any(map(ERROR_LINE.search, block.lines))


def _from_first_error(block: Block) -> str:
    """The lines of a block from its first error on. A traceback's last lines say what it was: they are kept."""
    first = next((number for number, line in enumerate(block.lines) if ERROR_LINE.search(line)), 0)
    lines = block.lines[first:]
    if len(lines) > ERROR_LINES:
        half = ERROR_LINES // 2
        lines = (*lines[:half], "…", *lines[-half:])
    return "\n".join(lines)
