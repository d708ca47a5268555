"""The blocks of code in Markdown, as text: what a reader would copy."""

import re
from typing import Final, NamedTuple

from kb.entry.markdown import outline

_FENCE: Final = re.compile(r"(?:`{3,}|~{3,})")


class Code(NamedTuple):
    """A block of code: the language that its fence names, and its text."""

    language: str
    text: str


def code_in(markdown: str) -> tuple[Code, ...]:
    """The fenced blocks of code in Markdown, in their order."""
    lines = markdown.split("\n")
    found: list[Code] = []
    for block in outline(markdown).blocks:
        line, column = block.position
        opening = _FENCE.match(lines[line - 1], column - 1)
        if opening:
            is_closed = block.end_line > line and lines[block.end_line - 1].strip().lstrip("> ").startswith(opening[0])
            inside = lines[line : block.end_line - is_closed]
            text = "\n".join(each[column - 1 :] if not each[: column - 1].strip("> ") else each for each in inside)
            found.append(Code(block.language, text + "\n"))
    return tuple(found)
