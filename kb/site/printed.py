"""How an error was really printed: the lines of an example that are the message, with its values marked."""

from collections.abc import Iterator
from html import escape
from textwrap import dedent
from typing import Final, NamedTuple

from kb.entry import ErrorSignature, Literal, Part, SignatureError, readable_parts
from kb.match import parse_signature

_WHITE: Final = " \n"


class _Value(NamedTuple):
    """A value in a message: the placeholder's name, and where it stands."""

    name: str
    start: int
    end: int


def printed_html(signature: ErrorSignature) -> str | None:
    """The message in a signature's first example as HTML; None where there is no example, or its values can't be told.

    Whole lines, as far as the message is in them, without their common indent.
    """
    if not signature.examples:
        return None
    example, parts = signature.examples[0], readable_parts(signature.text)
    values = _as_spelled(parts, example) or _as_matched(signature.text, parts, example)
    if values is None:
        return None
    start, end, found = values
    first, last = example.rfind("\n", 0, start) + 1, example.find("\n", end)
    marked: list[str] = []
    at = first
    for value in found:
        marked.append(escape(example[at : value.start], quote=False))
        text = escape(example[value.start : value.end], quote=False)
        marked.append(f'<var class="kb-var" data-kb-var="{value.name}">{text}</var>')
        at = value.end
    marked.append(escape(example[at : last if last >= 0 else len(example)], quote=False))
    return dedent("".join(marked)).strip("\n")


_Found = tuple[int, int, list[_Value]]
"""Where a message starts and ends in an example, and its values in order."""


def _as_spelled(parts: tuple[Part, ...], example: str) -> _Found | None:
    """The values where the example spells the literals as the signature does, which costs a tenth of matching."""
    start = at = -1
    waiting: str | None = None
    values: list[_Value] = []
    for part in parts:
        if not isinstance(part, Literal):
            waiting = part.name
            continue
        found = example.find(part.text, max(at, 0))
        if found < 0 or (start < 0 and waiting is not None):
            return None
        if start < 0:
            start = found
        elif waiting is not None:
            values.append(_stripped(waiting, example, at, found))
            waiting = None
        at = found + len(part.text)
    if waiting is not None:
        return None  # nothing says where the last value ends
    return (start, at, values) if all(_is_in_line(example, value) for value in values) else None


def _as_matched(text: str, parts: tuple[Part, ...], example: str) -> _Found | None:
    """The values as matching finds them, those that stand in the example as they are."""
    try:
        match = parse_signature(text).find(example)
    except SignatureError:  # an unchecked entry, in a preview
        return None
    if match is None:
        return None
    return match.start, match.end, list(_in_order(parts, example, match.start, match.end, match.captures))


def _in_order(
    parts: tuple[Part, ...], example: str, start: int, end: int, captures: dict[str, str]
) -> Iterator[_Value]:
    at = start
    for part in parts:
        value = captures.get(part.name, "") if not isinstance(part, Literal) else ""
        found = example.find(value, at, end) if value else -1
        if found >= 0 and not isinstance(part, Literal):
            yield _Value(part.name, found, found + len(value))
            at = found + len(value)
        elif isinstance(part, Literal):
            spelled = example.find(part.text.strip(_WHITE), at, end)
            at = spelled + len(part.text.strip(_WHITE)) if spelled >= 0 else at


def _stripped(name: str, example: str, start: int, end: int) -> _Value:
    """A value without the white space around it."""
    text = example[start:end]
    return _Value(name, end - len(text.lstrip()), start + len(text.rstrip()))


def _is_in_line(example: str, value: _Value) -> bool:
    return value.start < value.end and "\n" not in example[value.start : value.end]
