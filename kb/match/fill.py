r"""A reader's values in commands: put in as data, so that whatever was pasted can't become a command of its own.

A value stands where `{{name}}` stood. Where the command is for a shell it is quoted for the place it stands in: bare,
in quotes, in a command within quotes. A value that can't be made safe there is not put in; the name stays. The twin of
`kb/site/assets/js/fill.js`; `tests/match/test_fill.py` holds them together.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

POSIX: Final = frozenset({"sh", "bash", "shell", "zsh", "console", "ksh", "fish"})
POWERSHELL: Final = frozenset({"powershell", "pwsh", "ps1"})

MAX_VALUE: Final = 500
"""Characters of a value: a longer one is no name, path or number that a command takes."""

_PLACEHOLDER: Final = re.compile(r"(\\?)\{\{([a-z][a-z0-9_]*)\}\}")
_PLAIN: Final = re.compile(r"[A-Za-z0-9_@%+=:,./][A-Za-z0-9_@%+=:,./-]*\Z")


def fill(code: str, language: str, values: Mapping[str, str]) -> str:
    r"""Put values into a code block of a language; `\{{` becomes `{{`."""
    out: list[str] = []
    place = ""
    at = 0
    for match in _PLACEHOLDER.finditer(code):
        between = code[at : match.start()]
        place = place_after(between, place, language)
        out.append(between)
        at = match.end()
        if match[1]:
            out.append(match[0][1:])
        else:
            value = values.get(match[2])
            quoted = None if value is None else quote(value, place, language)
            out.append(match[0] if quoted is None else quoted)
    return "".join(out) + code[at:]


def quote(value: str, place: str, language: str) -> str | None:
    """A value as it may stand at a place in code of a language; None if it may not.

    `place` is what `place_after` says of the code before it.
    """
    if not value or len(value) > MAX_VALUE or any(unicodedata.category(character) in _UNSEEN for character in value):
        return None
    if language not in POSIX | POWERSHELL or _PLAIN.match(value):
        return value
    inside = place[-1:]
    if inside in ("#", "'", '"'):
        return _quoted_within(value, inside, language)
    if inside in ("`", "<") or value.startswith("-"):
        return None  # a command would take a value that starts with a hyphen for an option, in quotes too
    quoted = _quoted_within(value, "'", language)
    return f"'{quoted}'"


_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def _quoted_within(value: str, quotes: str, language: str) -> str:
    r"""A value for a place in quotes, or in a comment.

    POSIX, XCU 2.2: in single quotes nothing is special but their end; in double quotes `\`, `$`, backquote and
    their end are, and `!` is for interactive shells. PowerShell, about_Quoting_Rules: in single quotes a quote is
    doubled; in double quotes backquote, `$` and quotes are special. It takes typographic quotes for plain ones.
    """
    if quotes == "#":
        return value
    if language in POSIX:
        if quotes == "'":
            return value.replace("'", "'\\''")
        return re.sub(r'([\\$`"])', r"\\\1", value).replace("!", "\"'!'\"")
    if quotes == "'":
        return re.sub("(['\u2018\u2019\u201a\u201b])", r"\1\1", value)
    return re.sub('([`$"\u201c\u201d\u201e])', r"`\1", value)


def place_after(code: str, place: str, language: str) -> str:
    """Where a piece of code leads from a place: what is open there, outermost first.

    `'` and `"` are quotes, `(` a command in quotes, a backquote an old-style one, `#` a comment, and `<` a text that
    follows (here-document), in which no quotes hold.
    """
    if language not in POSIX | POWERSHELL:
        return place
    posix = language in POSIX
    escape = "\\" if posix else "`"
    before = "\n"
    for character in code:
        inside = place[-1:]
        if before == escape and inside not in ("'", "#"):
            before = ""
            continue
        if inside == "#":
            place = place[:-1] if character == "\n" else place
        elif inside == "'":
            place = place[:-1] if character == "'" else place
        elif inside == '"':
            place = _in_double_quotes(character, before, place, posix=posix)
        elif inside != "<":
            place = _in_command(character, before, place, posix=posix)
        before = character
    return place


def _in_double_quotes(character: str, before: str, place: str, *, posix: bool) -> str:
    if character == '"':
        return place[:-1]
    if character == "(" and before == "$":
        return place + "("
    return place + "`" if posix and character == "`" else place


def _in_command(character: str, before: str, place: str, *, posix: bool) -> str:
    if character == "#" and (before.isspace() or before in ";(&|"):
        return place + "#"
    if (character == "<" and before == "<") or (not posix and before == "@" and character in "'\""):
        return place + "<"
    if character in "'\"(":
        return place + character
    if character == ")" and place.endswith("("):
        return place[:-1]
    if posix and character == "`":
        return place[:-1] if place.endswith("`") else place + "`"
    return place


_FENCE: Final = re.compile(r"^(`{3,}|~{3,})([\w+#.-]*)[^\n]*\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)


def fill_prose(markdown: str, values: Mapping[str, str]) -> str:
    """Put values into Markdown: into code blocks by their language, into the rest as text."""
    out: list[str] = []
    at = 0
    for block in _FENCE.finditer(markdown):
        out.append(fill(markdown[at : block.start()], "text", values))
        code = fill(block[3], block[2], values)
        out.append(markdown[block.start() : block.start(3)] + code + markdown[block.end(3) : block.end()])
        at = block.end()
    return "".join(out) + fill(markdown[at:], "text", values)
