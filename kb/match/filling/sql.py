"""Places in SQL: what is compared with, and names behind words such as ROLE and TABLE.

Any other text may be run by the database (`EXECUTE`, `COPY … FROM PROGRAM`, `DO $$`) or is a command of its client.
"""

from __future__ import annotations

import re
from typing import Final

from kb.match.filling.values import ANY, NEVER, Place

_HOLE: Final = "\x00"
_TOKEN: Final = re.compile(
    r"(?P<space>\s+|--[^\n]*|/\*.*?\*/)|(?P<string>'(?:[^'\\]|'')*')|(?P<name>\"(?:[^\"\\]|\"\")*\")"
    r"|(?P<word>[A-Za-z_\x00][\w\x00]*)|(?P<number>[0-9.]+)|(?P<operator><>|!=|<=|>=|[=<>(),;.*+\[\]:-])",
    re.DOTALL | re.ASCII,
)
_COMPARES: Final = frozenset({"=", "<>", "!=", "<", ">", "<=", ">=", "like", "ilike"})
_NAMES: Final = frozenset(
    [
        "role",
        "user",
        "schema",
        "table",
        "database",
        "from",
        "join",
        "into",
        "update",
        "on",
        "to",
        "index",
        "view",
        "sequence",
        "constraint",
        "owner",
        "extension",
    ]
)
"""Words before the name of a thing."""


def sql_places(code: str) -> list[Place]:
    """The places in SQL. What isn't understood, such as a dollar quote or a backslash, ends the reading."""
    places: list[Place] = []
    before = ""
    at = 0
    while at < len(code) and (token := _TOKEN.match(code, at)):
        at = token.end()
        if token["space"]:
            places += _none(token[0])
            continue
        places += _places(token, before)
        before = token[0].lower()
    return places + _none(code[at:])


def _places(token: re.Match[str], before: str) -> list[Place]:
    count = token[0].count(_HOLE)
    if token["string"]:
        return [Place("sql'", ANY if before in _COMPARES else NEVER)] * count
    if token["name"]:
        return [Place('sql"', ANY if before in _NAMES else NEVER)] * count
    if token[0] != _HOLE:
        return _none(token[0])
    is_number = before in _COMPARES or before in ("limit", "offset")
    return [Place("sql", "name" if before in _NAMES else "int" if is_number else NEVER)]


def _none(text: str) -> list[Place]:
    return [Place("sql", NEVER)] * text.count(_HOLE)
