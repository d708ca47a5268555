"""A part that every entry has is missing or empty."""

from kb.checks.rule import UNREADABLE, Family, Rule
from kb.entry import DefectKind

RULE = Rule(
    code="KB201",
    name="missing-part",
    family=Family.CONTENT,
    summary="A required key or section is missing, or a part is there but empty.",
    why="A reader comes for the message, the reason and the way out. An entry without one of them sends them on.",
    fix="Add it. Where no way out is known, say so: `status: open`, and a Workaround that says what was tried.",
    bad="""\
## Cause

## Workaround: Restart
""",
    good="""\
## Cause
The lock is left behind by a crash.

## Workaround: Remove the lock
…
""",
    defects=frozenset({DefectKind.MISSING}),
    firm=UNREADABLE,
)
