"""A value in a signature that is another one for every reader."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from kb.checks.edit import Edit, edits_of_keys
from kb.checks.parsed import signature_of
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import (
    UNTYPED,
    Literal,
    Part,
    Placeholder,
    SignatureError,
    Source,
    render_parts,
)
from kb.match import Signature, parse_signature


class _Kind(NamedTuple):
    """A kind of value: what people call it, and the placeholder for it."""

    what: str
    name: str
    type: str
    pattern: str


_NOBODY: Final = r"runner|root|app|node|vscode|public|shared|ubuntu"
"""Homes that machines have; `/home/user` stands for a person's, and no reader has it."""
_NAME: Final = rf"(?!(?:{_NOBODY})\b)[^\s/\\'\":{{}}]+"
_REST: Final = r"[^\s'\":,;(){}]*"
_DAY: Final = r"\b(?:19|20)\d\d-[01]\d-[0-3]\d"
_CLOCK: Final = r"[0-2]\d:[0-5]\d:[0-5]\d(?:[.,]\d+)?"
_STATUS: Final = r"[8cC][0-9a-fA-F]{7}"
"""The digits of a failure on Windows, as HRESULT or NTSTATUS: the same for all who meet it. [MS-ERREF] 2.1, 2.3."""
_KINDS: Final = (
    _Kind("a UUID", "id", UNTYPED, r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"),
    _Kind("a path with a user's name", "path", "path", rf"(?<![\w/])(?:/home|/Users)/{_NAME}(?:/{_REST})?"),
    _Kind("a path with a user's name", "path", "path", rf"\b[A-Za-z]:[\\/]+Users[\\/]+{_NAME}(?:[\\/]+{_REST})?"),
    _Kind("a temporary path", "path", "path", rf"(?<![\w/])(?:/var)?/tmp/(?:tmp|pip-[a-z-]{{1,30}}-)\w{{8}}\b{_REST}"),
    _Kind("a temporary path", "path", "path", rf"(?<![\w/])(?:/private)?/var/folders/\w\w/{_REST}"),
    _Kind("a date", "time", UNTYPED, rf"{_DAY}(?:[T ]{_CLOCK}(?: ?(?:Z|[+-]\d\d:?\d\d))?)?(?![\w-])"),
    _Kind("a time", "time", UNTYPED, rf"(?<![\w:.]){_CLOCK}(?![\w:])"),
    _Kind("a long hexadecimal number", "id", "hex", r"\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{12,}\b"),
    _Kind("an address in memory", "address", "hex", rf"\b0x(?!{_STATUS}\b)[0-9a-fA-F]{{6,16}}\b"),
    _Kind("a process or request number", "number", "int", r"(?:(?<=\bpid )|(?<=\bpid=)|(?<=\bPID ))\d{2,}\b"),
)  # fmt: skip
_PREFILTER: Final = re.compile(r"\d\d|0x|[0-9a-fA-F]{8}|/home/|[\\/]Users|/tmp/|/folders/")
"""What all values have: two digits side by side, a hexadecimal number, or the folder where homes or what passes are."""
_VALUE: Final = re.compile("|".join(f"(?P<k{number}>{kind.pattern})" for number, kind in enumerate(_KINDS)))


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    for number, signature in enumerate(source.draft.signatures if source.draft else ()):
        parsed = signature_of(signature.text)
        if not isinstance(parsed, Signature):
            continue
        literals = [part.text for part in parsed.parts if isinstance(part, Literal)]
        if not any(_PREFILTER.search(literal) for literal in literals):
            continue
        values = [found for literal in literals for found in _VALUE.finditer(literal)]
        if not values:
            continue
        position = source.key_position("signatures", number, "text")
        edits = _edits(source, number, parsed)
        for found in values:
            kind = _KINDS[int((found.lastgroup or "k0")[1:])]
            message = f"signature {number + 1} holds {kind.what}: {found[0]!r}"
            yield Finding(position, message, f"Write {Placeholder(kind.name, kind.type)} in its place.", edits)


def _edits(source: Source, number: int, parsed: Signature) -> tuple[Edit, ...]:
    """The signature with placeholders for its values, where it then still is one and still matches its examples."""
    draft = source.draft
    if draft is None:
        return ()
    text = render_parts(_with_placeholders(parsed))
    try:
        new = parse_signature(text)
    except SignatureError:
        return ()
    if not all(new.find(example) for example in draft.signatures[number].examples):
        return ()
    listed = [
        each.model_dump(mode="json", exclude_defaults=True) | {"text": text if index == number else each.text}
        for index, each in enumerate(draft.signatures)
    ]
    return edits_of_keys(source, {"signatures": listed})


def _with_placeholders(parsed: Signature) -> Iterator[Part]:
    """A signature's parts with a placeholder in place of each value."""
    taken = set(parsed.placeholders)
    for part in parsed.parts:
        if isinstance(part, Placeholder):
            yield part
            continue
        at = 0
        for found in _VALUE.finditer(part.text):
            kind = _KINDS[int((found.lastgroup or "k0")[1:])]
            name = kind.name
            while name in taken:
                name = f"{kind.name}{int(name.removeprefix(kind.name) or 1) + 1}"
            taken.add(name)
            yield Literal(part.text[at : found.start()])
            yield Placeholder(name, kind.type)
            at = found.end()
        yield Literal(part.text[at:])


RULE = Rule(
    code="KB408",
    name="value-in-signature",
    family=Family.SIGNATURES,
    summary="A signature holds a value that is another one for every reader: an id, a path with a user's name, a date.",
    why="The signature then matches the one message from which it was copied, and no other reader's.",
    fix="Write a placeholder where the message varies: `{{path:path}}`, `{{id}}`, `{{time}}`.",
    mended="Puts placeholders in, where the examples still match.",
    bad="text: \"Unable to create '/home/carol/shop/.git/index.lock': File exists\"",
    good="text: \"Unable to create '{{path:path}}': File exists\"",
    in_source=_check,
)
