"""Every address that leads to an entry for ever, and which entry that is.

An entry claims its id, its former ids (aliases), and the issues and pull requests that are about it: whoever has the
address of one on GitHub puts the site's in place of `github.com`, and is there: `/owner/name/issues/123/`, or in short
`/r/owner/name/123/`. What is on another host has the short address alone: `/r/ghe.example.com/owner/name/123/`.

GitHub takes owner and name in any case and a static server does not, so there is an address for each spelling that an
entry has, and one in lower case; the page for missing addresses takes any.

No address lies on the way to another, and no two are one, so that each can be a folder with a page: an id has two
parts, a GitHub address four, a short one starts with `r`; `test_addresses_of_entries.py` proves it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kb.entry import GITHUB, Entry, IssueRef

SHORT_FOLDER: Final = "r"
"""The folder of short addresses."""

_OTHERS: Final = frozenset({SHORT_FOLDER, "api"})
"""Folders in which nothing but their own has a place."""
_PAGES: Final = frozenset({"index.html", "index.md"})
"""Files that a folder of the site may have; slugs have no dot."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address and the entry that it leads to."""

    path: str
    """Relative to the site's root, with a slash at the end: `pip/hash-mismatch/`, `r/pypa/pip/123/`."""
    entry: str
    """The entry's id."""
    ref: IssueRef | None = None
    """The issue or pull request that it is named after; None for an id or a former one."""

    @property
    def is_short(self) -> bool:
        """Whether it is the short address of an issue."""
        return self.ref is not None and self.path.startswith(f"{SHORT_FOLDER}/")

    @property
    def is_spelt_alike(self) -> bool:
        """Whether it spells the issue as the entry does."""
        return self.ref is not None and self.ref.repository in self.path

    @property
    def key(self) -> str:
        """The same for all spellings, each of which leads to the same entry."""
        return self.path.lower()


def short_path(ref: IssueRef) -> str:
    """The short address of the entry about an issue: `r/owner/name/123/`."""
    return f"{SHORT_FOLDER}/{ref.short_path}/"


def covered_issues(entries: Iterable[Entry]) -> dict[IssueRef, str]:
    """Key of an issue -> id of the entry about it: the one whose main issue it is, else the first that reports it."""
    entries = tuple(entries)
    covered: dict[IssueRef, str] = {}
    for entry in entries:
        if entry.issue:
            covered.setdefault(entry.issue.ref.key, entry.id)
    for entry in entries:
        for ref in entry.reports:
            covered.setdefault(ref.key, entry.id)
    return covered


def addresses(entries: Iterable[Entry], reserved: Collection[str] = ()) -> list[Address]:
    """Every address that leads to one of the entries, each once. Linear in what they claim.

    Of two entries that claim an id or a former one, the first has it; `kb check` takes no such two. An issue leads to
    the entry whose main issue it is, else to the first that reports it, else to the first that has it as an official
    pull request. `reserved` are first parts of addresses in which the site has files of its own.
    """
    entries = tuple(entries)
    found: dict[str, Address] = {}
    for entry in entries:
        found.setdefault(f"{entry.id}/", Address(f"{entry.id}/", entry.id))
    for entry in entries:
        for alias in entry.aliases:
            found.setdefault(f"{alias}/", Address(f"{alias}/", entry.id))
    owners = covered_issues(entries)
    for entry in entries:
        for pull in entry.pulls:
            owners.setdefault(pull.ref.key, entry.id)
    for entry in entries:
        for ref, kind in _claims(entry):
            key = ref.key
            for spelling in (ref, key) if key != ref else (ref,):
                for path in _paths(spelling, kind, reserved):
                    if path not in found:
                        found[path] = Address(path, owners[key], ref)
    return list(found.values())


def shortcuts(found: Iterable[Address]) -> dict[str, str]:
    """Issue in lower case, as `owner/name/123` -> id of the entry that its addresses lead to."""
    issues = by_key(address for address in found if address.is_short).values()
    return {each.key.removeprefix(f"{SHORT_FOLDER}/").rstrip("/"): each.entry for each in issues}


def by_key(found: Iterable[Address]) -> Mapping[str, Address]:
    """Key -> the first address that has it, to look up where an address leads whatever its spelling."""
    keyed: dict[str, Address] = {}
    for address in found:
        keyed.setdefault(address.key, address)
    return keyed


def _claims(entry: Entry) -> Iterator[tuple[IssueRef, str]]:
    """What an entry claims on GitHub, with the part of addresses there that says what it is."""
    yield from ((ref, "issues") for ref in entry.refs)
    yield from ((pull.ref, "pull") for pull in entry.pulls)


def _paths(ref: IssueRef, kind: str, reserved: Collection[str]) -> Iterator[str]:
    yield short_path(ref)
    if _has_long_address(ref, reserved):
        yield f"{ref.repository}/{kind}/{ref.number}/"


def _has_long_address(ref: IssueRef, reserved: Collection[str]) -> bool:
    """Whether the issue's address on GitHub can be one of the site's, and meets no file there."""
    owner, _, name = ref.repository.lower().partition("/")
    if ref.host != GITHUB or owner in _OTHERS or name in _PAGES:
        return False
    return owner not in reserved or "." not in name
