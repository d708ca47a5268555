"""An entries folder with one file that changes, written and read as a contributor's is."""

import tempfile
from functools import cache
from pathlib import Path

from kb.entry import Collection, load_collection

PRODUCTS = """\
git: {name: Git, home: "https://git-scm.com/", repository: git/git, category: version-control, tags: [git]}
"""


@cache
def _root() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="kb-fuzz-")
    _KEPT.append(folder)
    root = Path(folder.name) / "entries"
    (root / "git").mkdir(parents=True)
    return root


_KEPT: list[tempfile.TemporaryDirectory[str]] = []
"""Folders that go when this process ends."""


def loaded(name: str, text: str) -> Collection:
    """The folder with product `git`, no tools, and one file of this name and text, which may be a data file."""
    root = _root()
    for old in (*root.glob("git/*"), *root.glob("*.yml")):
        old.unlink()
    for file, content in {"products.yml": PRODUCTS, "tools.yml": "[]\n", name: text}.items():
        (root / file).write_bytes(content.encode("utf-8", "surrogatepass"))
    return load_collection(root)
