"""A value that is not what its key takes."""

from kb.checks.rule import Family, Rule
from kb.entry import DefectKind

RULE = Rule(
    code="KB105",
    name="wrong-type",
    family=Family.FORMAT,
    summary="A value has another type or form than its key takes.",
    why=(
        "YAML reads `no` as false, `1.10` as the number 1.1 and `2026-01-02` as a date. What looks "
        "like text may not be text."
    ),
    fix="Quote text that looks like something else, and write a list where a list is expected.",
    bad="affects: {versions: [1.10]}",
    good='affects: {versions: ["1.10"]}',
    defects=frozenset({DefectKind.WRONG_TYPE}),
)
