"""Front matter that YAML can not read."""

from kb.checks.rule import Family, Rule
from kb.entry import DefectKind

RULE = Rule(
    code="KB102",
    name="broken-yaml",
    family=Family.FORMAT,
    summary="The YAML can not be parsed.",
    why="Without its front matter nothing of the entry can be used.",
    fix=(
        "Look at the marked line and the one above it: indentation (spaces, no tabs), quotes, and "
        'text that contains ": ".'
    ),
    bad="title: fatal: not a git repository",
    good='title: "fatal: not a git repository"',
    defects=frozenset({DefectKind.SYNTAX}),
)
