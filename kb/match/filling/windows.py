"""Places in commands for cmd.exe, where quotes protect little: only lines in which nothing is special."""

from __future__ import annotations

import re
from typing import Final

from kb.match.filling.programs import HOLE, grammars
from kb.match.filling.values import NEVER, Place

_SPECIAL: Final = re.compile(r"[%^&|<>()!;,=\t]")
"""What cmd.exe expands, splits at or takes for an operator, some of it in quotes too (`cmd /?`, `help for`)."""
_WORD: Final = re.compile(r'"([^"]*)"(?=\s|$)|([^\s"]+)(?=\s|$)')


def cmd_places(code: str) -> list[Place]:
    """The places in a batch file or in commands typed into cmd.exe."""
    return [place for line in code.split("\n") for place in _of_line(line)]


def _of_line(line: str) -> list[Place]:
    none = [Place("cmd", NEVER)] * line.count(HOLE)
    words = list(_WORD.finditer(line))
    if not none or _SPECIAL.search(line) or _WORD.sub("", line).strip():
        return none
    texts = [word[1] if word[1] is not None else word[2] for word in words]
    places: list[Place] = []
    for word, found in zip(words, grammars(texts), strict=True):
        context, grammar = ('cmd"', "windows") if word[1] is not None else ("cmd", "cmd")
        places += (Place(context, NEVER if each == NEVER else _narrower(each, grammar)) for each in found)
    return places


def _narrower(of_program: str, of_shell: str) -> str:
    return of_program if of_program in ("int", "name", "local", "package") else of_shell
