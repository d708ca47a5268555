r"""The grammar of placeholders: in signatures (`{{name}}`, `{{name:type}}`), and in the prose and code of workarounds.

A text is read into parts that tile it, so that what was read is written back to the same text. `\{{` is a literal
`{{` everywhere. Of three braces the first is the text's own: `Token{{{id}}}` is `Token{`, a placeholder, and `}`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

UNTYPED: Final = "text"
"""The type of a placeholder that names none."""

PLACEHOLDER_TYPES: Final = ("int", "hex", "word", "path", "url", "quoted", "rest", "lines")
"""The types that may be written after a placeholder's name."""

MAX_LENGTH: Final = 4000
"""Characters in a signature: a longer one is a log, not a message."""
MAX_PLACEHOLDERS: Final = 40

ESCAPED_OPENING: Final = r"\{{"
_NAME: Final = r"[a-z][a-z0-9_]*"
_OPENING: Final = re.compile(r"\\\{\{|\{\{(?!\{)")
_INSIDE: Final = re.compile(rf"({_NAME})(?::({'|'.join(PLACEHOLDER_TYPES)}))?")
# Each alternative starts with a character of its own, which `re` can look for: three times as fast as `\\?`.
PLACEHOLDER_IN_PROSE: Final = re.compile(rf"\\\{{\{{|\{{\{{({_NAME})\}}\}}")
"""A placeholder in the prose or code of an entry, with its name; without a name, an escaped `{{`."""
"""A placeholder in the prose or code of an entry, with its name; without a name, an escaped `{{`."""


@dataclass(frozen=True, slots=True)
class Literal:
    """Text that stands in every message of this kind; `source` is how it was written, if that was read."""

    text: str
    source: str | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        """The literal as a signature has it."""
        return self.text.replace("{{", ESCAPED_OPENING) if self.source is None else self.source


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A place where messages of this kind differ: `{{name}}` or `{{name:type}}`."""

    name: str
    type: str = UNTYPED
    source: str | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        """The placeholder as a signature has it."""
        if self.source is not None:
            return self.source
        return f"{{{{{self.name}}}}}" if self.type == UNTYPED else f"{{{{{self.name}:{self.type}}}}}"


Part = Literal | Placeholder


class SignatureError(ValueError):
    """A signature that can't be read; `column` counts the signature's characters from 0."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.column = column


def signature_parts(text: str, *, is_strict: bool = True) -> tuple[Part, ...]:
    """Read a signature into literals and placeholders, which take turns.

    One that isn't strict comes from elsewhere, say from a collection of log templates: a placeholder right after
    another is left out, since nothing tells where the first one ends, and `{{` without a name is literal.
    Raises SignatureError, with the column at fault, if `text` isn't in the language.
    """
    if len(text) > MAX_LENGTH:
        raise SignatureError(f"A signature has at most {MAX_LENGTH} characters, this one {len(text)}", MAX_LENGTH)
    parts: list[Part] = []
    literal = source = ""
    at = count = 0
    types: dict[str, str] = {}
    while opening := _OPENING.search(text, at):
        literal += text[at : opening.start()]
        source += text[at : opening.end()]
        column, at = opening.span()
        if opening[0] == ESCAPED_OPENING:
            literal += "{{"
            continue
        closing = text.find("}}", at)
        if not is_strict and not _INSIDE.fullmatch(text[at : max(closing, at)]):
            literal += "{{"
            continue
        if closing < 0:
            raise SignatureError("This `{{` is never closed: end the placeholder with `}}`, or write `\\{{`", column)
        written = text[column : closing + 2]
        placeholder = _placeholder(text[at:closing], at, written)
        source, at = source[:-2], closing + 2
        if not literal and parts and isinstance(last := parts[-1], Placeholder):
            if is_strict:
                raise SignatureError("Two placeholders need something between them that tells where one ends", column)
            parts[-1] = Placeholder(last.name, last.type, f"{last}{written}")
            continue
        count += 1
        if count > MAX_PLACEHOLDERS:
            raise SignatureError(f"A signature has at most {MAX_PLACEHOLDERS} placeholders", column)
        known = types.setdefault(placeholder.name, placeholder.type)
        if known != placeholder.type and UNTYPED not in (known, placeholder.type):
            raise SignatureError(f"`{placeholder.name}` is of type `{known}` earlier in this signature", column + 2)
        if literal:
            parts.append(Literal(literal, source))
            literal = source = ""
        parts.append(placeholder)
    if text[at:] or literal:
        parts.append(Literal(literal + text[at:], source + text[at:]))
    return tuple(parts)


def _placeholder(inside: str, column: int, written: str) -> Placeholder:
    """Read what stands between `{{` and `}}`; `column` is where it begins in the signature."""
    if found := _INSIDE.fullmatch(inside):
        return Placeholder(found[1], found[2] or UNTYPED, written)
    name, colon, kind = inside.partition(":")
    if not re.fullmatch(_NAME, name) or not colon:
        raise SignatureError(
            f"`{name}` is no name for a placeholder: use lower-case letters, digits and `_`, a letter first", column
        )
    from difflib import get_close_matches  # noqa: PLC0415 - for a slip alone

    close = get_close_matches(kind, PLACEHOLDER_TYPES, n=1)
    hint = f"did you mean `{close[0]}`?" if close else "leave it out for any text on one line."
    raise SignatureError(
        f"There is no type `{kind}`: {hint} The types are {', '.join(PLACEHOLDER_TYPES)}", column + len(name) + 1
    )


def render_parts(parts: Iterable[Part]) -> str:
    """The text that parts were read from, or that reads as them.

    A backslash can't stand right before a placeholder, because it would make the braces literal.
    """
    return "".join(map(str, parts))


def placeholders_of(parts: Iterable[Part]) -> tuple[str, ...]:
    """The placeholders' names in the order of their first use."""
    return tuple(dict.fromkeys(part.name for part in parts if isinstance(part, Placeholder)))


def readable_parts(text: str) -> tuple[Part, ...]:
    """The parts of any text: what can't be read as a signature is literal."""
    try:
        return signature_parts(text, is_strict=False)
    except SignatureError:
        return (Literal(text, text),)


def literals_of(signature: str) -> tuple[str, ...]:
    """The literal texts of a signature, or of any text."""
    return tuple(part.text for part in readable_parts(signature) if isinstance(part, Literal))


def prose_parts(text: str) -> Iterator[Part]:
    r"""Read prose or code of an entry: `{{name}}` is a value of a signature, `\{{` a literal `{{`, all else is text.

    The parts tile the text. A name with a type is text: only signatures have types.
    """
    at = start = 0
    literal = ""
    for found in PLACEHOLDER_IN_PROSE.finditer(text):
        literal += text[at : found.start()]
        at = found.end()
        if found[1] is None:
            literal += "{{"
            continue
        if literal:
            yield Literal(literal, text[start : found.start()])
        yield Placeholder(found[1], source=found[0])
        literal, start = "", at
    literal += text[at:]
    if literal:
        yield Literal(literal, text[start:])
