"""The shape of an entry's prose: its code with its fences, and the text around it, line by line."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from kb.checks.words import words
from kb.entry import CodeBlock, Source

SHELLS: Final = words("sh bash zsh fish shell console powershell ps1 bat cmd dockerfile")
"""Languages of code whose lines are commands."""

_FENCE: Final = re.compile(r"(?:`{3,}|~{3,})")
_SPAN: Final = re.compile(r"(?<!`)(`{1,3})(?!`)[^`\n]+\1(?!`)")
_URL: Final = re.compile(r"\b(?:https?|ftp)://[^\s<>]+|\]\([^()\s]*\)")


class Code(NamedTuple):
    """A block of code in a body: what it says, and where it starts there."""

    block: CodeBlock
    fence: str
    """The characters that open it; empty where it is only indented."""
    first_line: int
    """The line of the body, from 1, on which the code itself starts."""
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def body_of(source: Source) -> str:
    """The body that a source's outline counts the lines of; empty where it could not be read."""
    return source.draft.body if source.draft else ""


def code_blocks(source: Source) -> tuple[Code, ...]:
    """The blocks of code of a source's prose."""
    return tuple(_code(block, body_lines(body_of(source))) for block in source.outline.blocks) if source.draft else ()


@lru_cache(maxsize=2)
def body_lines(body: str) -> list[str]:
    """The lines of a body, split once for all rules that look at them."""
    return body.split("\n")


def _code(block: CodeBlock, lines: list[str]) -> Code:
    line, column = block.position
    opening = _FENCE.match(lines[line - 1], column - 1)
    if not opening:
        return Code(block, "", line, tuple(lines[line - 1 : block.end_line]))
    fence = opening[0]
    is_closed = block.end_line > line and lines[block.end_line - 1].strip().lstrip("> ").startswith(fence)
    inside = lines[line : block.end_line - is_closed]
    return Code(block, fence, line + 1, tuple(_without_indent(each, column - 1) for each in inside))


def _without_indent(line: str, indent: int) -> str:
    before = line[:indent]
    return line[indent:] if not before.strip("> ") else line


def prose_lines(source: Source) -> list[tuple[int, str]]:
    """The lines of a source's prose outside of blocks of code, with their numbers in the body, from 1.

    Spans of code and addresses are blanked out: columns stay what they are.
    """
    inside = {line for block in source.outline.blocks for line in range(block.position.line, block.end_line + 1)}
    return [
        (number, _blanked(line))
        for number, line in enumerate(body_lines(body_of(source)), 1)
        if line and number not in inside
    ]


def _blanked(line: str) -> str:
    if "`" in line:
        line = _SPAN.sub(lambda span: " " * len(span[0]), line)
    return _URL.sub(lambda found: " " * len(found[0]), line) if "/" in line or "](" in line else line
