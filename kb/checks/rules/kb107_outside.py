"""A file or folder that really lies elsewhere."""

from kb.checks.rule import UNREADABLE, Family, Rule
from kb.entry import DefectKind

RULE = Rule(
    code="KB107",
    name="outside",
    family=Family.FORMAT,
    summary="The file is a symbolic link that leads out of the entries folder, or the folder is a symbolic link.",
    why="Publishing what a link points to could publish any file of the machine that builds the site.",
    fix="Put a copy of the file where the link is.",
    bad="entries/git/x.md -> ../../../etc/hostname",
    good="entries/git/x.md",
    defects=frozenset({DefectKind.OUTSIDE}),
    firm=UNREADABLE,
)
