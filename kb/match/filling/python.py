"""Places in Python: read by Python's own tokenizer.

A value is quoted for a string where nothing is called that could run it; a number or a module's name needs no quotes.
"""

from __future__ import annotations

import io
import itertools
import re
import tokenize
from typing import TYPE_CHECKING, Final

from kb.match.filling.values import ANY, NEVER, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HOLE: Final = "\x00"
_SKIPPED: Final = (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT)
_NUMBERED: Final = re.compile(r"KBQ(\d+)KBQ")
_TAKES_DATA: Final = frozenset(
    {"print", "len", "repr", "str", "int", "float", "sorted", "Path", "PurePath", "find_spec"}
)
"""Calls that don't run what they are given."""
_WORDS: Final = frozenset(
    {"and", "or", "not", "in", "is", "if", "elif", "while", "assert", "return", "yield", "del", "with"}
)
"""Keywords that a parenthesis can follow without being a call."""


def python_places(code: str) -> list[Place]:
    """The places in Python."""
    places = [Place("py", NEVER)] * code.count(_HOLE)
    parts = code.split(_HOLE)
    if "KBQ" in code:
        return places
    named = parts[0] + "".join(f"KBQ{number}KBQ{part}" for number, part in enumerate(parts[1:]))
    everything = _tokens(named)
    tokens = [token for token in everything if token.type not in _SKIPPED]
    is_harmless = all(name in _TAKES_DATA for name in _called(tokens))
    for comment in (token.string for token in everything if token.type == tokenize.COMMENT):
        for found in _NUMBERED.finditer(comment):
            places[int(found[1])] = Place("comment", "plain")
    for number, token in enumerate(tokens):
        for found in _NUMBERED.finditer(token.string):
            places[int(found[1])] = _place(tokens, number, found, is_harmless=is_harmless)
    return places


def _tokens(code: str) -> list[tokenize.TokenInfo]:
    """The tokens; none where the code can't be read."""
    try:
        return list(tokenize.generate_tokens(io.StringIO(code).readline))
    except (tokenize.TokenError, SyntaxError, ValueError):
        return []


def _called(tokens: Sequence[tokenize.TokenInfo]) -> Iterator[str]:
    """The names of what is called, and of decorators; an empty one for what has no name."""
    for before, token in itertools.pairwise(tokens):
        if token.string == "(":
            if before.type == tokenize.NAME and before.string not in _WORDS:
                yield before.string
            elif before.string in (")", "]", "}") or before.type == tokenize.STRING:
                yield ""
        elif token.string == "@":
            yield ""


def _place(tokens: Sequence[tokenize.TokenInfo], number: int, found: re.Match[str], *, is_harmless: bool) -> Place:
    token = tokens[number]
    before = tokens[number - 1].string if number else "\n"
    after = tokens[number + 1].string if number + 1 < len(tokens) else ""
    if token.type == tokenize.STRING:
        quote = token.string[0]
        if quote not in "'\"" or token.string.startswith(quote * 3) or _escapes(token.string, found.start()):
            return Place("py", NEVER)
        return Place(f"py{quote}", ANY if is_harmless else NEVER)
    if token.type != tokenize.NAME or token.string != found[0]:
        return Place("py", NEVER)
    following = tokens[number + 2].string if number + 2 < len(tokens) else ""
    if before in ("import", "from") or (after == "." and following.startswith("__") and following.endswith("__")):
        called = number + 3 < len(tokens) and tokens[number + 3].string == "("
        return Place("py", NEVER if after == "(" or (called and before not in ("import", "from")) else "dotted")
    if after in ("(", "[", "=", ".") or before in (".", "@", "def", "class", "as", "global", "nonlocal"):
        return Place("py", NEVER)
    return Place("py", "int")


def _escapes(literal: str, at: int) -> bool:
    """Whether a backslash before the place would take the value's first character along."""
    run = len(literal[:at]) - len(literal[:at].rstrip("\\"))
    return run % 2 == 1
