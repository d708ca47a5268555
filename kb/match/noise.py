"""What stands between a message and the text somebody pasted: escapes, colours, typography, log prefixes.

Two steps, both linear in the text. `decode` removes or decodes what a message never has, so lengths change.
`fold` makes alike what readers take for the same, character by character, so lengths stay.
The JavaScript twin is `noise.js`; every pattern here must mean the same in both languages.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from kb.match.relative import RelativePaths

if TYPE_CHECKING:
    from collections.abc import Iterator

# What follows the first backslash of a Windows path: folders that end with one backslash, or in JSON with two.
_FOLDER = r"""[^\\/:*?'"<>|\r\n]{1,100}"""
_FILE = r"""[^\\/:*?'"<>|& \t\r\n]{0,100}"""
_WINDOWS_PATH = rf"(?:\\{{1,7}}(?:{_FOLDER}\\{{2,8}}){{0,40}}{_FILE}|(?:{_FOLDER}\\(?!\\)){{0,40}}{_FILE})"
_AFTER_DRIVE = r"(?:(?<=[^A-Za-z0-9][A-Za-z]:\\)|(?<=^[A-Za-z]:\\))"

# Each branch begins with a literal character: that lets `re` skip through clean text at the speed of a search.
_ASCII_NOISE = (
    # Terminal control sequences: colours and cursor (CSI), titles and links (OSC), then any other.
    "\x1b(?:\\[[0-?]{0,40}[ -/]{0,4}[@-~]|\\][^\x07\x1b\n]{0,2000}(?:\x07|\x1b\\\\)|[^\\[\\]])?"
    # The same after its escape character was lost or spelled out.
    r"|\^\[\[[0-9;]{0,20}[A-Za-z]"
    r"|\[[0-9]{1,3}(?:;[0-9]{1,3}){0,4}m"
    # A Windows path keeps its backslashes: `C:\new\test` has no line break.
    rf"|\\(?:{_AFTER_DRIVE}{_WINDOWS_PATH}"
    # Escapes of JSON, shells and programming languages, escaped again any number of times up to seven backslashes.
    r"|(?<!\\\\)\\{0,6}(?:(?:u001b|x1b|033|e)\[[0-9;]{0,20}[A-Za-z]|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([nrt])))"
    r"|&(?:amp;){0,3}(?:(lt|gt|amp|quot|apos|nbsp)|#([0-9]{1,6})|#[xX]([0-9A-Fa-f]{1,5}));"
    r"|<[bB][rR] {0,3}/?>"
    # A single quote inside single quotes of a shell.
    r"|'\\''"
    r"|\r\n?"
)
_NOISE_OF_ASCII = re.compile(_ASCII_NOISE)
# Soft hyphens, zero-width characters, direction marks; an ellipsis; quotes that were read as the wrong encoding.
NOISE = (
    _ASCII_NOISE
    + "|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff]|\u2026"
    + "|\u00e2\u20ac[\u02dc\u2122\u0153\u009d]"
)

ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'", "nbsp": " "}

_LAST_ESCAPE = 3
"""The last group of the pattern that is an escape with a backslash."""


@cache
def _noise() -> re.Pattern[str]:
    # Compiled for the first text that isn't ASCII: most logs are, and a start is short.
    return re.compile(NOISE)


Edit = tuple[int, int, str]
"""Noise: where it starts and ends in the pasted text, and what it stands for."""


def decode(pasted: str) -> list[Edit]:
    """Find what must be removed or decoded, in order of place."""
    pattern = _NOISE_OF_ASCII if pasted.isascii() else _noise()
    edits: list[Edit] = []
    paths = RelativePaths(pasted)
    meanings: dict[tuple[str, int | None], str | None] = {}
    for found in pattern.finditer(pasted):
        start, end = found.span()
        group = found.lastindex
        if group is not None and group <= _LAST_ESCAPE and paths.holds(start):
            continue
        noise = found[0], group
        if noise not in meanings:
            meanings[noise] = _meaning(found)
        meant = meanings[noise]
        if meant is not None:
            edits.append((start, end, meant))
    return edits


def apply_edits(pasted: str, edits: list[Edit]) -> str:
    """Carry out edits, which are in order and apart."""
    pieces: list[str] = []
    at = 0
    for start, end, meant in edits:
        pieces.append(pasted[at:start])
        pieces.append(meant)
        at = end
    pieces.append(pasted[at:])
    return "".join(pieces)


def _meaning(found: re.Match[str]) -> str | None:
    """What a piece of noise stands for; `None` for a path, which is no noise."""
    noise = found.group()
    if noise[0] == "\\":
        if found[3]:
            return " " if found[3] == "t" else "\n"
        code = found[1] or found[2]
        if code:
            return _character(int(code, 16))
        return "" if noise.endswith(tuple(_LETTERS)) and "[" in noise else None
    if noise[0] == "&":
        if found[4]:
            return ENTITIES[found[4]]
        return _character(int(found[5]) if found[5] else int(found[6], 16))
    if noise[0] in "\r<":
        return "\n"
    if noise[0] == "\u2026":
        return "..."
    return "'" if noise[0] in "\u00e2'" else ""


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _character(code: int) -> str:
    """The character of a numeric escape; half of a surrogate pair or a control character is read as a space."""
    if code == 0x0A:
        return "\n"
    return " " if code < 0x20 or 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)


def _code_points(*ranges: tuple[int, int]) -> chain[int]:
    return chain.from_iterable(range(first, last + 1) for first, last in ranges)


_SPACES = _code_points((0x00, 0x09), (0x0B, 0x20), (0x7F, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x3000, 0x3000))
# Line and paragraph separators; arrows, frames, bullets and emoji, which terminals draw around a message; a backslash,
# because the number of them tells how often a text was escaped and nothing else.
_DRAWN = _code_points(
    (0x2022, 0x2022), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x2190, 0x2211), (0x2213, 0x2BFF),
    (0x1F000, 0x1FAFF), (0x5C, 0x5C),
)  # fmt: skip
# Among the quotes the replacement character: what couldn't be decoded in a message was most often a curly quote.
_QUOTES = chain(
    map(ord, '"`\u00ab\u00b4\u00bb\u2032\u2033\u2039\u203a\u300c\u300d\ufffd'), _code_points((0x2018, 0x201F))
)
_FOLD = (
    dict.fromkeys(chain(_SPACES, _DRAWN), " ")
    | dict.fromkeys(_QUOTES, "'")
    | dict.fromkeys(_code_points((0x2010, 0x2015), (0x2212, 0x2212)), "-")
    # Letters whose lower case has another length, or depends on what follows.
    | {0x130: "i", 0x3A3: "\u03c3", 0x3C2: "\u03c3"}
)
_FEW = 40
"""Up to so many different characters are replaced one after the other; that is faster than a table."""

_LINE_GUTTER = re.compile(r"\n[ |>]*[|>]")
_LONE_GUTTER = re.compile(r" [|>]+(?=[ \n])")


def fold(clean: str) -> str:
    """Make alike what differs by case, quotes, dashes, spaces, frames and gutters. The length stays the same."""
    return _without_gutters(_alike(clean))


def _alike(clean: str) -> str:
    if clean.isascii():
        return clean.translate(_FOLD).lower()
    strange = [character for character in set(clean) if ord(character) in _FOLD]
    if len(strange) > _FEW:
        return clean.translate(_FOLD).lower()
    for character in strange:
        clean = clean.replace(character, _FOLD[ord(character)])
    return clean.lower()


def _without_gutters(text: str) -> str:
    if "|" in text or ">" in text:
        text = _LINE_GUTTER.sub(_blank_line_start, "\n" + text)[1:]
        text = _LONE_GUTTER.sub(_blank, text)
    return text


_TIME = (
    r"\[?(?:[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[t ])?[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?"
    r"(?: ?(?:z|utc|[+-][0-9]{2}:?[0-9]{2}))?\]?"
)
_SYSLOG = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\.? {1,2}[0-9]{1,2} [0-9:]{8} [a-z0-9_.-]{1,60} [^ \n]{1,60}:"
)
# The step of an image's build, and its seconds.
_STEP = r"#[0-9]{1,5} [0-9]{1,5}\.[0-9]{1,3}(?= )"
# What pytest puts before the lines of an error.
_PYTEST = r"e {3,40}(?! )"
_CONTAINER = (
    r"[a-z0-9][a-z0-9_.-]{0,60} {1,40}\|(?= )|\[pod/[^\]\n]{1,150}\]"
    # pm2 has the number of the program before its name, concurrently the number alone.
    r"|[0-9]{1,4}\|[a-z0-9_.-]{1,60} {1,40}\|(?= )|\[[0-9]{1,2}\](?= )"
)
# What stands behind the time: GitLab's stream, what Azure's runner says of a line, a program of Heroku's.
_AFTER_TIME = r" [0-9]{2}[oe](?:\+|(?= ))| ?##\[[a-z]{3,10}\]| [a-z]{1,20}\[[a-z0-9_.-]{1,60}\]:"
# A level with a colon after it is part of many messages; so is a name, unless a dash parts it from the message.
_LEVELS = "trace|debug|info|notice|warn|warning|error|err|fatal|critical|severe"
_LEVEL = rf"(?:\[(?:{_LEVELS})\]|(?:{_LEVELS})(?= ))"
# A level in brackets without a time, as Maven prints it, and what Git puts before the lines of a server.
_ALONE = rf"\[(?:{_LEVELS})\](?= )|remote:(?= )"
PREFIX = re.compile(
    rf"\n *(?:(?:{_CONTAINER}) *(?:{_TIME})?|{_TIME}(?:{_AFTER_TIME})?|{_SYSLOG}|{_STEP}|{_PYTEST}|{_ALONE}"
    r"|\[ {0,6}[0-9]{1,7}\.[0-9]{3,6}\])"
    rf"(?: {_STEP})?(?: (?:stdout|stderr) [fp](?= ))?(?: {{1,3}}\[[^\]\n]{{1,40}}\])?(?: {{1,3}}{_LEVEL})?"
    r"(?: {1,3}\[[^\]\n]{1,40}\])?(?: {1,3}[a-z0-9_.$]{1,80} -(?= ))?"
)


def fold_without_prefixes(clean: str) -> str | None:
    """The same without what a logger put before each line; `None` if no line after the first has such a prefix."""
    text = _alike(clean)
    if not PREFIX.search(text):
        return None
    return _without_gutters(PREFIX.sub(_blank_line_start, "\n" + text)[1:])


def prefix_end(folded_line: str) -> int:
    """How many characters of a line are what a logger put before it."""
    found = PREFIX.match("\n" + folded_line)
    return found.end() - 1 if found else 0


def prefixes(clean: str) -> Iterator[tuple[int, int]]:
    """Where what a logger put before a line begins and ends, for each line that has such a prefix."""
    for found in PREFIX.finditer("\n" + _alike(clean)):
        yield found.start(), found.end() - 1


def _blank_line_start(found: re.Match[str]) -> str:
    return "\n" + " " * (found.end() - found.start() - 1)


def _blank(found: re.Match[str]) -> str:
    return " " * (found.end() - found.start())
