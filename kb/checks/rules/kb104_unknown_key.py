"""A key that no entry has."""

from kb.checks.rule import Family, Rule
from kb.entry import DefectKind

RULE = Rule(
    code="KB104",
    name="unknown-key",
    family=Family.FORMAT,
    summary="A key is not one that entries have.",
    why="A misspelt key would be ignored, and what it says would be missing from the page.",
    fix="Compare the spelling with the hint. The JSON Schema of the site makes an editor complete the keys.",
    bad="tag: [ssh]",
    good="tags: [ssh]",
    defects=frozenset({DefectKind.UNKNOWN_KEY}),
)
