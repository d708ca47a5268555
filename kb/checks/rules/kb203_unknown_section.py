"""Text under a heading that entries do not have."""

from kb.checks.rule import Family, Rule
from kb.entry import DefectKind

RULE = Rule(
    code="KB203",
    name="unknown-section",
    family=Family.CONTENT,
    summary="A level-2 heading is not one that entries have, or text stands before the first one.",
    why="Sections have fixed names so that readers and programs find the same part in the same place.",
    fix="Use one of the known headings, or a level-3 heading inside of one.",
    bad="""\
## Solution
Restart it.
""",
    good="""\
## Workaround: Restart it
…
""",
    defects=frozenset({DefectKind.UNKNOWN_SECTION}),
)
