"""The signature language: the message as printed, with `{{name}}` or `{{name:type}}` where it varies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from kb.match.align import Budget, align
from kb.match.parts import TYPES, UNTYPED, Literal, Match, Part, Placeholder
from kb.match.plan import Plan, plan
from kb.match.reading import read

MAX_LENGTH = 4000
"""Characters in a signature: a longer one is a log, not a message."""
MAX_PLACEHOLDERS = 40

# Of three braces the first is the message's own: `Token{{{id}}}` is `Token{`, a placeholder, and `}`.
_OPEN = re.compile(r"\\\{\{|\{\{(?!\{)")
_INSIDE = re.compile(rf"[a-z][a-z0-9_]*(?::(?:{'|'.join(TYPES)}))?\Z")
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


class SignatureError(ValueError):
    """A signature that can't be read; `column` counts the signature's characters from 0."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.column = column


@dataclass(frozen=True)
class Signature:
    """A message as printed, with placeholders where it varies."""

    text: str
    parts: tuple[Part, ...]

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The placeholders' names in the order of their first use."""
        return tuple(dict.fromkeys(part.name for part in self.parts if isinstance(part, Placeholder)))

    @cached_property
    def plan(self) -> Plan:
        """The signature prepared for matching."""
        return plan(self.parts)

    def find(self, text: str) -> Match | None:
        """Find the first place where the whole signature stands, seeing through noise; `None` if there is none."""
        reading = read(text)
        return align(self.plan, reading, Budget.of_text(len(reading.words)))


def parse_signature(text: str, *, is_strict: bool = True) -> Signature:
    r"""Read a signature; `\{{` stands for a literal `{{`.

    One that isn't strict comes from elsewhere, say from a collection of log templates: a placeholder right after
    another is left out, since nothing tells where the first one ends; `{{` without a name is literal; and any literal
    will do, where an entry's signature must have a whole word. Raises SignatureError, with the column at fault, if
    `text` isn't in the language or can't be matched.
    """
    if len(text) > MAX_LENGTH:
        raise SignatureError(f"A signature has at most {MAX_LENGTH} characters, this one {len(text)}", MAX_LENGTH)
    parts: list[Part] = []
    literal = ""
    at = 0
    types: dict[str, str] = {}
    count = 0
    while opening := _OPEN.search(text, at):
        literal += text[at : opening.start()]
        at = opening.end()
        if opening.group() == r"\{{":
            literal += "{{"
            continue
        column = opening.start()
        closing = text.find("}}", at)
        if not is_strict and not _INSIDE.match(text[at : max(closing, at)]):
            literal += "{{"
            continue
        if closing < 0:
            raise SignatureError("This `{{` is never closed: end the placeholder with `}}`, or write `\\{{`", column)
        placeholder = _placeholder(text[at:closing], at)
        if parts and not literal and not is_strict:
            at = closing + 2
            continue
        if parts and not literal:
            raise SignatureError("Two placeholders need something between them that tells where one ends", column)
        count += 1
        if count > MAX_PLACEHOLDERS:
            raise SignatureError(f"A signature has at most {MAX_PLACEHOLDERS} placeholders", column)
        known = types.setdefault(placeholder.name, placeholder.type)
        if known != placeholder.type and UNTYPED not in (known, placeholder.type):
            raise SignatureError(f"`{placeholder.name}` is of type `{known}` earlier in this signature", at)
        if literal:
            parts.append(Literal(literal))
            literal = ""
        parts.append(placeholder)
        at = closing + 2
    literal += text[at:]
    if literal:
        parts.append(Literal(literal))
    signature = Signature(text, tuple(parts))
    if not signature.plan.words and (is_strict or not signature.plan.size):
        raise SignatureError("A signature needs at least one literal word, with no placeholder attached to it", 0)
    return signature


def _placeholder(inside: str, column: int) -> Placeholder:
    """Read what stands between `{{` and `}}`; `column` is where it begins in the signature."""
    name, colon, kind = inside.partition(":")
    if not _NAME.match(name):
        raise SignatureError(
            f"`{name}` is no name for a placeholder: use lower-case letters, digits and `_`, a letter first", column
        )
    if not colon:
        return Placeholder(name)
    if kind not in TYPES:
        close = get_close_matches(kind, TYPES, n=1)
        hint = f"did you mean `{close[0]}`?" if close else "leave it out for any text on one line."
        raise SignatureError(
            f"There is no type `{kind}`: {hint} The types are {', '.join(TYPES)}", column + len(name) + 1
        )
    return Placeholder(name, kind)
