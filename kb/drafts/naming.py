"""What to call a part of a message that varies, from the words around it; and which numbers don't vary."""

from __future__ import annotations

import re
from typing import Final

UNIT: Final = (
    r"(?: ?(?:[kKMGT]i?B|bytes?|B|ms|milliseconds?|s|secs?|seconds?|min|minutes?|hours?|days?|times?|attempts?|retries"
    r"|characters?|lines?|rows?|columns?|items?|files?|errors?|warnings?|arguments?|tokens?)\b| ?%)"
)
"""What is counted or measured, after a number."""

_REACH: Final = 40
"""Characters before a part in which the word stands that names it."""
_UNIT: Final = re.compile(UNIT)
_UNIT_NAMES: Final = {
    "b": "bytes", "kb": "size", "mb": "size", "gb": "size", "tb": "size", "kib": "size", "mib": "size", "gib": "size",
    "tib": "size", "ms": "milliseconds", "s": "seconds", "sec": "seconds", "secs": "seconds", "min": "minutes",
    "%": "percent", "retries": "attempts",
}  # fmt: skip

_NOUN: Final = (
    "account|action|address|argument|attempt|attribute|binary|branch|byte|certificate|charset|class|client|codec|column"
    "|command|container|crate|device|directory|encoding|exit|export|extension|field|file|flag|folder|function|group"
    "|header|host|image|import|index|job|key|label|length|library|line|linker|method|model|module|name|namespace|network"
    "|node|offset|option|owner|package|parameter|path|pid|plugin|pod|port|position|process|program|project|property"
    "|registry|relation|remote|repository|resource|role|row|schema|script|secret|server|service|session|size|socket"
    "|stage|step|symbol|table|tag|target|task|timeout|token|trait|type|user|value|variable|version|volume|workflow"
)
_NOUN_BEFORE: Final = re.compile(
    rf"\b({_NOUN})s?(?: (?:named|called|is|was|of|with|for|at|in|to|the|from|name|id|number))?\s?[:=#]?\s?[(\[]?\Z",
    re.IGNORECASE,
)
_NOUN_AFTER: Final = re.compile(rf"[)\]]? ({_NOUN})\b", re.IGNORECASE)
_PATH_NOUNS: Final = frozenset({"file", "directory", "folder", "socket", "repository", "library", "script"})

_CODE_BEFORE: Final = re.compile(
    r"(?:\bHTTP(?:/[0-9.]{1,3})?|\b(?:exit|error|return|response|status|result)(?: ?(?:code|status|value))?|\bcode"
    r"|\berrno|\bSQLSTATE|\bsignal|\bexited with|\breturned|\bcurl:|\b(?:WinError|Winsock))"
    r"(?: (?:is|was|of))?\s?[=:#]?\s?[\"'(\[]?-?\Z",
    re.IGNORECASE,
)
_REASON: Final = re.compile(
    r"\)?:? (?:Bad|Unauthorized|Payment|Forbidden|Not|Method|Request|Conflict|Gone|Too|Internal|Service|Gateway|Client"
    r"|Server|Moved|Found|Temporary|Permanent|Unprocessable)\b"
)
"""The words that HTTP puts after the number of a status (RFC 9110, 15)."""
STATUS_CODE: Final = r"0[xX](?:80[0-9A-Fa-f]{6}|[Cc]00[0-9A-Fa-f]{5})"
"""A failure of Windows: an HRESULT or an NTSTATUS ([MS-ERREF], 2.1 and 2.3), which is no address."""
_LINE_BEFORE: Final = re.compile(r"[:(,][0-9]{1,9}[:,]\Z")


def is_code(message: str, start: int, end: int) -> bool:
    """Whether a number says which error it is, and so is the same in each message of this kind."""
    is_status = end - start == 3 and message[start] in "12345" and _REASON.match(message, end) is not None
    return is_status or _CODE_BEFORE.search(message[max(0, start - _REACH) : start]) is not None


def name_of(kind: str, message: str, start: int, end: int) -> str:
    """A name for a part that is a number, a path or another `kind`; the kind itself where nothing says more."""
    if kind == "path":
        noun = noun_beside(message, start, start)
        return noun if noun in _PATH_NOUNS else kind
    if kind != "number":
        return kind
    before = message[max(0, start - _REACH) : start]
    if _LINE_BEFORE.search(before):
        return "column"
    if before.endswith(":") and not before[-2:-1].isspace():
        return "line" if re.search(r"\.[A-Za-z]{1,4}:\Z", before) and not _ends_with_host(before) else "port"
    if before.endswith("(") and message.startswith(",", end):
        return "line"
    unit = _UNIT.match(message, end)
    if unit:
        word = unit[0].strip().lower()
        return _UNIT_NAMES.get(word, word if word.endswith("s") else f"{word}s")
    return noun_beside(message, start, end) or kind


def noun_beside(message: str, start: int, end: int) -> str | None:
    """What the words before a part, or else after it, say that it is."""
    found = _NOUN_BEFORE.search(message[max(0, start - _REACH) : start])
    if found is None and end > start:
        found = _NOUN_AFTER.match(message, end)
    return found[1].lower() if found else None


def _ends_with_host(before: str) -> bool:
    """Whether a host's name, and no file's, stands before a colon."""
    return re.search(r"\.(?:com|org|net|io|dev|app|test|svc|lan|corp|home):\Z", before) is not None
