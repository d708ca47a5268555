"""References in prose: to other entries by their file, and to issues that an entry covers."""

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from kb.entry import Entries, EntryFile, IssueRef


def entry_of_target(target: str, source_name: str, ids_by_name: Mapping[str, str]) -> tuple[str, str] | None:
    """The entry id and the fragment to which a relative link of the file `source_name` leads, if to an entry."""
    if target.startswith(("https://", "http://", "#")):
        return None
    try:
        link = urlsplit(target)
    except ValueError:
        return None
    if link.scheme or link.netloc or not link.path or link.path.startswith("/"):
        return None
    name = posixpath.normpath(posixpath.join(posixpath.dirname(source_name), unquote(link.path)))
    found = ids_by_name.get(name)
    return (found, link.fragment) if found else None


Mention = tuple[str, str]
"""What a prose has that leads to an entry, as it is written there, and the entry's id."""


def mentions(collection: Entries, covered: Mapping[IssueRef, str]) -> dict[str, tuple[Mention, ...]]:
    """Entry id -> what its prose has that leads to other entries: links, and issues that they cover."""
    ids_by_name = {file.name: file.id for file in collection.files}
    return {file.id: tuple(_mentions(file, covered, ids_by_name)) for file in collection.files if file.entry}


def mentions_of_translations(collection: Entries, covered: Mapping[IssueRef, str]) -> dict[str, tuple[Mention, ...]]:
    """The same of translations, by the names of their files. They are no links between entries."""
    ids_by_name = {file.name: file.id for file in collection.files}
    return {file.name: tuple(_mentions(file, covered, ids_by_name)) for file in collection.translation_files}


def _mentions(file: EntryFile, covered: Mapping[IssueRef, str], ids_by_name: Mapping[str, str]) -> Iterator[Mention]:
    for link in file.links:
        found = entry_of_target(link.target, file.name, ids_by_name)
        issue = None if found else IssueRef.of_url(link.target)
        entry_id = found[0] if found else covered.get(issue.key) if issue else None
        if entry_id and entry_id != file.id:
            yield link.target, entry_id
    for ref in file.issues:
        entry_id = covered.get(IssueRef.parse(ref).key)
        if entry_id and entry_id != file.id:
            yield ref, entry_id
