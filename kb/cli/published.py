"""The entries as a commit has them, read from git's objects and without touching the folder's files."""

from pathlib import Path
from typing import Final

from kb.checks import Published
from kb.cli.review.git import contents, difference, resolve
from kb.entry import Collection, Source, parse_source

_ENTRY_SUFFIXES: Final = (".md", ".yml", ".yaml")
_DATA_FILES: Final = ("products.yml", "tools.yml")


def published_at(collection: Collection, ref: str, *, facts_may_change: bool = False) -> Published:
    """What was published at a commit, branch or tag; files that are as they were then are not read again.

    Raises GitError where git is missing, the folder lies in no repository, or `ref` is not known in it (as in a
    shallow clone).
    """
    commit = resolve(collection.root, ref)
    touched = {name for name in difference(collection.root, commit).touched if _is_entry(name)}
    before = [
        parse_source(Path(collection.root, name), name, content.decode("utf-8", "replace").replace("\r\n", "\n"))
        for name, content in contents(collection.root, commit, touched).items()
    ]
    same = [source for source in collection.sources if source.name not in touched]
    sources: list[Source] = sorted([*same, *before], key=lambda source: source.name)
    return Published(tuple(sources), facts_may_change)


def _is_entry(name: str) -> bool:
    return name.endswith(_ENTRY_SUFFIXES) and name not in _DATA_FILES
