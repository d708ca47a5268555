"""Sections that do not stand in the order of the page."""

from collections.abc import Iterator
from typing import Final

from kb.checks.edit import Edit, edits_between
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import PROSE_HEADINGS, Position, Source, with_ordered_sections

_RANK: Final = {heading: rank for rank, heading in enumerate(PROSE_HEADINGS.values())}


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    names = [section.heading.partition(":")[0].strip() for section in source.outline.sections]
    once = [name for name in names if name != PROSE_HEADINGS["workarounds"]]
    if len(set(once)) < len(once):
        return  # two sections have to be joined first, which KB103 says
    highest, before = -1, ""
    for section in () if source.blocks else source.outline.sections:
        name = section.heading.partition(":")[0].strip()
        rank = _RANK.get(name, highest)
        if rank < highest:
            message = f"`## {name}` stands after `## {before}`"
            hint = f"The order is: {', '.join(PROSE_HEADINGS.values())}."
            yield Finding(source.body_position(Position(section.line, 1)), message, hint, _ordered(source))
            return
        if rank > highest:
            highest, before = rank, name


def _ordered(source: Source) -> tuple[Edit, ...]:
    lines = source.text.split("\n")
    head, body = lines[: source.body_line - 1], "\n".join(lines[source.body_line - 1 :])
    ordered = with_ordered_sections(body.rstrip())
    return edits_between(source.text, "\n".join([*head, ordered]) + body[len(body.rstrip()) :])


RULE = Rule(
    code="KB209",
    name="section-order",
    family=Family.CONTENT,
    summary="The sections of the file do not stand in the order of the page.",
    why="The page shows them in one order whatever the file says. A reviewer who reads the file should see the same.",
    fix="Summary, Cause, Workarounds (as you would try them), Guidance, Example, Notes, Recommendation.",
    mended="Moves the sections.",
    bad="""\
## Workaround: Remove the lock
…
## Cause
…
""",
    good="""\
## Cause
…
## Workaround: Remove the lock
…
""",
    in_source=_check,
)
