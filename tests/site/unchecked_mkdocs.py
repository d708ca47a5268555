"""MkDocs with the checks switched off: what they refuse is rendered all the same, and must do no harm then either.

python -m unchecked_mkdocs build …
"""

from mkdocs.__main__ import cli

import kb.site.plugin
from kb.entry import Collection, Folder


def load_unchecked(folder: Folder, *_, **__) -> tuple[Collection, list]:
    """The collection in a folder, of which nothing is a problem."""
    return folder.collection(map(folder.read, folder.names)), []


if __name__ == "__main__":
    kb.site.plugin.load_checked = load_unchecked
    cli(prog_name="mkdocs")
