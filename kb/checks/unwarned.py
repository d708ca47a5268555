"""Commands in an entry's code that can do harm, and stand in a section without a warning."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import takewhile
from typing import Final, NamedTuple

from kb.checks.asking import Said, code_with_words, is_denied_in_comment
from kb.checks.code import Code, code_of
from kb.checks.places import place_of
from kb.checks.prefilter import CodePrefilter
from kb.checks.rule import Finding
from kb.checks.shape import body_lines
from kb.entry import Position, Source

_CONTINUED: Final = re.compile(r"[\\`^]\n|(\||&&)[ \t]{0,20}\n")
"""The end of a line of code behind which its command goes on: of sh, PowerShell and cmd."""

_ENOUGH: Final = 200
"""Characters of a line of code by which it is found in the line of the file that it stands in."""

_MOST_WORDS: Final = 12
"""Words of a command by which it is found in the lines that it goes over."""


class Harm(NamedTuple):
    """What a command in a line of code does to whoever runs it, and where in the line it starts."""

    offset: int
    what: str

    @property
    def command(self) -> str:
        """How it starts, where that stands first in what is said of it."""
        return self.what.split("`")[1] if self.what.startswith("`") else ""


class Line(NamedTuple):
    """A line of code, with those on which a backslash continues it, and where in the code it starts."""

    said: Said
    text: str
    offset: int

    @property
    def code(self) -> Code:
        """The code that it is a line of."""
        return self.said.code


def unwarned(
    source: Source, prefilter: CodePrefilter, harms: Callable[[str], Iterable[Harm]], hint: str
) -> Iterator[Finding]:
    """A finding for each harm in the code of an entry's sections that have no warning."""
    body = source.draft.body if source.draft else ""
    numbers = prefilter.lines(_text_of_code(body))
    if not numbers:
        return
    lines = _lines_of_code(body)
    found: dict[str, list[Harm]] = {}
    for line in (lines[number] for number in sorted(numbers)):
        if line.text not in found:
            # Both readings of a command with quotes may show the same harm.
            found[line.text] = list(dict.fromkeys(harms(line.text)))
        for harm in found[line.text] if found[line.text] and _is_unwarned(line.said) else ():
            if line.code.is_block and is_denied_in_comment(line.text, harm.command):
                continue
            yield Finding(_position(source, line.code, line.offset + harm.offset), harm.what, hint)


@lru_cache(maxsize=2)
def _text_of_code(body: str) -> str:
    """The lines of `_lines_of_code` as one text, in which a prefilter looks at all of them at once."""
    return "\n".join(_continued(code.text) for code in code_of(body) if not code.is_warned_of)


@lru_cache(maxsize=2)
def _lines_of_code(body: str) -> tuple[Line, ...]:
    """The lines of code that stand in no section with a warning."""
    return tuple(line for said in code_with_words(body) if not said.code.is_warned_of for line in _lines(said))


def _is_unwarned(said: Said) -> bool:
    """Whether code may be a command, and nobody warns against it."""
    code = said.code
    return (code.is_block or said.is_asked_for or not _only_names(code.text)) and not said.is_warned_against


def _lines(said: Said) -> Iterator[Line]:
    code = said.code
    start = 0
    for line in _continued(code.text).split("\n"):
        yield Line(said, line, start)
        start += len(line) + 1


def _continued(code: str) -> str:
    """Code with each command on one line, at the same offsets."""
    return _CONTINUED.sub(lambda end: (end[1] or "").ljust(len(end[0])), code) if "\n" in code else code


def _only_names(span: str) -> bool:
    """Whether code inside of a sentence names a command or an option, and is not the whole of a command."""
    words = span.split()
    if len(words) < 2 or span.isupper():
        return True  # words of SQL, and no table's name
    return len(words) == 2 and (words[1].startswith("-") or words[0] in ("git", "docker"))


def _position(source: Source, code: Code, offset: int) -> Position:
    """Where a place in code stands in the file; code is indented there by what it stands in."""
    inner_line, inner_column = place_of(code.text, offset)
    line = code.line + inner_line - 1
    lines = body_lines(source.draft.body if source.draft else "")
    written = lines[line - 1] if line <= len(lines) else ""
    start = offset - inner_column + 1
    indent = written.find(code.text[start : start + _ENOUGH].partition("\n")[0].rstrip())
    if indent < 0:
        return source.body_position(_in_paragraph(lines, line, code.text[offset : offset + _ENOUGH]))
    return source.body_position(Position(line, indent + inner_column))


def _in_paragraph(all_lines: list[str], first: int, command: str) -> Position:
    """Where a command stands whose code, a span, goes over several lines: there its line breaks are spaces."""
    words = command.split()[:_MOST_WORDS]
    lines = [(number, all_lines[number - 1]) for number in _paragraph(all_lines, first)]
    for count in range(len(words), 0, -1):
        wanted = " ".join(words[:count])
        for number, line in lines:
            if (column := line.find(wanted)) >= 0:
                return Position(number, column + 1)
    return Position(first, 1)


def _paragraph(lines: list[str], first: int) -> Iterator[int]:
    """The numbers of the lines from the first one to the end of its paragraph."""
    return takewhile(lambda number: lines[number - 1].strip(), range(first, len(lines) + 1))
