"""YAML that could hang or trick the build."""

from kb.checks.rule import UNREADABLE, Family, Rule
from kb.entry import DefectKind

RULE = Rule(
    code="KB106",
    name="unsafe-yaml",
    family=Family.FORMAT,
    summary="The YAML uses aliases, anchors, tags, a second document, or nests too deep.",
    why=(
        "A few lines with aliases can stand for gigabytes, and tags can create objects. Entries "
        "come from strangers, so none of it is read."
    ),
    fix="Write values out where they are used; quote text that starts with `&`, `*` or `!`.",
    bad="""\
tags: &t [ssh]
codes: *t
""",
    good="""\
tags: [ssh]
codes: [ssh]
""",
    defects=frozenset({DefectKind.UNSAFE_YAML}),
    firm=UNREADABLE,
)
