r"""Foreign text made inert: without what can't be seen, and escaped for the place where it is shown.

The twin of `assets/js/report/inert.js`. Every pattern must mean the same in both languages, so no class of Unicode is
used: the two may come with different versions of it.
"""

from __future__ import annotations

import re
from typing import Final

ANY_CASE: Final = re.IGNORECASE | re.ASCII
"""Flags under which a pattern means what `/i` means in JavaScript."""

LONGEST: Final = 100_000
"""Characters of a text that are read. GitHub itself takes 65,536."""

TERMINAL: Final = re.compile("\x1b\\[[0-9;?]{0,40}[A-Za-z]")
# Control characters; soft hyphen; direction marks, zero-width and other format characters; tags.
UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
HALF: Final = re.compile("[\ud800-\udfff]")
LINE_END: Final = re.compile("\r\n?|[\x85\u2028\u2029]")
SPACES: Final = re.compile("[ \t\n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


def clean(text: str) -> str:
    """Text with plain line ends and without characters that show nothing; at most `LONGEST` of it."""
    text = LINE_END.sub("\n", TERMINAL.sub("", text[:LONGEST]))
    return HALF.sub("\ufffd", UNSEEN.sub("", text))


def one_line(text: str, most: int) -> str:
    """Text on one line, at most `most` characters of it."""
    return shortened(SPACES.sub(" ", clean(text)).strip(" "), most)


def shortened(text: str, most: int) -> str:
    """Text cut to `most` characters, with a mark where it was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip(" ") + "…"


MARKDOWN: Final = re.compile(r"[\\`*_{}\[\]()#+!|~$]")
_MENTION: Final = re.compile("@")
ISSUE: Final = re.compile(r"(\\[#!]|(?<![A-Za-z0-9_])[Gg][Hh]-)(?=[0-9])")
ADDRESS: Final = re.compile(r"://|(?<![A-Za-z0-9_])[Ww]{3}(?=\.)")
LIST_START: Final = re.compile(r"^([0-9]{0,9})([-=.)])(?= |\Z)")


def markdown(line: str) -> str:
    """A line as Markdown that shows it and does nothing: no markup, no link, and nobody is mentioned by it.

    GitHub finds mentions and issue numbers in what is left after Markdown was read, so a backslash does not help
    there; a character without width between the two parts does.
    """
    line = MARKDOWN.sub(r"\\\g<0>", line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    line = ISSUE.sub(r"\1&#8203;", _MENTION.sub("@&#8203;", line))
    return LIST_START.sub(r"\1\\\2", ADDRESS.sub(_parted, line))


def _parted(found: re.Match[str]) -> str:
    return r":\//" if found[0] == "://" else f"{found[0]}&#8203;"


_FENCE_RUN: Final = re.compile("`+")


def fenced(text: str) -> str:
    """Text of several lines as a code block, whatever it holds."""
    longest = max((len(run) for run in _FENCE_RUN.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


NOT_PLAIN: Final = re.compile(r"[\x00-\x1f\x21-\x2b\x3b-\x40\x5b-\x60\x7b-\x7f]")


def mermaid(line: str) -> str:
    """A line as a label of a Mermaid graph: what is no letter, digit or `,-./:` becomes an entity code.

    See https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters.
    """
    return NOT_PLAIN.sub(lambda found: f"#{ord(found[0])};", line)
