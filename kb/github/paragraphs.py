"""Markdown with each paragraph on one line: in a comment GitHub shows every line end, where a file's are spaces."""

import re
from typing import Final

_QUOTE: Final = re.compile(r"(?:[ ]{0,3}>[ ]?)*")
_FENCE: Final = re.compile(r"[ \t]*(?:`{3,}|~{3,})")
_STARTS: Final = re.compile(
    r"[ \t]*(?:[-*+][ \t]|[0-9]{1,9}[.)][ \t]|#{1,6}[ \t]|<|\[[^\]]+\]:|(?:[-*_=][ \t]*){2,}\Z)"
)
"""What begins something new, and no line of a paragraph."""
_ENDS: Final = re.compile(r"[ \t]*(?:#{1,6}[ \t]|<|\[![A-Z]+\][ \t]*\Z|(?:[-*_=][ \t]*){2,}\Z)|.*(?:[ ]{2}|\\)\Z")
"""A line that goes on in no other: a heading, a rule, the kind of an alert, a line end that is meant."""
_INDENTED: Final = ("    ", "\t")


def unwrapped(markdown: str) -> str:
    """The same Markdown without the line ends inside of paragraphs; code and tables stay as they are."""
    lines: list[str] = []
    before, quote_before, in_code = "", "", False
    for line in markdown.split("\n"):
        quote = _QUOTE.match(line)
        mark = quote[0] if quote else ""
        text = line[len(mark) :]
        is_fence = bool(_FENCE.match(text))
        if before and not in_code and not is_fence and mark.strip() == quote_before and _continues(before, text):
            lines[-1] = f"{lines[-1].rstrip()} {text.strip()}"
        else:
            lines.append(line)
        in_code ^= is_fence
        before, quote_before = "" if is_fence else text, mark.strip()
    return "\n".join(lines)


def _continues(before: str, text: str) -> bool:
    """Whether a line is the same paragraph's as the one before it."""
    if not before.strip() or not text.strip() or "|" in before + text:
        return False
    is_code = before.startswith(_INDENTED) and text.startswith(_INDENTED)
    return not (is_code or _ENDS.match(before) or _STARTS.match(text))
