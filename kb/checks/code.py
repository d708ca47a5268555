"""Code in prose: the blocks and spans that a reader copies, and the section in which each stands."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Final, NamedTuple

from kb.entry import html_to_look_at

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
    section: list[tuple[str, int, str, bool]] = []
    is_warned_of = False
    for found in _CODE.finditer(html_to_look_at(body)):
        block_line, language, block, span_line, span = found.groups()
        if span_line:
            section.append((unescape(span), int(span_line), "", False))
        elif block_line:
            line = int(block_line) + bool(_FENCE.match(lines[int(block_line) - 1]))
            section.append((unescape(block), line, language or "", True))
        elif found[0].startswith("<h2"):
            yield from (Code(*code, is_warned_of) for code in section)
            section, is_warned_of = [], False
        else:
            is_warned_of = True
    yield from (Code(*code, is_warned_of) for code in section)
