"""A heading of a level that does not fit in where it stands."""

import re
from collections.abc import Iterator
from typing import Final

from kb.checks.edit import Edit
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.shape import body_lines, body_of
from kb.entry import PROSE_HEADINGS, Heading, Position, Source

_MARKS: Final = re.compile(r"#{1,6}")
_NAME: Final = re.compile(r"# +([^:#]+?) *(?::.*|#*)")


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    if source.draft is None:
        return
    above = 1
    for heading in source.outline.headings:
        position = source.body_position(heading.position)
        if heading.level == 1:
            hint = "The title is the page's only heading of level 1. Write `##` for a section, `###` inside of one."
            yield Finding(position, "a heading of level 1 in the prose", hint, _edits(source, heading, 2))
        elif heading.level > above + 1:
            message = f"a heading of level {heading.level} under one of level {above}"
            hint = f"Write `{'#' * (above + 1)}`: no level is left out."
            yield Finding(position, message, hint, _edits(source, heading, above + 1))
        above = min(max(heading.level, 2), above + 1)


def _edits(source: Source, heading: Heading, level: int) -> tuple[Edit, ...]:
    """The marks of the right level; of a heading of level 1 only where it is a section's name."""
    line = body_lines(body_of(source))[heading.position.line - 1]
    marks = _MARKS.match(line, heading.position.column - 1)
    name = _NAME.fullmatch(line)
    if not marks or source.blocks or (heading.level == 1 and (not name or name[1] not in PROSE_HEADINGS.values())):
        return ()
    start = source.body_position(heading.position)
    return (Edit(start, Position(start.line, start.column + len(marks[0])), "#" * level),)


RULE = Rule(
    code="KB210",
    name="heading-level",
    family=Family.CONTENT,
    summary="A heading in the prose is of level 1, or leaves out a level.",
    why="Screen readers and the list of contents go by levels: a reader who jumps from heading to heading gets lost.",
    fix="Write `##` for the sections of an entry, `###` for parts of a section.",
    mended="Corrects the level, of headings of level 1 where they are names of sections.",
    bad="""\
## Guidance
#### On a build server
""",
    good="""\
## Guidance
### On a build server
""",
    in_source=_check,
)
