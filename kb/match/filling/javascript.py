"""Places in JavaScript and TypeScript: the names of modules in quotes, and nothing else."""

from __future__ import annotations

import re
from typing import Final

from kb.match.filling.values import NEVER, Place

_HOLE: Final = "\x00"
_TOKEN: Final = re.compile(
    r"(?P<space>\s+|//[^\n]*|/\*.*?\*/)|(?P<string>'[^'\\\n]*'|\"[^\"\\\n]*\")|(?P<word>[\w$]+)|[^\\'\"`/]", re.DOTALL
)
"""A slash may start a regular expression, and a backquote a template: both end the reading."""
_NAMES_MODULE: Final = frozenset({"module", "from", "import"})


def javascript_places(code: str) -> list[Place]:
    """The places in JavaScript."""
    places: list[Place] = []
    before = ""
    at = 0
    while at < len(code) and (token := _TOKEN.match(code, at)):
        at = token.end()
        is_module = bool(token["string"]) and token[0][1:-1] == _HOLE and before in _NAMES_MODULE
        places += [Place("js", "package" if is_module else NEVER)] * token[0].count(_HOLE)
        if not token["space"]:
            before = token[0]
    return places + [Place("js", NEVER)] * code.count(_HOLE, at)
