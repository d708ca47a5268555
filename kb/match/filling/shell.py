"""Places in commands: which words a shell makes of them, and in which quotes a placeholder stands.

What isn't understood beyond doubt (here-documents, backquotes, arithmetic, patterns, functions) ends the reading: no
value goes in from there on. POSIX, XCU 2; fish, "The fish language"; PowerShell, about_Parsing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from kb.match.filling.programs import FILTERS, HOLE, STOPS, grammars, program_of
from kb.match.filling.values import ANY, NEVER, Place

_VARIABLE: Final = re.compile(r"\$(?:[A-Za-z_]\w*|\{(?:env:)?[A-Za-z_]\w*\}|[0-9?!#@$-])", re.ASCII)
_POWERSHELL_VARIABLE: Final = re.compile(r"\$(?:env:)?(?:[A-Za-z_]\w*|\{(?:env:)?[A-Za-z_]\w*\})", re.ASCII)
_GOES_ON: Final = re.compile(rf":?{HOLE}|[\[{{(]")
_PROMPT: Final = re.compile(r"[ \t]*(?:[\w@:~./\[\] -]{0,60})?[$#%] ")
_PATTERN: Final = frozenset("*?[]{}~!^")
"""Characters that make more than one word, or another one, of a word in which they aren't quoted."""
_DISTURBING: Final = re.compile(r"[\"'`\\]")
"""What opens quotes for an interactive zsh, to which a comment is no comment."""


_SCRIPT_BLOCK: Final = re.compile(
    rf"@\{{(?:[^{{}}{HOLE}'\"`]|'[^'{HOLE}]*'|\{{(?:[^{{}}{HOLE}'\"`]|'[^'{HOLE}]*')*\}})*\}}"
)
"""A hash table of PowerShell's, in which a filter is told what to show."""
_SAFE_TARGET: Final = re.compile(r"/dev/null|&?[0-9]")


class _UnknownError(Exception):
    """A construct that isn't understood."""


@dataclass(slots=True)
class _Word:
    text: str = ""
    """What the program gets; `HOLE` for a placeholder, a NUL for what is expanded."""
    holes: list[tuple[int, str]] = field(default_factory=list)
    """Number and quotes of each placeholder."""
    derived: list[range] = field(default_factory=list)
    """Placeholders of each command whose output stands in the word; it counts as one placeholder more."""
    is_open: bool = True
    """Whether a value in it stays one argument of its own, with nothing expanded in it."""


_EXPANDED: Final = "\x01"
"""What stands in a word's text for a variable or a command's output."""


@dataclass(slots=True)
class _Command:
    """A simple command."""

    start: int
    """Number of its first placeholder."""
    piped: range = range(0)
    """Placeholders of the commands whose output it reads."""
    words: list[_Word] = field(default_factory=list)
    is_written: bool = False
    """Whether its output goes to a file, which a shell may read later."""


class _Reader:
    """Reads commands from the left to the right."""

    def __init__(self, code: str, shell: str) -> None:
        self._code = code
        self._at = 0
        self._shell = shell
        self._is_cautious = False
        self._seen = 0
        self._depth = 0
        self._read_whole = 0
        """Placeholders in pipelines that were read to their ends."""
        self.places = [Place(shell, NEVER)] * code.count(HOLE)

    def read(self) -> list[Place]:
        try:
            self._commands("")
        except (_UnknownError, RecursionError):
            self._forbid(range(self._read_whole, len(self.places)))
        return self.places

    def _next(self, offset: int = 0) -> str:
        return self._code[self._at + offset : self._at + offset + 1]

    def _hole(self, quotes: str) -> int:
        number = self._seen
        self._seen += 1
        self.places[number] = Place(self._shell + quotes, NEVER)
        return number

    def _commands(self, closing: str) -> None:
        """Read commands up to a closing parenthesis, or to the end."""
        command = _Command(self._seen)
        while True:
            character = self._next()
            if not character or character == ")":
                self._judge(command)
                if character != closing:
                    raise _UnknownError
                if not closing:
                    return
                self._at += 1
                return
            if character in " \t" or self._continues_line():
                self._at += 1
            elif character == "\n" and not command.words:
                self._at += 1  # a pipe goes on
            elif character in "\n;&|":
                self._judge(command)
                is_pipe = character == "|" and self._next(1) != "|"
                command = _Command(self._seen, range(self._piped_from(command), self._seen) if is_pipe else range(0))
                if not is_pipe and self._depth == 0:
                    self._read_whole = self._seen
                self._operator(character)
            elif character == "#":
                self._comment()
            elif character in "<>":
                command.is_written |= self._redirection()
            else:
                command.words.append(self._word())

    def _continues_line(self) -> bool:
        escape = "`" if self._shell == "ps" else "\\"
        if self._next() == escape and self._next(1) == "\n":
            self._at += 1
            return True
        return False

    def _operator(self, character: str) -> None:
        following = self._next(1)
        if character == ";" and following == ";":
            raise _UnknownError
        if character == "&" and (following == ">" or (self._shell == "ps" and following != "&")):
            raise _UnknownError
        is_double = character in "&|" and following == character
        self._at += 2 if is_double else 1

    def _comment(self) -> None:
        end = self._code.find("\n", self._at)
        comment = self._code[self._at : end if end >= 0 else len(self._code)]
        for _ in range(comment.count(HOLE)):
            self.places[self._hole("")] = Place("comment", "plain")
        if self._shell == "sh" and _DISTURBING.search(comment):
            self._is_cautious = True
        self._at += len(comment)

    def _redirection(self) -> bool:
        """Read a redirection; whether something is written to a file. No value decides which."""
        character = self._next()
        self._at += 1
        if self._next() in ("(", "<") or (character == "<" and self._shell == "ps"):
            raise _UnknownError
        if self._next() in (">", "|", "&"):
            self._at += 1
        while self._next() in (" ", "\t"):
            self._at += 1
        target = self._word()
        return character == ">" and not _SAFE_TARGET.fullmatch(target.text)

    def _forbid(self, numbers: range) -> None:
        for number in numbers:
            self.places[number] = Place(self.places[number].context, NEVER)

    def _word(self) -> _Word:
        word = _Word()
        start = self._at
        while (character := self._next()) and character not in " \t\n;&|<>)":
            if character == "'":
                self._single_quotes(word)
            elif character == '"':
                self._double_quotes(word)
            elif character == HOLE:
                word.holes.append((self._hole(""), ""))
                self._take(word, character)
            elif character == "$":
                self._dollar(word)
            elif character == "(" and self._shell == "ps" and self._at == start:
                self._at += 1
                self._output(word)
            elif self._continues_line():
                break
            elif self._shell == "ps" and (block := _SCRIPT_BLOCK.match(self._code, self._at)):
                word.text += _EXPANDED
                self._at = block.end()
            else:
                self._plain_character(word, character)
        word.is_open &= self._next() not in ("<", ">", "(")
        if self._at == start:
            raise _UnknownError
        return word

    def _plain_character(self, word: _Word, character: str) -> None:
        if character in "`(" or (self._shell == "ps" and character in "@{}[]%"):
            raise _UnknownError
        if character == "\\" and self._shell != "ps":
            self._at += 1
            character = self._next()
            if character in ("", HOLE):
                raise _UnknownError
        else:
            word.is_open &= character not in _PATTERN
        self._take(word, character)

    def _take(self, word: _Word, character: str) -> None:
        word.text += character
        self._at += 1

    def _single_quotes(self, word: _Word) -> None:
        self._at += 1
        while (character := self._next()) != "'":
            escapes = character == "\\" and self._shell == "fish" and self._next(1) in ("'", "\\", HOLE)
            if not character or escapes:
                raise _UnknownError
            if character == HOLE:
                word.holes.append((self._hole("'"), "'"))
            self._take(word, character)
        self._at += 1

    def _double_quotes(self, word: _Word) -> None:
        self._at += 1
        while (character := self._next()) != '"':
            if not character or character == "`":
                raise _UnknownError
            if character == "$":
                self._dollar(word)
            elif character == "\\" and self._shell != "ps":
                if self._next(1) in ("", HOLE):
                    raise _UnknownError
                word.text += self._code[self._at : self._at + 2]
                self._at += 2
            else:
                if character == HOLE:
                    word.holes.append((self._hole('"'), '"'))
                self._take(word, character)
        self._at += 1

    def _dollar(self, word: _Word) -> None:
        """A variable, or a command whose output is used. What stands behind a variable could be part of its name."""
        if self._next(1) == "(" and self._next(2) != "(" and self._shell == "sh":
            self._at += 2
            self._output(word)
            return
        pattern = _POWERSHELL_VARIABLE if self._shell == "ps" else _VARIABLE
        found = pattern.match(self._code, self._at)
        if not found:
            raise _UnknownError
        self._at = found.end()
        # What can go on with the name: zsh's and PowerShell's indexes, modifiers and members.
        if _GOES_ON.match(self._code, self._at) or (self._shell == "ps" and self._next() == "."):
            raise _UnknownError
        word.text += _EXPANDED

    def _output(self, word: _Word) -> None:
        """A command whose output becomes part of a word."""
        start = self._seen
        self._depth += 1
        self._commands(")")
        self._depth -= 1
        if self._seen > start:
            word.derived.append(range(start, self._seen))
            word.holes.append((-len(word.derived), ""))
            word.text += HOLE
        else:
            word.text += _EXPANDED

    def _piped_from(self, command: _Command) -> int:
        return command.piped.start if command.piped else command.start

    def _judge(self, command: _Command) -> None:
        """Set the places of a command that was read whole, and of those that pipe their output into it."""
        texts = [word.text for word in command.words]
        name = program_of(texts)
        if any(word.holes for word in command.words):
            for word, found in zip(command.words, grammars(texts), strict=True):
                self._set_places(word, found)
        if command.is_written:
            self._forbid(range(self._piped_from(command), self._seen))
            command.piped = range(0)
        elif name not in FILTERS:
            self._forbid(command.piped)
            command.piped = range(0)
        if name in STOPS:
            raise _UnknownError

    def _set_places(self, word: _Word, found: tuple[str, ...]) -> None:
        for (number, quotes), grammar in zip(word.holes, found, strict=True):
            if number < 0:
                if grammar not in (ANY, "plain"):
                    self._forbid(word.derived[-number - 1])
            elif word.is_open:
                self.places[number] = Place(self._shell + quotes, self._narrowed(grammar))

    def _narrowed(self, grammar: str) -> str:
        if grammar != ANY:
            return grammar
        if self._shell == "ps":
            return "windows"
        return "plain" if self._is_cautious else ANY


def posix_places(code: str) -> list[Place]:
    """The places in commands for sh, bash, zsh, ksh and their like."""
    return _Reader(code, "sh").read()


def fish_places(code: str) -> list[Place]:
    """The places in commands for fish."""
    return _Reader(code, "fish").read()


def powershell_places(code: str) -> list[Place]:
    """The places in commands for PowerShell."""
    return _Reader(code, "ps").read()


def console_places(code: str) -> list[Place]:
    """The places in a session: in commands, each a line behind a prompt; not in what was printed.

    The commands are read as one script: what one of them starts, such as another shell, reads the next.
    """
    prompts = [(line, _PROMPT.match(line)) for line in code.split("\n")]
    commands = [
        (number, line[prompt.end() :])
        for number, (line, prompt) in enumerate(prompts)
        if prompt and not line.endswith("\\") and HOLE not in prompt[0]
    ]
    read = iter(posix_places("\n".join(command for _, command in commands)))
    numbers = {number for number, _ in commands}
    places: list[Place] = []
    for number, (line, _) in enumerate(prompts):
        places += islice(read, line.count(HOLE)) if number in numbers else _none(line)
    return places


def _none(line: str) -> list[Place]:
    return [Place("sh", NEVER)] * line.count(HOLE)
