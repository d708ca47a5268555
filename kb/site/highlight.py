"""Highlighting with bounds: what is too large, too slow or too strange for a lexer is shown as plain text.

The bounds on size say the same on every machine, and Pygments' lexers stay far below the bound on time for nearly all
that they let through. Time is the last resort, for expressions that take exponential time: lexers run in a process of
their own (`kb.site.lexing`), which is then ended.

Pygments' own loop over a lexer's rules takes 0.2 s of processor time at 92 entries (606 blocks), 0.7 s at 1,000 and 5 s
at 10,000; in a process of its own 0.4, 0.9 and 8 s, with all that is sent. One expression for each state of a lexer,
which is what this was before, took 0.35, 0.5 and 3.3 s: slower for a small base, and it read private attributes that
some lexers lack.
"""

from collections.abc import Sequence
from html import escape
from typing import Final, NamedTuple

from kb.process import AskedProgram

LONGEST_BLOCK: Final = 4_000
"""Characters of a block, some eighty lines. The longest of the shipped entries has 654."""
LONGEST_LINE: Final = 500
"""Characters of a line, on which many lexers take quadratic time."""
LONGEST_PAGE: Final = 20_000
"""Characters of all blocks of a page that are highlighted, the first ones."""
SECONDS: Final = 2.0
"""Processor time for all blocks of a page: about a hundred times as much as they take where all bounds are reached."""
LONGEST_WAIT: Final = 60.0
"""Seconds by the clock for the same: on systems without such a timer, and on a machine that does nothing any more."""

PLAIN: Final = frozenset({"text", "txt", "console-output", "output", "plain"})
"""Languages without a lexer."""


class Code(NamedTuple):
    """A block of code."""

    language: str
    text: str


class Highlighted(NamedTuple):
    """Blocks of code as HTML."""

    html: list[str]
    slow: int | None
    """The block that took its lexer too long, from which on they are plain."""


class Highlighter:
    """Highlights code, and keeps what was highlighted for the next build of the same process."""

    def __init__(self, seconds: float = SECONDS, longest_wait: float = LONGEST_WAIT) -> None:
        self._lexing = AskedProgram("kb.site.lexing", seconds, longest_wait)
        self._known: dict[Code, str] = {}

    def highlighted(self, blocks: Sequence[Code]) -> Highlighted:
        """The blocks of a page as HTML: spans with Pygments' classes, or just escaped."""
        new = [block for block in dict.fromkeys(_within_bounds(blocks)) if block not in self._known]
        slow = self._learn(new) if new else None
        html = [self._known.get(block) or plain(block.text) for block in blocks]
        return Highlighted(html, blocks.index(slow) if slow else None)

    def end(self) -> None:
        """End the process of the lexers; it starts anew when there is something to highlight."""
        self._lexing.end()

    def _learn(self, blocks: list[Code]) -> Code | None:
        """Have blocks highlighted; returns the first that can't be in time."""
        answer = self._lexing.answer(blocks)
        if answer is None and len(blocks) > 1:
            return next((block for block in blocks if self._learn([block])), None)
        if answer is None:
            return blocks[0]
        self._known |= {block: html or plain(block.text) for block, html in zip(blocks, answer, strict=True)}
        return None


def plain(text: str) -> str:
    """Text as HTML that shows it as it is."""
    return escape(text, quote=False)


def _within_bounds(blocks: Sequence[Code]) -> list[Code]:
    """The blocks that are given to a lexer."""
    found: list[Code] = []
    total = 0
    for block in blocks:
        if block.language in PLAIN or len(block.text) > LONGEST_BLOCK:
            continue
        total += len(block.text)
        if total <= LONGEST_PAGE and max(map(len, block.text.split("\n"))) <= LONGEST_LINE:
            found.append(block)
    return found
