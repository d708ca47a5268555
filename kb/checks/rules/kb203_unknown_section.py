"""Text under a heading that entries do not have."""

import re
from typing import Final

from kb.checks.edit import Edit
from kb.checks.rule import UNREADABLE, Family, Rule
from kb.entry import PROSE_HEADINGS, Catalog, Defect, DefectKind, Position, Source

_HEADING: Final = re.compile(r"## +([^:]*?)(?: *:.*| *#*)")


def _mend(file: Source | Catalog, defect: Defect) -> tuple[Edit, ...]:
    """The known heading, where it does not stand in the entry and needs no title of its own."""
    if not isinstance(file, Source) or file.blocks or not defect.instead:
        return ()
    line = file.text.split("\n")[defect.position.line - 1]
    found = _HEADING.fullmatch(line)
    present = {section.heading.partition(":")[0].strip() for section in file.outline.sections}
    is_workaround = defect.instead == PROSE_HEADINGS["workarounds"]
    if not found or (defect.instead in present and not is_workaround) or is_workaround is (":" not in line):
        return ()
    start, end = (Position(defect.position.line, place + 1) for place in found.span(1))
    return (Edit(start, end, defect.instead),)


RULE = Rule(
    code="KB203",
    name="unknown-section",
    family=Family.CONTENT,
    summary="A level-2 heading is not one that entries have, or text stands before the first one.",
    why="Sections have fixed names so that readers and programs find the same part in the same place.",
    fix="Use one of the known headings, or a level-3 heading inside of one.",
    mended="Corrects the spelling where one known heading is close.",
    bad="""\
## Solution
Restart it.
""",
    good="""\
## Workaround: Restart it
…
""",
    defects=frozenset({DefectKind.UNKNOWN_SECTION}),
    mend=_mend,
    firm=UNREADABLE,
)
