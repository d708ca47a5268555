"""What somebody meant who wrote YAML that can't be parsed: where the slip is, and how to mend it.

The parser stops where it can't go on, which is often lines after the slip: at the next quote, or at the next key.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

import yaml

from kb.entry.source import Defect, DefectKind, Position

_VALUE: Final = r"[ ]*(?:- +)*(?:[\w-]+ *: +|- +)?"
_QUOTED: Final = re.compile(rf"{_VALUE}(?P<quote>[\"'])(?P<rest>.*)")
_KEY: Final = re.compile(r"[ ]*(?:- +)*[\w-]+ *:(?: |$)")
_NO_SPACE: Final = re.compile(r"([ ]*(?:- +)*)([A-Za-z_]+):(?=[^\s/])")
_NO_COLON: Final = re.compile(r"([ ]*)([A-Za-z_]+)(?: *= *| +|$)")
_CONFLICT: Final = re.compile(r"<{7}|={7}$|>{7}|\|{7}")
_BEHIND: Final = re.compile(rf"{_VALUE}(?:\[[^\]]*\]|\{{[^}}]*\}}|'[^']*'|\"(?:[^\"\\]|\\.)*\") *(?=[^\s,\]}}#])")
_COMMENT: Final = re.compile(r" #.*")
_CLOSED: Final = {'"': re.compile(r'(?:[^"\\]|\\.)*"'), "'": re.compile(r"(?:[^']|'')*'")}

Slip = tuple[int, int, str, str]
"""Line and column, from 0; what is wrong there; what to do."""


def syntax_defect(error: yaml.MarkedYAMLError, text: str, first_line: int) -> Defect:
    """The defect for an error of the parser in `text`, whose first line is line `first_line` of its file."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    message = ", ".join(part for part in (error.problem, error.context) if part) or "not YAML"
    lines = text.splitlines()
    slip = next((found for find in _FINDERS if (found := find(lines, line))), None)
    if slip is None and "while parsing a flow" in message:
        slip = _open_bracket(lines, line)
    if slip is None:
        # The parser may stop behind the last line: what is wrong is at its end.
        if lines and line >= len(lines):
            line, column = len(lines) - 1, len(lines[-1])
        slip = line, column, message, _hint(message, lines[line] if lines else "")
    line, column, message, hint = slip
    return Defect(DefectKind.SYNTAX, Position(line + first_line, column + 1), message, hint)


def _conflict(lines: Sequence[str], line: int) -> Slip | None:
    number = next((n for n, text in enumerate(lines[: line + 2]) if _CONFLICT.match(text)), None)
    if number is None:
        return None
    return number, 0, "a mark of a merge conflict", "Keep one of the two sides, and remove the marks."


def _open_quote(lines: Sequence[str], line: int) -> Slip | None:
    """A quote without its end on the line, where the next line starts another key."""
    for number in range(min(line, len(lines) - 1), -1, -1):
        found = _QUOTED.match(lines[number])
        if not found or _CLOSED[found["quote"]].match(found["rest"]):
            continue
        if number in (line, len(lines) - 1) or _KEY.match(lines[number + 1]):
            quote = found["quote"]
            return (
                number,
                found.start("quote"),
                f"the quote {quote} has no end",
                f"Close it with {quote} behind the text.",
            )
        return None
    return None


def _text_behind(lines: Sequence[str], line: int) -> Slip | None:
    """Text behind what is in quotes or brackets, as in `'it's'` and `[error] it fails`."""
    found = _BEHIND.match(lines[line]) if line < len(lines) else None
    if not found:
        return None
    if found[0].rstrip().endswith("'") and lines[line][found.end() - 1] == "'":
        hint = "Inside of '…' an apostrophe is written twice; or put the text in double quotes."
        return line, found.end() - 1, "text goes on behind the closing quote", hint
    what = "bracket" if found[0].rstrip()[-1] in "]}" else "quote"
    return line, found.end(), f"text goes on behind the closing {what}", "Put all of the text in quotes."


def _no_space(lines: Sequence[str], line: int) -> Slip | None:
    """A key without its colon, or without the space behind it: the parser sees that on the next line."""
    if not 0 < line <= len(lines):
        return None
    number = next((n for n in range(line - 1, -1, -1) if lines[n].strip()), 0)
    before = lines[number]
    if found := _NO_SPACE.match(before):
        return number, found.end() - 1, f"no space behind the colon of {found[2]!r}", f"Write `{found[2]}: …`."
    found = _NO_COLON.fullmatch(before) or _NO_COLON.match(before)
    is_last = line == len(lines)
    if found and ":" not in before and (is_last or not (found[1] or lines[line][:1].isspace())):
        return number, found.end(2), f"no colon behind {found[2]!r}", f"Write `{found[2]}: …`."
    return None


def _indented(lines: Sequence[str], line: int) -> Slip | None:
    """A first key that does not start in the first column, unlike the next one."""
    first = next((n for n, text in enumerate(lines) if text.strip()), None)
    if first is None or first >= line or not lines[first].startswith(" ") or lines[line : line + 1] == []:
        return None
    if not _KEY.match(lines[first]) or lines[line].startswith(" "):
        return None
    return first, 0, "the first key is indented, and the others are not", "Start each key in the first column."


def _open_bracket(lines: Sequence[str], line: int) -> Slip | None:
    """The last bracket without its end before the place where the parser stops."""
    left_open = {"[": 0, "{": 0}
    for number in range(min(line, len(lines) - 1), -1, -1):
        text = _COMMENT.sub("", lines[number])
        for opening, closing in ("[]", "{}"):
            left_open[opening] += text.count(opening) - text.count(closing)
            if left_open[opening] > 0:
                comment = " A # behind a space starts a comment: quote the item." if text != lines[number] else ""
                hint = f"Close it with {closing}.{comment}"
                return number, text.index(opening), f"the bracket {opening} has no end", hint
    return None


_FINDERS: Final[tuple[Callable[[Sequence[str], int], Slip | None], ...]] = (
    _conflict,
    _indented,
    _open_quote,
    _no_space,
    _text_behind,
)


def _hint(message: str, line: str) -> str:
    if re.match(r"[ ]*\t", line) or ("\t" in line and "cannot start any token" in message):
        return "Indent with spaces: YAML allows no tabs."
    if "mapping values are not allowed" in message:
        return "Text that contains ': ' needs quotes, or a block: `key: >-` with the text indented on the next line."
    if "quoted scalar" in message:
        return "In double quotes a backslash starts an escape. Use single quotes, or write \\\\ for each backslash."
    if "flow" in message:
        return "An item between brackets is missing or has no comma; text with , [ ] { } needs quotes."
    if any(part in message for part in _STARTS):
        return "Quote the value: it starts with a character that means something in YAML."
    return "Check the indentation and the quotes here and on the line above."


_STARTS: Final = (
    *("cannot start any token", "found unexpected", "scanning an alias", "scanning an anchor"),
    *("sequence entries are not allowed", "mapping keys are not allowed", "expected comment or line break"),
)
