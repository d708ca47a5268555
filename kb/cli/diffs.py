"""What an edit changes, as a unified diff that a terminal can show."""

import difflib
from pathlib import Path

from kb.checks import visible


def diff_of(path: Path, before: str, after: str) -> str:
    """The lines that differ; empty where none do."""
    name = visible(path.as_posix())
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="")
    return "".join("\t".join(map(visible, line.split("\t"))) + "\n" for line in lines)
