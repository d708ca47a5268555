"""Front matter that YAML can not read."""

import re
from typing import Final

from kb.checks.edit import Edit
from kb.checks.rule import UNREADABLE, Family, Rule
from kb.entry import Catalog, Defect, DefectKind, Position, Source

_TABS: Final = re.compile(r"[ \t]*\t[ \t]*")
_PAIR: Final = re.compile(r"([ ]*(?:- +)*[a-z_]+: +|[ ]*(?:- +)+)([^\s\"'\[{|>&*!#][^\"\\]*?)[ \t]*")
"""A key or a dash, and text without quotes on the rest of the line."""


def _mend(file: Source | Catalog, defect: Defect) -> tuple[Edit, ...]:
    lines = file.text.split("\n")
    number = defect.position.line
    if number > len(lines):
        return ()
    line = lines[number - 1]
    if tabs := _TABS.match(line):
        return (Edit(Position(number, 1), Position(number, tabs.end() + 1), tabs[0].replace("\t", "  ")),)
    pair = _PAIR.fullmatch(line)
    after = lines[number] if number < len(lines) else ""
    goes_on = after.strip() and _indent(after) > _indent(line)
    if not pair or goes_on or " #" in line or not ("mapping values" in defect.message or pair[2][0] in "@`%"):
        return ()
    start, end = (Position(number, place + 1) for place in pair.span(2))
    return (Edit(start, end, f'"{pair[2]}"'),)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


RULE = Rule(
    code="KB102",
    name="broken-yaml",
    family=Family.FORMAT,
    summary="The YAML can not be parsed.",
    why="What YAML can't read can't be used: not one key of it.",
    fix=(
        "Look at the marked line and the one above it: indentation (spaces, no tabs), quotes, and "
        'text that contains ": ".'
    ),
    mended="Turns tabs before a key into spaces, and quotes text of one line that holds a colon.",
    bad="title: fatal: not a git repository",
    good='title: "fatal: not a git repository"',
    defects=frozenset({DefectKind.SYNTAX}),
    mend=_mend,
    firm=UNREADABLE,
)
