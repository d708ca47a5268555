"""What a placeholder may stand for, by its type."""

from __future__ import annotations

import re

SPACE = " \t\n\r\u00a0\u3000"
"""White space around a value."""
MAX_VALUE = 2000
"""Characters in a value of one line."""
MAX_BLOCK = 8000
"""Characters in a value of several lines."""
MAX_WRAPS = 20
"""Lines that a terminal may have broken one value into."""

_PATH_CHARACTER = r"[^ \"'`<>|*?\x00-\x1f\x7f-\xa0\u2018\u2019\u201c\u201d]"
PATTERNS = {
    "int": re.compile(r"[+-]?[0-9]+"),
    "hex": re.compile(r"(?:0[xX])?[0-9A-Fa-f]+"),
    "word": re.compile(r"[^ \x00-\x1f\x7f-\xa0]+"),
    # A path with spaces in it must show that it is one: by a root, a drive, `~` or `.` at its start.
    "path": re.compile(
        rf"(?:[A-Za-z]:[\\/]|[\\/~]|\.{{1,2}}[\\/])(?:{_PATH_CHARACTER}| (?! ))*|(?:(?!:){_PATH_CHARACTER})+"
    ),
    "url": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^ \"'`<>\x00-\x1f\x7f-\xa0]+"),
}
_ESCAPED_QUOTE = re.compile(r"\\{1,8}([\"'`])")
_BACKSLASHES = re.compile(r"\\+")
UNSPACED = frozenset({"int", "hex", "word", "url"})
CLOSING = {
    "'": "'\u2019", '"': '"\u201d', "`": "`'\u00b4", "\u2018": "\u2019'", "\u201c": '\u201d"', "\u00ab": "\u00bb",
    "\u201e": "\u201c\u201d", "\u2039": "\u203a", "\u201d": "\u201d", "\u2019": "\u2019", "\u300c": "\u300d",
}  # fmt: skip


def fits(kind: str, value: str) -> bool:
    """Whether a value, its line breaks already undone, is of a type."""
    if kind == "quoted":
        closes = len(value) > 1 and value[-1] in CLOSING.get(value[0], "")
        return closes and value[0] not in value[1:-1] and value[-1] not in value[1:-1]
    pattern = PATTERNS.get(kind)
    return pattern is None or pattern.fullmatch(value) is not None


def may_have_spaces(kind: str) -> bool:
    """Whether a value of this type may have white space in it."""
    return kind not in UNSPACED


def plain(value: str) -> str:
    """A value as it was before it was escaped for JSON or a shell, with usual spaces."""
    value = value.replace("\u00a0", " ")
    if "\\" in value:
        value = _ESCAPED_QUOTE.sub(r"\1", value)
        runs = _BACKSLASHES.findall(value)
        if runs and min(map(len, runs)) > 1:
            value = _BACKSLASHES.sub(r"\\", value)
    return value
