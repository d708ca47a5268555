"""The entries as a commit has them, read from git's objects and without touching the folder's files."""

from collections.abc import Container, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from kb.checks import Published
from kb.entry import Collection, Source, parse_source, translated_name
from kb.review.git import commits_of, contents, difference, resolve

_PROGRAM: Final = "[bot]"
"""What GitHub has in the name of an account that is no person's."""
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
    before = {review for source in sources for review in _reviews(source).values()}
    found = [source for source in collection.sources if source.name in touched]
    programs = dict(_reviews_of_programs(collection.root, commit, found, before))
    return Published(tuple(sources), facts_may_change, programs)


_Review = tuple[str, str, str]
"""The digest of a draft, who reviewed it, and when."""


def _reviews(source: Source) -> dict[str, _Review]:
    """Section -> its review, of those that have one."""
    sections = source.entry.provenance.sections if source.entry else {}
    return {
        section: (drafted.text, drafted.reviewed.by, drafted.reviewed.day.isoformat())
        for section, drafted in sections.items()
        if drafted.reviewed
    }


def _reviews_of_programs(
    root: Path, since: str, sources: Iterable[Source], before: Container[_Review]
) -> Iterator[tuple[tuple[str, str], str]]:
    """File and section -> the program whose commit brought a review that was not there before. Raises GitError."""
    for source in sources:
        new = {section: review for section, review in _reviews(source).items() if review not in before}
        for commit in commits_of(root, since, source.name) if new else ():
            if _PROGRAM not in commit.author or not commit.parents:
                continue  # what has nothing before it here, as at the end of a shallow clone, may have changed nothing
            after, earlier = (_reviews_at(root, each, source.name) for each in (commit.id, commit.parents))
            for section, review in new.items():
                if after.get(section) == review != earlier.get(section):
                    yield (source.name, section), commit.author.partition(" <")[0]


def _reviews_at(root: Path, commit: str, name: str) -> dict[str, _Review]:
    return next(map(_reviews, sources_at(root, commit, [name])), {})


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
