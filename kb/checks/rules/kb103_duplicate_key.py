"""A key or section that stands twice."""

from kb.checks.rule import UNREADABLE, Family, Rule
from kb.entry import DefectKind

RULE = Rule(
    code="KB103",
    name="duplicate-key",
    family=Family.FORMAT,
    summary="A key, or a section that may stand once, stands twice.",
    why="YAML readers silently keep one of the two values, and not all keep the same one.",
    fix="Keep one of them. Several workarounds each have a section `## Workaround: …` of their own.",
    bad="""\
tags: [ssh]
tags: [network]
""",
    good="tags: [ssh, network]",
    defects=frozenset({DefectKind.DUPLICATE_KEY}),
    firm=UNREADABLE,
)
