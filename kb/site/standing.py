"""What stands of a site from the last builds: files that follow from the same values stay as they are.

A site's files come in units: what is made at once, from the same values, of which a unit has a digest as its key. A
record, kept in the cache folder, says of each unit how its files were left, by their names, sizes, times and numbers
in the file system. A unit whose key is the same, and whose files nobody has touched, is not made again.

Two sites are there: the one that stands, and, beside it, the one that stood before. A new site begins as the latter, in
which what the last two builds changed is brought up to date: most of it is not even touched. What only the one that
stands has is linked from there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic import TypeAdapter

from kb.process import KeptValues, digest_of

if TYPE_CHECKING:
    from pathlib import Path

_KIND: Final = "sites"
_ALL: Final = ""
"""The unit of all files of a site, whose key is that of the whole site."""


class _Unit(NamedTuple):
    """A unit of a site as it was left."""

    key: str
    left: str
    """A digest of its files' names and states."""


_NONE: Final = _Unit("", "")


class _Left:
    """A folder as a build left it, and as it is now."""

    def __init__(self, folder: str, record: bytes | None) -> None:
        self.record = record
        self._folder = folder

    @cached_property
    def units(self) -> Mapping[str, _Unit]:
        """The units that were left in it."""
        with suppress(ValueError, RecursionError):
            return _units().validate_json(self.record or b"{}")
        return {}

    @cached_property
    def files(self) -> dict[str, str]:
        """Name and state of each file that is in it now."""
        return self._found[0]

    @property
    def folders(self) -> list[str]:
        """The folders that are in it now, each after the one that it lies in."""
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[dict[str, str], list[str]]:
        return _scanned(self._folder)

    def has(self, unit: str, key: str, names: Iterable[str]) -> list[str] | None:
        """The files of a unit, where it was left with this key and is as it was; None where not."""
        left = self.units.get(unit, _NONE)
        if left.key != key:
            return None
        found = _of(self.files, names)
        return found if left.left == _digest(self.files, found) else None


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
        self._stands, self._stood = (
            _Left(folder, kept.get(record))
            for folder, record in zip((self._target, self._former), self._records, strict=True)
        )
        self._new: dict[str, tuple[_Unit, tuple[str, ...]]] = {}
        self._staying: set[str] = set()
        self._begun: _Left | None = None
        self._made: set[str] = set()
        """Folders that are there."""

    def is_whole(self, values: str) -> bool:
        """Whether all of the site stands as it was left by a build from values of which this is the digest."""
        left, files = self._stands.units.get(_ALL, _NONE), self._stands.files
        return left.key == digest_of(self._settings, values) and left.left == _digest(files, files)

    def begin(self, folder: Path) -> None:
        """Let the new site, in the empty folder `folder`, begin as the one that stood before, if that is known."""
        if not self.may_stay or not self._stood.units:
            return
        with suppress(OSError):
            mode = folder.stat().st_mode
            # Hidden files at its top are not a build's.
            for name in [name for name in os.listdir(self._former) if name.startswith(".")]:  # noqa: PTH208
                _remove(f"{self._former}/{name}")
            os.rename(self._former, folder)  # noqa: PTH104
            folder.chmod(mode)
            self._begun = _Left(os.fspath(folder), self._stood.record)

    def keep(self, unit: str, values: str, names: Iterable[str], folder: Path) -> bool:
        """Let the new site have the files of a unit that are there as they would be made; whether they are.

        `values` is a digest of all that the unit follows from; empty where nobody can tell. `names` are those of the
        files that it has: one with a slash at its end is that of all files in a folder.
        """
        if not values:
            return False
        key, names = digest_of(self._settings, values), tuple(names)
        self._new[unit] = _Unit(key, ""), names
        if self._begun and (found := self._begun.has(unit, key, names)) is not None:
            self._new[unit] = self._begun.units[unit], ()
            self._staying.update(found)
            return True
        found = self._stands.has(unit, key, names)
        if found is None or not self._link(found, os.fspath(folder)):
            return False
        self._new[unit] = self._stands.units[unit], ()
        self._staying.update(found)
        return True

    def clear(self, folder: Path) -> None:
        """Remove from the new site what is not kept, before anything is written.

        Whoever writes into a file that has another name in the site that stands would write there, too.
        """
        if self._begun is None:
            return
        into = os.fspath(folder)
        for name in self._begun.files.keys() - self._staying:
            with suppress(FileNotFoundError):
                os.unlink(f"{into}/{name}")  # noqa: PTH108 - a third of what a `Path` takes, as below
        needed = {parent for name in self._staying for parent in _parents(name)}
        for each in reversed(self._begun.folders):
            if each not in needed:
                with suppress(OSError):
                    os.rmdir(f"{into}/{each}")  # noqa: PTH106

    def _link(self, names: Iterable[str], into: str) -> bool:
        """Give files of the site that stands another name in a folder, all or none of them; whether that was done."""
        linked: list[str] = []
        try:
            for name in names:
                with suppress(FileNotFoundError):
                    if self._begun:
                        os.unlink(f"{into}/{name}")  # noqa: PTH108
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
        files, _ = _scanned(self._target)
        units = {
            unit: made if made.left else made._replace(left=_digest(files, _of(files, names)))
            for unit, (made, names) in self._new.items()
        }
        units[_ALL] = _Unit(digest_of(self._settings, values), _digest(files, files)) if values else _NONE
        new, former = self._records
        KeptValues(_KIND).write({new: _units().dump_json(units), former: self._stands.record or b"{}"})

    def _make_folder(self, folder: str) -> None:
        if folder not in self._made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self._made.add(folder)


def _scanned(site: str) -> tuple[dict[str, str], list[str]]:
    """The files of a site with their states, but for hidden ones at its top, which are not a build's; its folders."""
    files: dict[str, str] = {}
    folders = [""]
    for folder in folders:
        with suppress(FileNotFoundError), os.scandir(f"{site}/{folder}") as listing:
            for each in listing:
                name = f"{folder}{each.name}"
                if each.is_dir(follow_symlinks=False):
                    folders.append(f"{name}/")
                elif folder or not name.startswith("."):
                    status = each.stat(follow_symlinks=False)
                    files[name] = f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"
    return files, folders[1:]


def _of(files: Mapping[str, str], names: Iterable[str]) -> list[str]:
    """Those of the files that have one of the names, or lie in a folder that has."""
    found = {name for name in names if name in files}
    places = tuple(name for name in names if name.endswith("/"))
    return sorted(found.union(name for name in files if name.startswith(places)) if places else found)


def _digest(files: Mapping[str, str], names: Iterable[str]) -> str:
    """A digest of some files' names and states."""
    return digest_of(*(f"{name} {files[name]}" for name in sorted(names)))


def _parents(name: str) -> Iterator[str]:
    """The folders that a file or folder lies in, each with a slash at its end."""
    at = name.rfind("/")
    while at >= 0:
        yield name[: at + 1]
        at = name.rfind("/", 0, at)


def _remove(path: str) -> None:
    if os.path.isdir(path) and not os.path.islink(path):  # noqa: PTH112, PTH114
        shutil.rmtree(path)
    else:
        os.unlink(path)  # noqa: PTH108


@cache
def _units() -> TypeAdapter[dict[str, _Unit]]:
    return TypeAdapter(dict[str, _Unit])
