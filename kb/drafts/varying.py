"""What varies in an error message: the parts that a run, a machine or a project puts in."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from kb.drafts.naming import STATUS_CODE, UNIT, is_code, name_of, noun_beside
from kb.entry import UNTYPED


class Varying(NamedTuple):
    """A part of a message that varies: where it stands, what to call it, and its type."""

    start: int
    end: int
    name: str
    type: str


TOP_LEVEL: Final = (
    r"(?:com|org|net|io|dev|app|co|cloud|sh|info|biz|eu|de|uk|fr|cn|jp|us|internal|intranet|local|localdomain|lan|corp"
    r"|home|example|test|invalid|svc)"
)
"""Ends of host names that are no ends of names in programs, as `.py` and `.is` are."""

_TIME: Final = r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?(?: ?Z\b| ?[+-][0-9]{2}:?[0-9]{2}\b)?"
_DATE: Final = r"[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}"
_UUID: Final = r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"
_LABEL: Final = r"[A-Za-z0-9_-]{1,63}"
_IN_URL: Final = r"[^\s\"'`<>()\[\]{}]"
_IN_PATH: Final = r"[^\s'\"`<>|*?:;,()\[\]{}=\\]"
_IN_WINDOWS_PATH: Final = r"[^\s'\"`<>|*?:;,()\[\]{}]"
_IN_NAME: Final = r"[\w.@+-]"
_SOURCE: Final = r"(?:py|js|mjs|cjs|jsx|tsx?|rs|go|c|cc|cpp|h|hpp|java|kt|rb|php|cs|swift|sh|sql)"
_NUMBERS: Final = r"[0-9]{1,6}(?:\.[0-9]{1,6})"
_PRERELEASE: Final = r"(?:[-+.]?(?:alpha|beta|rc|dev|post|pre|a|b)[\w.]{0,20}|[-+][\w.]{1,40})?"

# Of two that start at one place, the first one counts. Each looks behind itself for what a longer word would be: so
# none is tried again inside of what it was tried on, and all repeats are bounded.
_PARTS: Final = (
    ("url", "url", rf"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{{1,20}}://{_IN_URL}{{0,1000}}(?<![.,:;!?/])/?"),
    ("time", UNTYPED, rf"(?<![\w.-]){_DATE}[T ]{_TIME}"),
    ("date", "word", rf"(?<![\w.-]){_DATE}(?![\w-])"),
    ("time", "word", rf"(?<![\w.:-]){_TIME}(?![\w:])"),
    ("id", "word", rf"(?<![\w-]){_UUID}(?![\w-])"),
    ("email", "word", r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?![\w-])"),
    ("digest", "word", r"(?<!\w)(?:sha(?:1|256|384|512)|md5)[:-][0-9A-Za-z+/=]{20,128}"),
    ("path", "path", rf"(?<!\w)[A-Za-z]:[\\/](?![\\/]{{2}}){_IN_WINDOWS_PATH}{{1,200}}(?<![.,])"),
    ("path", "path", rf"(?<![\w/.:)\]}}~@-])(?:~|\.{{1,2}})?/(?=[\w.@~+-]){_IN_PATH}{{1,200}}(?<!\.)"),
    (
        "file",
        "path",
        rf"(?<![\w/.@-]){_IN_NAME}{{1,80}}(?:/{_IN_NAME}{{1,80}}){{0,20}}/{_IN_NAME}{{1,80}}\.[A-Za-z][A-Za-z0-9]{{0,4}}(?![\w/])",
    ),
    ("file", "path", rf"(?<![\w/.@-])[\w-]{{1,80}}\.{_SOURCE}(?=:[0-9])"),
    ("host", "word", r"(?<![\w.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![\w.]*\w)"),
    ("host", "word", r"(?<!\w)\[[0-9A-Fa-f:]{2,39}\](?=:[0-9])"),
    ("host", "word", rf"(?<![\w.@/-])(?:{_LABEL}\.){{1,5}}{TOP_LEVEL}(?![\w(-]|\.\w)"),
    ("host", "word", r"(?<![\w.@/-])localhost(?![\w./-])"),
    ("host", "word", rf"(?<![\w.@/-])(?:{_LABEL}\.){{0,5}}{_LABEL}(?<=[a-z])(?<!line)(?=:[0-9]{{2,5}}(?![\w:.]))"),
    ("address", "hex", rf"(?<!\w)(?!{STATUS_CODE}\b)0[xX][0-9A-Fa-f]{{1,32}}(?!\w)"),
    ("id", "word", r"(?<![\w-])[a-z]{2,12}_(?=\w{0,40}[0-9])[A-Za-z0-9]{12,64}(?!\w)"),
    ("hash", "hex", r"(?<![\w.-])(?=[0-9]{0,40}[a-f])(?=[a-f]{0,40}[0-9])[0-9a-f]{7,64}(?![\w-])"),
    # OpenSSL names a thread so, at each run another one.
    ("id", "hex", r"(?<![\w.-])(?=[0-9]{0,64}[A-F])(?=[A-F]{0,64}[0-9])[0-9A-F]{12,64}(?![\w-])"),
    (
        "id",
        "word",
        r"(?<![\w.-])(?=[A-Za-z]{0,60}[0-9])(?=[0-9]{0,60}[A-Za-z])(?=[A-Za-z0-9]{0,30}[a-z0-9]{6})[A-Za-z0-9]{20,80}(?![\w-])",
    ),
    ("version", "word", rf"(?<![\w.-])v?{_NUMBERS}{{2,4}}{_PRERELEASE}(?!\w)"),
    ("version", "word", rf"(?<=[=<>~^@])v?{_NUMBERS}{{0,4}}(?!\w)|(?<![\w.-])v{_NUMBERS}{{0,4}}(?![\w.])"),
    ("number", "word", rf"(?<![\w./-])[0-9]{{1,12}}\.[0-9]{{1,12}}(?={UNIT}|(?!\w))(?!\.[0-9])"),
    ("number", "word", r"(?<![\w.-])[0-9]{1,3}(?:,[0-9]{3}){1,5}(?![\w,])"),
    ("number", "int", rf"(?<![\w.-])[0-9]{{1,20}}(?={UNIT}|(?![\w-]))(?!\.[0-9])"),
)
_ANY: Final = re.compile("|".join(f"(?P<p{number}>{part[2]})" for number, part in enumerate(_PARTS)))
_CONSTANT_PATHS: Final = frozenset({"/dev/null", "/dev/stdin", "/dev/stdout", "/dev/stderr"})
_SLASH_COMMAND: Final = re.compile(r"\b(?:[Rr]un|[Uu]se|[Tt]ry|[Tt]ype|or|with) /[a-z-]+\Z")

_QUOTED: Final = re.compile(
    "(?<![\\w'\"`\\\\])(?:'([^'\n]{1,120})'|\"([^\"\n]{1,120})\"|`([^`'\n]{1,120})['`]|\u2018([^\u2019\n]{1,120})\u2019"
    "|\u201c([^\u201d\n]{1,120})\u201d)(?!\\w)"
)
_JSON_BEFORE: Final = re.compile(r"[{,\[:]\s{0,9}\Z")
_CONSTANT: Final = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|E[A-Z]{3,}|[A-Z]{2,5}[0-9]{3,5}")
_MOST_WORDS: Final = 3
"""Words of a name in quotes: more of them are a message."""


def varying_parts(message: str, *, quotes: bool = True, numbers: bool = True) -> list[Varying]:
    """The parts of a message that vary, in order and apart; `quotes` and `numbers` say whether those count too.

    Codes that tell what went wrong stay: `HTTP 400`, `E404`, `errno 13`, `exit code 137`, `0x80070005`.
    """
    found: list[Varying] = []
    for part in _ANY.finditer(message):
        name, kind, _ = _PARTS[int(str(part.lastgroup)[1:])]
        if name == "number" and not numbers:
            continue
        if name in ("number", "address") and is_code(message, part.start(), part.end()):
            continue
        if name == "path" and (part.group() in _CONSTANT_PATHS or _SLASH_COMMAND.search(message[: part.end()][-60:])):
            continue
        found.append(Varying(part.start(), part.end(), name_of(name, message, part.start(), part.end()), kind))
    return _with_quoted(message, found) if quotes else found


def _with_quoted(message: str, found: list[Varying]) -> list[Varying]:
    """The parts, and the names in quotes that are none of them; a name around parts takes their place."""
    whole = {(part.start, part.end) for part in found}
    names: list[Varying] = []
    for quoted in _QUOTED.finditer(message):
        start, end = quoted.span()
        if (start + 1, end - 1) not in whole and _is_name(message, quoted):
            names.append(Varying(start, end, noun_beside(message, start, end) or "name", "quoted"))
    apart = [part for part in found if not any(name.start < part.end and part.start < name.end for name in names)]
    return sorted([*apart, *names])


def _is_name(message: str, quoted: re.Match[str]) -> bool:
    """Whether what stands in quotes is a name: no message, no constant, no key or value of JSON."""
    inside = next(text for text in quoted.groups() if text is not None)
    if len(inside.split()) > _MOST_WORDS or _CONSTANT.fullmatch(inside) or not inside.strip():
        return False
    start, end = quoted.span()
    is_in_json = message.startswith(":", end) or _JSON_BEFORE.search(message[max(0, start - 10) : start])
    return not ('":' in message and message[start] == '"' and is_in_json)
