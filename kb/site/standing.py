"""What stands of a site from the last builds: files that follow from the same values stay as they are.

A site's files come in units: what is made at once, from the same values, of which a unit has a digest as its key. A
record, kept in the cache folder, holds the keys of a site's units, and says how each of its files was left, by its
size, time and number in the file system. A unit whose key is the same, and whose files nobody has touched, is not made
again.

Two sites are there: the one that stands, and, beside it, the one that stood before. A new site begins as the latter, in
which what the last two builds changed is brought up to date: most of it is not even touched. What only the one that
stands has is linked from there. A site is walked once, and files that both have are looked at once.
"""

from __future__ import annotations

import os
import shutil
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic import TypeAdapter

from kb.process import KeptValues, digest_of
from kb.site.site_files import files_at, make_way, parents_of, remove, walked

if TYPE_CHECKING:
    from pathlib import Path

_KIND: Final = "sites"


class _Record(NamedTuple):
    """A site as it was left."""

    key: str
    """A digest of all that the site was made from; empty where nobody could tell."""
    units: Mapping[str, str]
    """Unit -> its key."""
    files: Mapping[str, str]
    """Name -> state of each file."""


_NOTHING: Final = _Record("", {}, {})


class _Left:
    """A folder beside how a build left it."""

    def __init__(self, folder: str, record: bytes | None, other: _Left | None = None) -> None:
        """`other` is one that shares files with it: what that has, too, is looked at there."""
        self.folder = folder
        self.packed = record
        self._other = other
        self.folders: list[str] = []
        self.has_links = False
        self.numbers: dict[int, str] = {}
        """Number of each file that was looked at -> its state."""

    @cached_property
    def record(self) -> _Record:
        """How it was left."""
        with suppress(ValueError, RecursionError):
            return _records().validate_json(self.packed) if self.packed else _NOTHING
        return _NOTHING

    @cached_property
    def files(self) -> Mapping[str, str]:
        """Name -> state of each file that is there now."""
        found: dict[str, str] = {}
        known = self._other.numbers if self._other and self._is_beside(self._other) else {}
        for name, each in walked(self.folder):
            if name.endswith("/"):
                self.folders.append(name)
            elif each.is_symlink():
                self.has_links = True
                found[name] = ""
            else:
                number = each.inode()
                state = known.get(number)
                if state is None:
                    with suppress(FileNotFoundError):
                        state = self.numbers[number] = _state(each.stat(follow_symlinks=False))
                found[name] = state or ""
        return found

    def _is_beside(self, other: _Left) -> bool:
        """Whether both lie in one file system, so that a number means the same file in both."""
        with suppress(OSError):
            return bool(other.files) and os.stat(self.folder).st_dev == os.stat(other.folder).st_dev  # noqa: PTH116
        return False

    @cached_property
    def touched(self) -> set[str]:
        """Names of files that are not as they were left, and of the folders that these lie in."""
        differing = {name for name, _ in self.record.files.items() ^ self.files.items()}
        return differing.union(*map(parents_of, differing))

    def has(self, unit: str, key: str, names: Iterable[str]) -> bool:
        """Whether a unit with this key was left there, and its files are as they were."""
        return self.record.units.get(unit) == key and self.touched.isdisjoint(names)

    def empty_folders(self) -> Iterator[str]:
        """The folders in which there is nothing."""
        holding = {name[: name.rstrip("/").rfind("/") + 1] for name in (*self.files, *self.folders)}
        return (folder for folder in self.folders if folder not in holding)


class Standing:
    """The units of the sites that are there, and of the one that is to take their place."""

    def __init__(self, target: Path, former: Path | None, settings: str) -> None:
        """What stands in the folder `target`, and in `former` the site before; None lets every unit be made anew.

        `settings` is the digest of what all units follow from besides their own values.
        """
        self._target, self._former = os.path.realpath(target), os.fspath(former or "")
        self._settings = settings
        self.may_stay = former is not None
        self._records = digest_of(self._target), digest_of(self._target, "former")
        kept = KeptValues(_KIND).read(self._records) if self.may_stay else {}
        stands, stood = map(kept.get, self._records)
        self._stands = _Left(self._target, stands)
        self._stood = _Left(self._former, stood, self._stands)
        self._begun: _Left | None = None
        """The one that stood before, in which the new site begins."""
        self._units: dict[str, str] = {}
        self._names: set[str] = set()
        self._same: set[str] = set()
        """Files that stay as they were when they were looked at."""
        self._made: set[str] = set()
        """Folders that are there."""

    @property
    def is_known(self) -> bool:
        """Whether it is known how any of the site that stands was left: a later one can begin as it."""
        return bool(self._stands.record.units)

    def is_whole(self, values: str) -> bool:
        """Whether all of the site stands as it was left by a build from values of which this is the digest."""
        return self._stands.record.key == digest_of(self._settings, values) and not self._stands.touched

    def begin(self, folder: Path) -> None:
        """Let the new site, in the empty folder `folder`, begin as the one that stood before, if that is known."""
        if not self.may_stay or not self._stood.record.units:
            return
        with suppress(OSError):
            if self._stood.files and self._stood.has_links:
                return  # what is removed below a link may be anybody's
            # Hidden files at its top are not a build's.
            for name in [name for name in os.listdir(self._former) if name.startswith(".")]:  # noqa: PTH208
                remove(f"{self._former}/{name}")
            shutil.copymode(folder, self._former)
            os.rename(self._former, folder)  # noqa: PTH104
            self._begun = self._stood

    def keep(self, unit: str, values: str, names: Iterable[str], folder: Path) -> bool:
        """Let the new site have the files of a unit that are there as they would be made; whether they are.

        `values` is a digest of all that the unit follows from; empty where nobody can tell. `names` are those of the
        files that it has: one with a slash at its end is that of all files in a folder. What is there of a unit that is
        not kept may have other names in the site that stands: nobody may write into it.
        """
        names = tuple(names)
        self._names.update(names)
        key = digest_of(self._settings, values) if values else ""
        if key:
            self._units[unit] = key
        if key and self._begun and self._begun.has(unit, key, names):
            self._same.update(names)
            return True
        return bool(key) and self._stands.has(unit, key, names) and self._bring(names, os.fspath(folder))

    def disown(self, units: Iterable[str]) -> None:
        """Let units be made anew the next time, whatever they were made from now."""
        for unit in units:
            self._units.pop(unit, None)

    def drop(self, names: Iterable[str], folder: Path) -> None:
        """Remove files of the new site that are there from an earlier build, and what is in their way."""
        for name in names if self._begun else ():
            make_way(os.fspath(folder), name)
            with suppress(FileNotFoundError):
                remove(f"{folder}/{name.rstrip('/')}")

    def clear(self, folder: Path) -> None:
        """Remove from the new site what no unit has that `keep` was asked for."""
        if self._begun is None:
            return
        places = tuple(name for name in self._names if name.endswith("/"))
        others = [name for name in self._begun.files if name not in self._names and not name.startswith(places)]
        for name in others:
            with suppress(OSError):
                os.unlink(f"{folder}/{name}")  # noqa: PTH108 - a third of what a `Path` takes, as below
        emptied = {parent for name in (*others, *self._begun.empty_folders()) for parent in parents_of(name)}
        names = sorted(self._names)
        for name in sorted(emptied, reverse=True):
            at = bisect_left(names, name)
            is_needed = name.startswith(places) or (at < len(names) and names[at].startswith(name))
            if not is_needed:
                with suppress(OSError):
                    os.rmdir(f"{folder}/{name}")  # noqa: PTH106

    def _bring(self, names: tuple[str, ...], folder: str) -> bool:
        """Let the new site have files of the one that stands, all or none of them; whether that was done."""
        there = self._begun.files if self._begun else {}
        wanted = list(files_at(self._target, names))
        same = {name for name in wanted if name in there and there[name] == self._stands.files.get(name)}
        for name in names if self._begun else ():
            make_way(folder, name)
            for each in list(files_at(folder, (name,))):
                if each not in same:
                    remove(f"{folder}/{each}")
        return self._link((name for name in wanted if name not in same), folder)

    def _link(self, names: Iterable[str], into: str) -> bool:
        """Give files of the site that stands another name in a folder, all or none of them; whether that was done."""
        linked: list[str] = []
        try:
            for name in names:
                self._make_folder(f"{into}/{name}".rpartition("/")[0])
                os.link(f"{self._target}/{name}", f"{into}/{name}")
                linked.append(name)
        except OSError:
            # No two names for one file in this file system, or not for this user.
            for name in linked:
                os.unlink(f"{into}/{name}")  # noqa: PTH108
            return False
        return True

    def remember(self, values: str) -> None:
        """Keep the records of the new site, which has taken its place, and of the one that stood before.

        `values` is the digest of all that the new one was made from; empty where nobody can tell.
        """
        if not self.may_stay:
            return
        key = digest_of(self._settings, values) if values else ""
        record = _Record(key, self._units, dict(self._left_files()))
        new, former = self._records
        KeptValues(_KIND).write({new: _records().dump_json(record), former: self._stands.packed or b""})

    def _left_files(self) -> Iterator[tuple[str, str]]:
        """Name and state of each file of the new site, which has taken its place."""
        known = self._begun.files if self._begun else {}
        for name, each in walked(self._target):
            if name in self._same and name in known:
                yield name, known[name]
            elif not name.endswith("/"):
                with suppress(FileNotFoundError):  # somebody removes it now
                    yield name, _state(each.stat(follow_symlinks=False))

    def _make_folder(self, folder: str) -> None:
        if folder not in self._made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self._made.add(folder)


def _state(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"


@cache
def _records() -> TypeAdapter[_Record]:
    return TypeAdapter(_Record)
