"""The error messages of an old page: where it says that they are, else where one stands as code, else in its title."""

import re
from contextlib import suppress
from typing import Final

from kb.drafts.draft import telling_error
from kb.drafts.from_issue import DraftedError, drafted_errors
from kb.drafts.guesses import starts_with_code
from kb.drafts.moving.markdown import code_spans, without_markup
from kb.drafts.moving.page import Parts
from kb.drafts.signature import draft_signature
from kb.drafts.telling import error_blocks
from kb.entry import SignatureError, plain

_LONGEST_MESSAGE: Final = 300
"""Characters of a text without any code that is taken for a message, where its heading says that it is one."""
_BLOCK: Final = re.compile(r"(`{3,}|~{3,})[^\n]*\n(.*?)\n?[ \t>]*(?:\1[`~]*)?", re.DOTALL)
_QUOTED: Final = re.compile(r"[\"“„»«]([^\"“”„»«\n]{12,300})[\"”“»«]")
_ABOUT: Final = re.compile(
    r"^(?:\[[^\]\n]{1,40}\]\s*|(?:how to|how do i)\s+(?:fix|resolve|solve|handle|deal with)\s+"
    r"|(?:fix(?:ing)?|resolv(?:e|ing)|solv(?:e|ing)|troubleshoot(?:ing)?|runbook|kb|known (?:issue|error)|solved|alert)"
    r"(?:\s*[:–—-]\s*|\s+(?:for|of)\s+|\s+))+",
    re.IGNORECASE,
)
"""What a title says before the message that it quotes."""

_NAMED: Final = re.compile(r"\b[A-Z]{2,10}-?\d{2,6}\b|\b0x[0-9A-Fa-f]{4,}\b|\b[A-Z]\w+(?:Error|Exception)\b")
"""A code, or the name of an exception."""


def errors_of(parts: Parts, title: str) -> tuple[DraftedError, ...]:
    """The errors that a page prints, as signatures with their examples; none where it prints none."""
    if parts.message.strip():
        return _whole(parts.message)
    error = without_markup(plain(parts.error, len(parts.error)))
    code = _code(error)
    for text in (code, *_QUOTED.findall(_without_code(error))):
        if found := drafted_errors(text) or _with_code(text):
            return found
    if code.strip() and (found := _whole(_first_code(error))):
        return found
    if not code.strip() and (found := drafted_errors(error)):
        return found
    if 0 < len(error.strip()) <= _LONGEST_MESSAGE and "\n\n" not in error.strip() and _names_code(error):
        return _whole(error)
    for text in (parts.summary, parts.example, parts.notes, parts.cause):
        if found := drafted_errors(_code(without_markup(plain(text, len(text))))):
            return found
    return _in_title(parts.title or title)


def is_message(text: str) -> bool:
    """Whether a line by itself is what a program prints: by its words, or by the code that it starts with."""
    return bool(error_blocks(text)) or starts_with_code(text)


def _with_code(text: str) -> tuple[DraftedError, ...]:
    """The first line of a text that starts with a code, whatever its words are."""
    line = next((line.strip() for line in text.split("\n") if starts_with_code(line.strip())), "")
    return _whole(line) if line else ()


def _whole(text: str) -> tuple[DraftedError, ...]:
    """The error that a text is as a whole."""
    text = plain(text, len(text))
    found = drafted_errors(text) if len(text) > _LONGEST_MESSAGE else ()
    with suppress(SignatureError):
        example = telling_error(text).strip("\n").rstrip()
        found = found or (DraftedError(draft_signature(example), example),)
    return found


def _code(markdown: str) -> str:
    """The code of Markdown, a block each; a span counts as a block."""
    return "\n\n".join(f"```\n{text}\n```" for text in _codes(markdown) if text.strip())


def _codes(markdown: str) -> list[str]:
    pieces = [markdown[start:end] for start, end in code_spans(markdown)]
    blocks = (_BLOCK.fullmatch(piece) for piece in pieces)
    return [block[2] if block else piece.strip("`") for block, piece in zip(blocks, pieces, strict=True)]


def _first_code(markdown: str) -> str:
    """The longest of the first pieces of code: an error is no single word."""
    codes = [text for text in _codes(markdown) if len(text.split()) > 1][:3]
    return codes[0] if codes else ""


def _without_code(markdown: str) -> str:
    at, out = 0, ""
    for start, end in code_spans(markdown):
        out += markdown[at:start] + " "
        at = end
    return out + markdown[at:]


def _names_code(text: str) -> bool:
    """Whether a text without code is what a program prints, rather than a sentence about it: it names a code."""
    return _NAMED.search(text) is not None


def _in_title(title: str) -> tuple[DraftedError, ...]:
    quoted = _QUOTED.search(title)
    message = quoted[1] if quoted else _ABOUT.sub("", title)
    if message != title or ": " in message or _names_code(message):
        # Without a colon it may be the number of a ticket or of an article.
        return drafted_errors(message) or (_with_code(message) if ": " in message else ())
    return ()
