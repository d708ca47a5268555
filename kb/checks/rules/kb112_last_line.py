"""A file whose last line does not end."""

from collections.abc import Iterator

from kb.checks.edit import Edit
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import Position, Source


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    if not source.text or source.text.endswith("\n"):
        return
    last = source.text[source.text.rfind("\n") + 1 :]
    end = Position(source.text.count("\n") + 1, len(last) + 1)
    hint = "End the file with a line break: press Enter behind the last line."
    yield Finding(end, "the last line has no end", hint, (Edit(end, end, "\n"),))


RULE = Rule(
    code="KB112",
    name="last-line",
    family=Family.FORMAT,
    summary="The file does not end with a line break.",
    why="Whoever adds a line changes the last one too, and the review shows a change that nobody made.",
    fix="End the file with a line break.",
    mended="Adds the line break.",
    bad="…the last word.<end of file>",
    good="…the last word.\n<end of file>",
    in_source=_check,
)
