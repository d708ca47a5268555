"""MkDocs with the checks switched off: what they refuse is rendered all the same, and must do no harm then either.

python tests/site/unchecked_mkdocs.py build …
"""

from pathlib import Path

from mkdocs.__main__ import cli

import kb.site.plugin
from kb.entry import Collection, load_collection


def load_unchecked(root: Path) -> tuple[Collection, list]:
    """The collection in a folder, of which nothing is a problem."""
    return load_collection(root), []


if __name__ == "__main__":
    kb.site.plugin.load_checked = load_unchecked
    cli(prog_name="mkdocs")
