"""What a workaround's own code says to do: its blocks as the page shows them, with the values of the error in them."""

import re
import shlex
from collections.abc import Mapping
from typing import Final

from kb.entry import Code, Entry, RecipeFix, code_in
from kb.match import fill, types_of

SHELLS: Final = frozenset({"sh", "bash", "shell", "zsh", "console", ""})
_PROGRAMS: Final = {"python": "python", "py": "python", "js": "node", "javascript": "node"}
_PROMPT: Final = re.compile(r"^\s*[$#] (?=\S)", re.MULTILINE)
_UNFILLED: Final = re.compile(r"<[a-z][\w -]*>")


class UnusableError(ValueError):
    """A block that is not there, or can't be run; the text says why."""


def block_of(entry: Entry, number: int, block: bool | int) -> Code:
    """A block of the code of a workaround, counted from 1; `True` is the first. Raises UnusableError."""
    blocks = code_in(entry.workarounds[number - 1].body)
    at = 1 if block is True else int(block)
    if at > len(blocks):
        there = f"it has {len(blocks)}" if blocks else "it has none"
        raise UnusableError(f"workaround {number} has no block of code {at}: {there}")
    return blocks[at - 1]


def commands_of(entry: Entry, number: int, fix: RecipeFix, values: Mapping[str, str]) -> str:
    """The script of a fix: what it says itself, or a block of the workaround's code. Raises UnusableError."""
    if fix.run is None:
        return ":"
    if isinstance(fix.run, str):
        return fix.run
    code = block_of(entry, number, fix.run)
    text = _filled(entry, code, fix, values)
    language = code.language.lower()
    if language in _PROGRAMS:
        return f"printf %s {shlex.quote(text)} | {_PROGRAMS[language]} -"
    if language not in SHELLS:
        raise UnusableError(f"block {int(fix.run)} of workaround {number} is {language}, which is not run")
    if language == "console":
        text = "\n".join(_PROMPT.sub("", line) for line in text.split("\n") if _PROMPT.match(line))
    left = _UNFILLED.search(text)
    if left:
        raise UnusableError(f"workaround {number} has {left[0]}, and nothing says what is put in: name it in `values`")
    return text


def changes_of(entry: Entry, number: int, fix: RecipeFix, values: Mapping[str, str]) -> dict[str, str]:
    """The files that a fix changes, with their new content. Raises UnusableError."""
    return {
        name: content if isinstance(content, str) else _filled(entry, block_of(entry, number, content), fix, values)
        for name, content in fix.change.items()
    }


def _filled(entry: Entry, code: Code, fix: RecipeFix, values: Mapping[str, str]) -> str:
    types = types_of(signature.text for signature in entry.signatures)
    text = fill(code.text, code.language, values, types)
    for hole, value in fix.values.items():
        text = text.replace(hole, value)
    return text
