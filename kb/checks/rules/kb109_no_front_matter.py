"""A Markdown entry without front matter."""

from kb.checks.rule import UNREADABLE, Family, Rule
from kb.entry import DefectKind

RULE = Rule(
    code="KB109",
    name="no-front-matter",
    family=Family.FORMAT,
    summary="The file does not start with front matter between two lines `---`.",
    why="The front matter holds the title and the signatures. Without it the file is not an entry.",
    fix="Start the file with `---`, the keys, and another `---`.",
    bad="""\
## Summary
It fails.
""",
    good="""\
---
title: It fails
---

## Summary
It fails.
""",
    defects=frozenset({DefectKind.NO_FRONT_MATTER}),
    firm=UNREADABLE,
)
