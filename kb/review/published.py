"""The entries as a commit has them, read from git's objects and without touching the folder's files."""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from kb.checks import Published
from kb.entry import Collection, Source, parse_source, translated_name
from kb.review.git import contents, difference, resolve

ENDINGS: Final = (".md", ".yml", ".yaml")


def published_at(collection: Collection, ref: str, *, facts_may_change: bool = False) -> Published:
    """What was published at a commit, branch or tag; files that are as they were then are not read again.

    Raises GitError where git is missing, the folder lies in no repository, or `ref` is not known in it (as in a
    shallow clone).
    """
    commit = resolve(collection.root, ref)
    touched = set(names_of_entries(difference(collection.root, commit).touched))
    same = [source for source in collection.sources if source.name not in touched]
    sources = sorted([*same, *sources_at(collection.root, commit, touched)], key=lambda source: source.name)
    return Published(tuple(sources), facts_may_change)


def names_of_entries(names: Iterable[str]) -> list[str]:
    """The names that could be those of entries, `<product>/<slug>` with its ending, in order; not translations."""
    paths = ((name, PurePosixPath(name)) for name in names)
    return sorted(
        name for name, path in paths if len(path.parts) == 2 and path.suffix in ENDINGS and not translated_name(name)
    )


def sources_at(root: Path, commit: str, names: Iterable[str]) -> list[Source]:
    """Files as a commit has them, those that it has. Raises GitError."""
    return [
        parse_source(root / name, name, content.decode("utf-8", "replace").replace("\r\n", "\n"))
        for name, content in contents(root, commit, names).items()
    ]
