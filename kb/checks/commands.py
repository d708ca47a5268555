"""Commands in a line of code: their words, whatever stands around, inside of and in place of them.

A reader copies commands of many shells, out of scripts, image builds and programs. So nothing is parsed as one shell
would: each word may be a program, and each line is read twice, with quotes that hold a command (`sh -c "rm -rf x"`)
and with quotes that are part of a word (`of="/dev/sda"`).
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

_BLANK: Final = (
    r"\$?\{\{[^{}\n]{1,100}\}\}"  # {{name}}, {{name:type}}, ${{ name }}
    r"|\$\{[^{}\n]{0,200}\}"  # ${name}, ${name:-value}
    r"|\{[^\s{}|;&()`\"']{0,100}\}"  # {}, {a,b}, @{upstream}
)
"""What has braces and is part of a word."""
_LETTER: Final = r"[^\s|;&(){}`\"'$<]|\$(?!\()|<(?!\()"
_JOIN: Final = r"\|\||&&|<\(|\$\(|[|;&()`]"
_APART: Final = re.compile(rf"{_JOIN}|(?:{_BLANK}|{_LETTER})+|[{{}}]")
"""Words as far as the next quote."""
_WHOLE: Final = re.compile(rf"{_JOIN}|(?:{_BLANK}|{_LETTER}|[\"'])+|[{{}}]")
"""Words with the quotes in them."""

_QUOTE_INSIDE: Final = re.compile(r"[^\s|;&()`\"'][\"']{1,9}[^\s|;&()`\"']")
"""A quote between the letters of a word, where the two readings differ."""

_OPENS: Final = frozenset({"(", "<(", "$("})
_JOINS: Final = frozenset({"|", "||", "&&", "&", ";", "{", "}"})
_PROMPTS: Final = frozenset({"$", "#", ">", "%"})
_NOT_RUN: Final = frozenset({"echo", "printf", "grep", "man", "which", "alias", "type", "apt", "brew"})
"""Programs whose arguments are words, not commands."""
_TYPE: Final = re.compile(r"(\{\{\s?\w+):\w+(?=\s?\}\})")
_FILLED_LATER: Final = re.compile(
    r"\{\{\s?(\w+)\s?\}\}|\$\{\{?\s?([\w.]+)[^{}]*\}|\$(?:env:)?(\w+)|%(\w+)%|!(\w+)!|<([^<>]+)>|\$\(\)", re.ASCII
)
SUBSTITUTED: Final = "$()"
"""The word in a command for what another command prints."""

_MOST_WORDS: Final = 60
"""Words of a command that are looked at; a file of 1 MB can be one command."""


class Command(NamedTuple):
    """A command: its words without quotes, and how it starts and goes on."""

    words: tuple[str, ...]
    offset: int
    """Where it starts, in characters from 0."""
    after: str
    """What stands before it: `|`, `$(`, `&&`, …; empty at the start of a line."""


class _Open:
    """A command that is being read."""

    def __init__(self, after: str, closed_by: str = "") -> None:
        self.words: list[list[str]] = []
        """The parts of each word: one of a megabyte may have a quote behind each letter."""
        self.start = self.end = 0
        self.after = after
        self.closed_by = closed_by

    def add(self, word: str, start: int, end: int) -> None:
        if not self.words:
            self.start = start
        if self.words and start == self.end:
            self.words[-1].append(word)
        else:
            self.words.append([word])
        self.end = end


@lru_cache(maxsize=256)
def commands(line: str) -> tuple[Command, ...]:
    """The commands of a line, those inside of others too, each as far as the next `|`, `;`, `&&`, …, in its order.

    What another command prints is the word `$()` in the command around it, which goes on behind it.
    """
    found = _commands(line, _APART)
    if _QUOTE_INSIDE.search(line):
        found = list(dict.fromkeys([*found, *_commands(line, _WHOLE)]))
    return tuple(sorted(found, key=lambda command: command.offset))


def _commands(line: str, token: re.Pattern[str]) -> list[Command]:
    found: list[Command] = []
    around: list[_Open] = []
    current = _Open("")

    def end() -> None:
        if current.words:
            found.append(Command(tuple(map("".join, current.words)), current.start, current.after))

    for read in token.finditer(line):
        mark = read[0]
        if mark in _OPENS or (mark == "`" and current.closed_by != "`"):
            is_word = mark != "(" or line[read.start() - 1 : read.start()].isspace()
            if current.words and is_word:
                current.add(SUBSTITUTED, *read.span())
            around.append(current)
            current = _Open(mark, "`" if mark == "`" else ")")
        elif mark in (")", "`"):
            end()
            # A lone `)` ends a command, as in the cases of a shell.
            current = around.pop() if around else _Open(mark)
            if current.words and current.words[-1][-1] == SUBSTITUTED:
                current.end = read.end()
        elif mark in _JOINS:
            end()
            current = _Open(mark, current.closed_by)
        elif current.words or mark not in _PROMPTS:
            word = mark.replace('"', "").replace("'", "")
            if word:
                start = read.end() - len(mark.lstrip("\"'"))
                current.add(_TYPE.sub(r"\1", word) if "{{" in word else word, start, read.end())
            elif current.words and read.start() == current.end:
                current.end = read.end()
    while True:
        end()
        if not around:
            return found
        current = around.pop()


def programs(command: Command) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every word of a command that may be a program, in lower case and without its folder, and the words after it.

    A program may be run by another (`sudo`, `xargs`, `find -exec`, `docker exec`), so each word may be one.
    """
    for number, word in enumerate(command.words[:_MOST_WORDS]):
        name = program_name(word)
        if number == 0 and name in _NOT_RUN:
            return
        yield name, command.words[number + 1 : number + _MOST_WORDS]


def program_name(word: str) -> str:
    r"""A word as the name of a program: `C:\Windows\System32\format.com` is `format`, Make's `@rm` is `rm`."""
    name = word.lower().rpartition("/")[2].rpartition("\\")[2].lstrip("@!")
    return name.removesuffix(".exe").removesuffix(".com").removesuffix(".cmd")


def short_flags(words: Iterable[str]) -> set[str]:
    """The letters of all short options: `-rf -v` are r, f and v."""
    return {letter for word in words if word[:1] == "-" and word[1:].isalpha() for letter in word[1:]}


def filled_later(word: str) -> str | None:
    """The name, in lower case, of the first thing in a word that the reader or the shell fills in.

    Such are `{{name}}`, `$name`, `${name}`, `%name%`, `$env:name`, `<name>`, and what a command prints, which has an
    empty name. None where there is nothing to fill in.
    """
    found = _FILLED_LATER.search(word)
    return next(filter(None, found.groups()), "").lower() if found else None
