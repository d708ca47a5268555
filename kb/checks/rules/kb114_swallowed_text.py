"""Text that ends where YAML takes the rest of the line for a comment."""

import re
from collections.abc import Iterator
from typing import Final

from kb.checks.edit import Edit
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.yaml_places import places_of
from kb.entry import KeyPath, Position, Source

_COMMENT: Final = re.compile(r" +(#.*?)[ \t]*")


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    if source.draft is None:
        return
    # Of a `.yml` entry all of the file is YAML.
    end_of_yaml = len(source.text) if source.blocks else len(source.text) - len(source.draft.body)
    if source.text.find(" #", 0, end_of_yaml) < 0:
        return
    lines = source.text.split("\n")
    values = places_of(source).values
    for path in _texts(source):
        scalar = values.get(source.document.positions.get(path, Position(0, 0)))
        if not scalar or not scalar.is_plain:
            continue
        rest = lines[scalar.end.line - 1][scalar.end.column - 1 :]
        found = _COMMENT.fullmatch(rest)
        if found:
            whole = scalar.value + rest.rstrip()
            end = Position(scalar.end.line, scalar.end.column + len(rest.rstrip()))
            edits = (Edit(scalar.start, end, f'"{whole}"'),) if not re.search(r'["\\]', whole) else ()
            message = f"the text ends here: YAML takes {found[1][:40]!r} for a comment"
            hint = "Put all of it in quotes; if it is a comment, give it a line of its own."
            yield Finding(Position(scalar.end.line, scalar.end.column + found.start(1)), message, hint, edits)


def _texts(source: Source) -> Iterator[KeyPath]:
    """Where an entry's texts stand that people write as they come."""
    yield ("title",)
    for number, signature in enumerate(source.draft.signatures if source.draft else ()):
        yield "signatures", number, "text"
        yield from (("signatures", number, "examples", index) for index in range(len(signature.examples)))


RULE = Rule(
    code="KB114",
    name="swallowed-text",
    family=Family.FORMAT,
    summary="A title, signature or example without quotes ends at a `#`, and the rest of its line is a comment.",
    why="YAML drops what stands behind a space and a `#`, without a word. The page would show half of the text.",
    fix="Put the whole text in quotes. A comment of yours stands on a line of its own.",
    mended="Puts the whole text in quotes.",
    bad="title: Assertion failed in test #12 of the suite",
    good='title: "Assertion failed in test #12 of the suite"',
    in_source=_check,
)
