"""From a command that failed to its recipe: the tools that it names, in the versions that ran, and its own files."""

import re
import shlex
import shutil
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path, PurePath
from typing import Final

from kb.checks import guarded
from kb.entry import INSTALLED, MAX_RECIPE_FILES, MAX_TEXT, stays_inside
from kb.proofs.tools import NotTriedError, told_version

_SHELLS: Final = frozenset({"sh", "bash", "dash", "zsh"})
_BUILT_IN: Final = frozenset(
    {"cd", "echo", "export", "set", "unset", "test", "[", "exit", "true", "false", ":", "read", "ulimit", "umask"}
    | {
        "printf",
        "source",
        ".",
        "exec",
        "eval",
        "wait",
        "trap",
        "if",
        "then",
        "else",
        "fi",
        "for",
        "while",
        "do",
        "done",
    }
)
"""What a shell does itself, or any system has."""
_BEFORE: Final = frozenset({"sudo", "env", "time", "nohup", "command", "exec"})
"""Words after which the program comes."""
_SETTING: Final = re.compile(r"[A-Za-z_]\w*=.*", re.DOTALL)
_PYTHON: Final = re.compile(r"python(?:\d+(?:\.\d+)?)?")
_PIP: Final = re.compile(r"pip(?:\d+(?:\.\d+)?)?")
_MAJOR: Final = re.compile(r"\d+")
_MAJOR_AND_MINOR: Final = re.compile(r"\d+\.\d+")


def recipe_of(command: Sequence[str], code: int, folder: Path) -> dict[str, object]:
    """The recipe of a command that ended with an exit code in a folder, by the keys of `proof`.

    Files of the folder that the command names are in it, where they are text that gives nobody away; what else it needs
    a person has to add. A tool whose version isn't told is `installed`.
    """
    script = _script(command)
    recipe: dict[str, object] = {
        "with": _tools(script),
        "files": _files(script, folder),
        "provoke": script,
        "exit": code,
    }
    return {name: value for name, value in recipe.items() if value != {}}


def _script(command: Sequence[str]) -> str:
    """A command as a shell's script, which names programs by their names: paths are another's elsewhere."""
    if len(command) > 2 and PurePath(command[0]).name in _SHELLS and re.fullmatch(r"-[a-z]*c", command[1]):
        return command[2]
    program, *rest = command
    return shlex.join([PurePath(program).name if PurePath(program).is_absolute() else program, *rest])


def _tools(script: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for words in _simple_commands(script):
        for tool, version in _of_words(words):
            found.setdefault(tool, version)
    return found


def _simple_commands(script: str) -> Iterator[list[str]]:
    """The words of each command of a script, from its program on."""
    words: list[str] = []
    for line in script.splitlines():
        for word in chain(_words(line), (";",)):
            if set(word) <= set("();|&"):
                if words:
                    yield words
                words = []
            elif words or not (_SETTING.fullmatch(word) or word in _BEFORE):
                words.append(word)


def _words(line: str) -> list[str]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    try:
        return list(lexer)
    except ValueError:  # quotes that go on in the next line
        return line.split()


def _of_words(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The tools of one command, what others run on first."""
    program, name = words[0], PurePath(words[0]).name
    if name in _BUILT_IN or name in _SHELLS or shutil.which(program) is None:
        return
    if _PYTHON.fullmatch(name):
        yield "python", _version(program, _MAJOR_AND_MINOR)
        if list(words[1:3]) == ["-m", "pip"]:
            yield from _known("pip", _version(program, arguments=("-m", "pip", "--version")))
    elif _PIP.fullmatch(name):
        # It says `pip 24.0 from … (python 3.12)`.
        yield "python", _version(program, re.compile(r"(?<=\(python )\d+\.\d+"))
        yield from _known("pip", _version(program))
    elif name in ("node", "npm", "npx"):
        yield "node", _version("node", _MAJOR)
        if name != "node":
            yield from _known("npm", _version("npm"))
    elif name in ("cargo", "rustc"):
        yield "rust", _version("rustc")
    else:
        yield name, INSTALLED


def _known(tool: str, version: str) -> Iterator[tuple[str, str]]:
    """A package in its version; without one, none of it can be fetched."""
    if version != INSTALLED:
        yield tool, version


def _version(program: str, wanted: re.Pattern[str] | None = None, arguments: Sequence[str] = ("--version",)) -> str:
    """The version that a program on PATH tells, or a part of what it says."""
    found = shutil.which(program)
    try:
        return told_version(program, found, arguments, wanted) if found else INSTALLED
    except NotTriedError:
        return INSTALLED


def _files(script: str, folder: Path) -> dict[str, str]:
    """The folder's own files that a script names, with their content."""
    found: dict[str, str] = {}
    for name in dict.fromkeys(chain.from_iterable(map(_words, script.splitlines()))):
        if len(found) < MAX_RECIPE_FILES and len(name) <= 200 and stays_inside(name):
            content = _text_of(folder / name, folder)
            if content is not None:
                found[PurePath(name).as_posix()] = content
    return found


def _text_of(path: Path, folder: Path) -> str | None:
    """The content of a text file that is fit to be shown, and lies in the folder."""
    try:
        if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()) or path.stat().st_size > MAX_TEXT:
            return None
        return guarded(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
