"""MkDocs with the checks switched off: what they refuse is rendered all the same, and must do no harm then either.

python tests/site/unchecked_mkdocs.py build …
"""

from pathlib import Path

from mkdocs.__main__ import cli

import kb.site.plugin
from kb.entry import load_collection
from kb.site.checked import Checked


def load_unchecked(root: Path, *_: object) -> Checked:
    """The collection in a folder, of which nothing is a problem."""
    return Checked(load_collection(root), [], None)


if __name__ == "__main__":
    kb.site.plugin.load_checked = load_unchecked
    cli(prog_name="mkdocs")
