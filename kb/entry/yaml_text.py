"""Values as YAML text, written as a person would write them in an entry and read back as the same values."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Final

import yaml

from kb.entry.yaml_document import parse_yaml

WIDTH: Final = 100
"""Columns to which folded text is wrapped."""
MAX_WIDTH: Final = 120
"""Columns that a line may have before it is wrapped, or written as a block."""
INDENT: Final = "  "

_PLAIN_START: Final = re.compile(r"[^\W_]|[_/(.<~+$€§·…^;\\=]")
_SYNTAX: Final = re.compile(r": |:$| #|^(?:---|\.\.\.)|^[-?:](?: |$)")
_FLOW_SYNTAX: Final = re.compile(r"[\[\]{},]|:$")
_NUMBER_LIKE: Final = re.compile(r"[-+.]?[0-9][0-9A-Fa-f_.:,xXoO+TtZz \-]*|[-+]?\.(?:inf|nan)", re.IGNORECASE)
_WORDS_OF_YAML: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "~", "=", "<<"})
"""What YAML 1.1 or 1.2, or who reads them, may take for something else than text."""
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_IN_LINES: Final = frozenset({"signatures", "examples", "issue", "pulls", "workarounds"})
"""Keys whose values take a line for each part, however short they are."""
_RESOLVER: Final = yaml.resolver.Resolver()
_NOT_SEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def plain_value(value: object) -> object:
    """A value as reading gives it: dicts, lists, text, numbers, dates, None. Raises TypeError or ValueError."""
    if isinstance(value, Enum):
        return plain_value(value.value)
    if isinstance(value, Mapping):
        return {str(key): plain_value(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [plain_value(item) for item in value]
    if value is None or isinstance(value, bool | int | float | str | date):
        if isinstance(value, str):
            value.encode()  # raises for half of a surrogate pair: no file can hold it
        return value
    raise TypeError(f"{type(value).__name__} can't be written as YAML")


def key_text(key: str) -> str:
    """A mapping's key: quoted where YAML would not take it for a name."""
    return key if _is_plain(key, in_flow=True) and len(key) <= MAX_WIDTH else quoted(key)


def flow_text(value: object) -> str:
    """A value on one line, as it may stand inside `[…]` and `{…}`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key_text(key)}: {flow_text(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow_text, value)) + "]"
    return scalar_text(value, in_flow=True)


def after_key(key: str, value: object, indent: str, column: int) -> str:
    """A value as it stands after a block mapping's `key:`, with the space or line break before it.

    `indent` is what the mapping's keys are indented by, `column` where the text starts: after the colon.
    """
    if isinstance(value, str):
        return " " + text_value(value, indent + INDENT, column + 1)
    if isinstance(value, list | dict) and value:
        flow = flow_text(value)
        if key not in _IN_LINES and "\\" not in flow and column + 1 + len(flow) <= MAX_WIDTH:
            return " " + flow
        return "\n" + "\n".join(block_lines(value, indent + INDENT))
    return " " + flow_text(value)


def block_lines(value: list[object] | dict[str, object], indent: str) -> list[str]:
    """A list or mapping, one item or key a line, at an indent."""
    if isinstance(value, list):
        return "\n".join(f"{indent}- {item_text(item, indent)}" for item in value).split("\n")
    return "\n".join(pair_text(key, held, indent) for key, held in value.items()).split("\n")


def item_text(item: object, indent: str) -> str:
    """What stands after the `- ` of a list at an indent."""
    inner = indent + INDENT
    if isinstance(item, dict) and item:
        flow = flow_text(item)
        if "text" not in item and len(inner) + len(flow) <= MAX_WIDTH:
            return flow
        return "\n".join(block_lines(item, inner)).lstrip(" ")
    return text_value(item, inner, len(inner)) if isinstance(item, str) else flow_text(item)


def pair_text(key: str, value: object, indent: str) -> str:
    """A key with its value, as lines at an indent."""
    start = f"{indent}{key_text(key)}:"
    return start + after_key(key, value, indent, len(start))


def text_value(text: str, indent: str, column: int) -> str:
    """Text in the style that shows it best: plain or quoted on a line, folded or literal on several.

    `indent` is that of a block's lines, `column` where the text starts on its line.
    """
    if "\n" in text:
        return literal(text, indent) or quoted(text)
    line = scalar_text(text, in_flow=False)
    is_hard_to_read = line.startswith('"') and len(line) > len(text) + 2
    if column + len(line) <= MAX_WIDTH and not is_hard_to_read:
        return line
    return folded(text, indent) or line


def scalar_text(value: object, *, in_flow: bool) -> str:
    """A value that is no list and no mapping, on one line."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return _time_text(value)
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, str):
        return value if _is_plain(value, in_flow=in_flow) else quoted(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def quoted(text: str) -> str:
    """Text in double quotes. What no reader would see is written as an escape."""
    return '"' + "".join(map(_escaped, text)) + '"'


def literal(text: str, indent: str) -> str | None:
    """Text as a block that keeps its lines (`|`); None where it can't be written so."""
    if text.endswith("\n\n"):
        return None  # a block that keeps all its ends takes the blank lines that follow it along
    header, body = ("|", text[:-1]) if text.endswith("\n") else ("|-", text)
    return _checked(text, "\n".join([header, *(indent + line if line else "" for line in body.split("\n"))]))


def folded(text: str, indent: str, width: int = WIDTH) -> str | None:
    """Text as a block whose lines are joined by spaces (`>-`); None where it can't be written so."""
    if "  " in text or "\n" in text or text.strip(" ") != text or not text:
        return None
    return _checked(text, "\n".join([">-", *(indent + line for line in wrapped(text, width - len(indent)))]))


def wrapped(text: str, width: int) -> list[str]:
    """The words of a text that single spaces part, in lines of so many characters where words allow."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _checked(text: str, block: str) -> str | None:
    """A block scalar, where YAML reads it as the text it is to hold, and a reader sees all of it."""
    # White space at the start needs a number in the header, which is easily overlooked.
    if text[:1].isspace() or any(unicodedata.category(character) in _NOT_SEEN - {"Cc"} for character in text):
        return None
    document = parse_yaml(f"k: {block}\nz: 1\n")
    return block if document.value == {"k": text, "z": 1} and not document.defects else None


def _is_plain(text: str, *, in_flow: bool) -> bool:
    """Whether text needs no quotes: neither for the YAML that is read here nor for a reader of another version."""
    if not text or text.lower() in _WORDS_OF_YAML or _NUMBER_LIKE.fullmatch(text) or not _PLAIN_START.match(text):
        return False
    if text != text.strip() or _SYNTAX.search(text) or (in_flow and _FLOW_SYNTAX.search(text)):
        return False
    if any(unicodedata.category(character) in _NOT_SEEN for character in text):
        return False
    return bool(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == "tag:yaml.org,2002:str")  # type: ignore[no-untyped-call]


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if unicodedata.category(character) not in _NOT_SEEN:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _time_text(value: datetime) -> str:
    if value.tzinfo is None:
        return value.isoformat()
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _float_text(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - true of NaN only
        return f"{value}".replace("inf", ".inf").replace("nan", ".nan")
    text = repr(value)
    return text.replace("e", ".0e") if "e" in text and "." not in text else text
