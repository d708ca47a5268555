"""Foreign text and JSON as a terminal or a log shows them: what they would obey, or not show, is written out."""

import json
import unicodedata
from typing import Any, Final

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of what is obeyed or not shown: controls (C1 too), marks of direction, halves of pairs, line ends."""


def visible(text: str) -> str:
    """The text with control and format characters written out."""
    return "".join(
        f"\\u{ord(character):04x}" if unicodedata.category(character) in _UNSEEN else character for character in text
    )


def json_text(value: Any, indent: int | None = None) -> str:
    """A value as JSON in ASCII, on one line without `indent`.

    Escapes keep control and format characters out of terminals and logs, show a letter that only looks like another,
    and can be printed whatever encoding the output has.
    """
    # DEL is the one control character that RFC 8259, 7 lets stand in a string.
    return json.dumps(value, indent=indent).replace("\x7f", "\\u007f")
