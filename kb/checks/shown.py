"""Foreign text and JSON as a terminal or a log shows them: what they would obey, or not show, is written out."""

import json
import re
import unicodedata
from typing import Any, Final

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of what is obeyed or not shown: controls (C1 too), marks of direction, halves of pairs, line ends."""

_BLANK: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Characters that are drawn as nothing, besides those that `visible` writes out: text can be hidden in a run of them.
Unicode's Default_Ignorable_Code_Point, https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point"""


def visible(text: str) -> str:
    """The text with control and format characters written out."""
    return "".join(
        f"\\u{ord(character):04x}" if unicodedata.category(character) in _UNSEEN else character for character in text
    )


def all_visible(text: str) -> str:
    """A text of several lines in which nothing is hidden: what terminals obey, or nobody sees, is written out."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(_BLANK.sub(_written_out, visible(line.replace("\t", "    "))) for line in lines)


def _written_out(character: re.Match[str]) -> str:
    return f"\\u{ord(character[0]):04x}"


def json_text(value: Any, indent: int | None = None) -> str:
    """A value as JSON in ASCII, on one line without `indent`.

    Escapes keep control and format characters out of terminals and logs, show a letter that only looks like another,
    and can be printed whatever encoding the output has.
    """
    # DEL is the one control character that RFC 8259, 7 lets stand in a string.
    return json.dumps(value, indent=indent).replace("\x7f", "\\u007f")
