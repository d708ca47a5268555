"""Questions to a person at a terminal, also where standard input is a pipe."""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Final

import questionary
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_input
from prompt_toolkit.output import create_output

_TERMINAL: Final = Path("/dev/tty")


class NobodyToAskError(Exception):
    """There is no terminal."""


class StoppedError(Exception):
    """The person stopped answering."""


@contextmanager
def terminal() -> Iterator[IO[str]]:
    """Let questions be asked, and give the terminal that they are read from. Raises NobodyToAskError."""
    with ExitStack() as stack:
        try:
            source = sys.stdin if sys.stdin.isatty() else stack.enter_context(_TERMINAL.open())
            # Standard output is for what the command answers.
            target = sys.stderr if sys.stderr.isatty() else stack.enter_context(_TERMINAL.open("w"))
        except OSError:
            raise NobodyToAskError from None
        stack.enter_context(create_app_session(input=create_input(source), output=create_output(target)))
        yield source


def ask(question: str, default: str = "", check: Callable[[str], str] = lambda _: "") -> str:
    """Ask for a line, until `check` says nothing of what is wrong with it. Raises StoppedError."""
    return _answer(questionary.text(question, default=default, validate=lambda line: check(line) or True))


def ask_lines(question: str, needed: str = "") -> str:
    """Ask for text of several lines; `needed` is said to who leaves it empty and may not. Raises StoppedError."""
    return _answer(
        questionary.text(question, multiline=True, validate=lambda text: bool(text.strip()) or needed or True)
    )


def ask_one_of(question: str, names: Iterable[str], check: Callable[[str], str]) -> str:
    """Ask for a name, with completion, until `check` says nothing of what is wrong with it. Raises StoppedError."""
    choices = list(names)
    return _answer(
        questionary.autocomplete(
            question, choices=choices, match_middle=True, validate=lambda name: check(name) or True
        )
    )


def ask_whether(question: str) -> bool:
    """Ask a question that is answered by yes or no; no is the default. Raises StoppedError."""
    answer = questionary.confirm(question, default=False).ask()
    if answer is None:
        raise StoppedError
    return bool(answer)


def edit(path: Path, terminal: IO[str]) -> str:
    """Open a file in the person's editor, if they have named one. Returns why that can't be, or nothing."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    try:
        if editor:
            subprocess.run([*shlex.split(editor), str(path)], stdin=terminal, check=False)  # noqa: S603 - the person's own
    except (OSError, ValueError) as error:
        return f"{editor} can't be started: {error}"
    return ""


def _answer(question: questionary.Question) -> str:
    answer = question.ask()
    if answer is None:
        raise StoppedError
    return str(answer).strip("\n")
