"""Lines that begin something of their own, and so never go on with the line before. The twin is `anew.js`."""

from __future__ import annotations

import re

from kb.match.tables import CARETS, FRAME, MESSAGE

_ANEW = re.compile(rf"(?:{FRAME}|{CARETS}|{MESSAGE})")
_IN_BLOCK = re.compile(rf"(?:{FRAME}|{CARETS})")


def begins_anew(folded_line: str) -> bool:
    """Whether a line is a stack frame, a marker under code or a message of its own."""
    return _ANEW.match(folded_line.strip(" ")) is not None


def ends_block(folded_line: str) -> bool:
    """Whether a line can't be one of several that a value consists of."""
    return _IN_BLOCK.match(folded_line.strip(" ")) is not None
