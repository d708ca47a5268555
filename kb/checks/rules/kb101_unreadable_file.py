"""A file that is not readable text of a sane size."""

from kb.checks.rule import UNREADABLE, Family, Rule
from kb.entry import DefectKind

RULE = Rule(
    code="KB101",
    name="unreadable-file",
    family=Family.FORMAT,
    summary="The file is empty, binary, not UTF-8, too large, not a regular file, or quotes nest too deep in it.",
    why="An entry is text that people read in a pull request and that the build reads in bounded time and memory.",
    fix="Save the file as UTF-8 text of at most 1 MB. Of a long log, keep the lines around the error.",
    bad="caf\\xe9 saved as Latin-1",
    good="café saved as UTF-8",
    defects=frozenset({DefectKind.UNREADABLE}),
    firm=UNREADABLE,
)
