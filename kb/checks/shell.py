"""Commands in code: their words, and which of them stand without a warning although they can do harm."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

import re2

from kb.checks.code import Code, code_of
from kb.checks.places import place_of
from kb.checks.rule import Finding
from kb.checks.traces import any_of, has, trace
from kb.entry import Position, Source

_CONTINUED: Final = re.compile(r"[\\`^]\n")
_TOKEN: Final = re.compile(r"\|\||&&|[|;&(){}]|<\(|\$\(|`|[^\s|;&(){}`\"']+")
_JOINS: Final = frozenset({"|", "||", "&&", "&", ";", ")", "{", "}", "(", "<(", "$(", "`"})
_PROMPTS: Final = frozenset({"$", "#", ">", "%"})
_NOT_RUN: Final = frozenset({"echo", "printf", "grep", "man", "which", "alias", "type", "apt", "brew"})
"""Programs whose arguments are words, not commands."""

_ASKS: Final = re.compile(
    r"(?:^(?:[-*+>]|\d{1,3}[.)])?[ \t]*|[.:;,(] |\b(?:and|then|or|to|just|simply|can|please) )"
    r"(?:set|use|pass|add|export|put|try|give|define)\b[^.`]{0,40}$",
    re.IGNORECASE,
)
"""An imperative behind which nothing but an object follows."""

_MOST_WORDS: Final = 60
"""Words of a command that are looked at; a file of 1 MB can be one command."""

_LONGEST_CODE: Final = 20_000
"""Characters of code that are looked at: a longer section is no part of an entry that is published."""

_ENOUGH: Final = 200
"""Characters of a line of code by which it is found in the line of the file that it stands in."""


class Telltale:
    """Parts of which every command has one that a rule objects to: most code has none, and is not taken apart."""

    def __init__(self, *parts: str, patterns: Iterable[str] = ()) -> None:
        """`parts` are looked for in any case; `patterns` are RE2's, and may not count on where a line ends."""
        pattern = "|".join((any_of(parts), *patterns))
        self._trace = trace(pattern)
        self._expression = re2.compile(pattern)

    def is_in_prose(self, body: str) -> bool:
        return has(body, self._trace)

    def is_in_line(self, line: str) -> bool:
        return self._expression.search(line.encode(errors="replace")) is not None


class Command(NamedTuple):
    """A command: its words without quotes, and how it starts and goes on."""

    words: tuple[str, ...]
    offset: int
    """Where it starts, in characters from 0."""
    after: str
    """What stands before it: `|`, `$(`, `&&`, …; empty at the start of a line."""


class Harm(NamedTuple):
    """What a command in a line of code does to whoever runs it, and where in the line it starts."""

    offset: int
    what: str


class Line(NamedTuple):
    """A line of code, with those on which a backslash continues it, and where in the code it starts."""

    code: Code
    text: str
    offset: int


@lru_cache(maxsize=256)
def commands(line: str) -> tuple[Command, ...]:
    """The commands of a line, those inside of others too, each as far as the next `|`, `;`, `(`, …"""
    found: list[Command] = []
    words: list[str] = []
    start, after = 0, ""
    for token in _TOKEN.finditer(line):
        if token[0] in _JOINS:
            if words:
                found.append(Command(tuple(words), start, after))
            words, after = [], token[0]
        elif words or token[0] not in _PROMPTS:
            if not words:
                start = token.start()
            words.append(token[0])
    if words:
        found.append(Command(tuple(words), start, after))
    return tuple(found)


def programs(command: Command) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every word of a command that may be a program, in lower case and without its folder, and the words after it.

    A program may be run by another (`sudo`, `xargs`, `find -exec`, `docker exec`), so each word may be one.
    """
    for number, word in enumerate(command.words[:_MOST_WORDS]):
        name = word.lower().rpartition("/")[2].rpartition("\\")[2].removesuffix(".exe")
        if number == 0 and name in _NOT_RUN:
            return
        yield name, command.words[number + 1 : number + _MOST_WORDS]


def short_flags(words: Iterable[str]) -> set[str]:
    """The letters of all short options: `-rf -v` are r, f and v."""
    return {letter for word in words if word[:1] == "-" and word[1:].isalpha() for letter in word[1:]}


def unwarned(
    source: Source, telltale: Telltale, harms: Callable[[str], Iterable[Harm]], hint: str
) -> Iterator[Finding]:
    """A finding for each harm in the code of an entry's sections that have no warning."""
    body = source.draft.body if source.draft else ""
    if not telltale.is_in_prose(body):
        return
    found: dict[str, list[Harm]] = {}
    for line in _unwarned_lines(body):
        if line.text not in found:
            found[line.text] = list(harms(line.text)) if telltale.is_in_line(line.text) else []
        for harm in found[line.text]:
            yield Finding(_position(source, line.code, line.offset + harm.offset), harm.what, hint)


@lru_cache(maxsize=2)
def _unwarned_lines(body: str) -> tuple[Line, ...]:
    """The lines of code that stand without a warning and may be a command."""
    return tuple(
        line
        for code in code_of(body)
        if not code.is_warned_of and (code.is_block or not _only_names(code.text) or _is_asked_for(code, body))
        for line in _lines(code)
    )


def _lines(code: Code) -> Iterator[Line]:
    text = _CONTINUED.sub("  ", code.text[:_LONGEST_CODE])
    start = 0
    for line in text.split("\n"):
        yield Line(code, line, start)
        start += len(line) + 1


def _only_names(span: str) -> bool:
    """Whether code inside of a sentence names a command or an option, and is not the whole of a command."""
    words = span.split()
    if len(words) < 2 or span.isupper():
        return True  # words of SQL, and no table's name
    return len(words) == 2 and (words[1].startswith("-") or words[0] in ("git", "docker"))


def _is_asked_for(code: Code, body: str) -> bool:
    """Whether a sentence tells the reader to make a setting, as in: set `NODE_TLS_REJECT_UNAUTHORIZED=0`."""
    if "=" not in code.text or code.line > len(_body_lines(body)):
        return False
    before, found, _ = _body_lines(body)[code.line - 1].partition(f"`{code.text}`")
    return bool(found) and _ASKS.search(before) is not None


def _position(source: Source, code: Code, offset: int) -> Position:
    """Where a place in code stands in the file; code is indented there by what it stands in."""
    inner_line, inner_column = place_of(code.text, offset)
    line = code.line + inner_line - 1
    body_lines = _body_lines(source.draft.body if source.draft else "")
    written = body_lines[line - 1] if line <= len(body_lines) else ""
    start = offset - inner_column + 1
    indent = written.find(code.text[start : start + _ENOUGH].partition("\n")[0].rstrip())
    return source.body_position(Position(line, max(indent, 0) + inner_column))


@lru_cache(maxsize=1)
def _body_lines(body: str) -> list[str]:
    return body.split("\n")
