"""Code in prose: the blocks and spans that a reader copies, and the section in which each stands."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Final, NamedTuple

from kb.entry import to_html

# `re` looks fastest for what starts with a certain character. A heading in column 1 is in no list or quote.
_CODE: Final = re.compile(
    r'<(?:pre data-sourcepos="(\d+):[^"]*"><code(?: class="language-([^"]*)")?>(.*?)</code></pre>'
    r'|code data-sourcepos="(\d+):[^"]*">(.*?)</code>'
    r'|h2 data-sourcepos="\d+:1-[^"]*">'
    r'|div [^>]*class="markdown-alert markdown-alert-(?:warning|caution)")',
    re.DOTALL,
)
_FENCE: Final = re.compile(r"\s*(?:(?:>|[-+*]|\d{1,9}[.)])\s*)*(?:```|~~~)")


class Code(NamedTuple):
    """A block or span of code: its text, its first line in the body (from 1), and what stands around it."""

    text: str
    line: int
    language: str
    is_block: bool
    is_warned_of: bool
    """Whether a warning or caution alert stands in the same section."""


@lru_cache(maxsize=2)
def code_of(body: str) -> tuple[Code, ...]:
    """All code of a Markdown body, section by section."""
    return tuple(_codes(body))


def _codes(body: str) -> Iterator[Code]:
    lines = body.split("\n")
    section: list[Code] = []
    is_warned_of = False
    for found in _CODE.finditer(to_html(body)):
        if found[1]:
            first = int(found[1])
            line = first + bool(_FENCE.match(lines[first - 1]))
            section.append(Code(unescape(found[3]), line, found[2] or "", is_block=True, is_warned_of=False))
        elif found[4]:
            section.append(Code(unescape(found[5]), int(found[4]), "", is_block=False, is_warned_of=False))
        elif found[0].startswith("<h2"):
            yield from (code._replace(is_warned_of=is_warned_of) for code in section)
            section, is_warned_of = [], False
        else:
            is_warned_of = True
    yield from (code._replace(is_warned_of=is_warned_of) for code in section)
