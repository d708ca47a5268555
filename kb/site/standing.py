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
    """A folder as a build left it."""

    def __init__(self, folder: str, record: bytes | None) -> None:
        self.folder = folder
        self.record = record

    @cached_property
    def units(self) -> Mapping[str, _Unit]:
        """The units that were left in it."""
        with suppress(ValueError, RecursionError):
            return _units().validate_json(self.record or b"{}")
        return {}

    def files(self, unit: str, key: str, names: Iterable[str]) -> list[str] | None:
        """The files of a unit, where it was left with this key and is as it was; None where not."""
        left = self.units.get(unit, _NONE)
        if left.key != key:
            return None
        files = _states(self.folder, names)
        return list(files) if left.left == _digest(files) else None


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
        self._names: set[str] = set()
        self._begun: _Left | None = None
        self._listing: tuple[str, ...] = ()
        """What the new site began with."""
        self._made: set[str] = set()
        """Folders that are there."""

    @property
    def is_known(self) -> bool:
        """Whether it is known how any of the site that stands was left: a later one can begin as it."""
        return bool(self._stands.units)

    def is_whole(self, values: str) -> bool:
        """Whether all of the site stands as it was left by a build from values of which this is the digest."""
        return self._stands.files(_ALL, digest_of(self._settings, values), [""]) is not None

    def begin(self, folder: Path) -> None:
        """Let the new site, in the empty folder `folder`, begin as the one that stood before, if that is known."""
        if not self.may_stay or not self._stood.units:
            return
        with suppress(OSError):
            listing = dict(_walked(self._former))
            if any(each.is_symlink() for each in listing.values()):
                return  # what is removed below a link may be anybody's
            # Hidden files at its top are not a build's.
            for name in [name for name in os.listdir(self._former) if name.startswith(".")]:  # noqa: PTH208
                _remove(f"{self._former}/{name}")
            shutil.copymode(folder, self._former)
            os.rename(self._former, folder)  # noqa: PTH104
            self._begun, self._listing = _Left(os.fspath(folder), self._stood.record), tuple(listing)

    def keep(self, unit: str, values: str, names: Iterable[str], folder: Path) -> bool:
        """Let the new site have the files of a unit that are there as they would be made; whether they are.

        `values` is a digest of all that the unit follows from; empty where nobody can tell. `names` are those of the
        files that it has: one with a slash at its end is that of all files in a folder.
        """
        names = tuple(names)
        self._names.update(names)
        key = digest_of(self._settings, values) if values else ""
        if key and self._begun and self._begun.files(unit, key, names) is not None:
            self._new[unit] = self._begun.units[unit], names
            return True
        self._drop(names, folder)
        if not key:
            return False
        found = self._stands.files(unit, key, names)
        is_linked = found is not None and self._link(found, os.fspath(folder))
        self._new[unit] = self._stands.units[unit] if is_linked else _Unit(key, ""), names
        return is_linked

    def disown(self, units: Iterable[str]) -> None:
        """Let units be made anew the next time, whatever they were made from now."""
        for unit in units:
            self._new.pop(unit, None)

    def _drop(self, names: Iterable[str], folder: Path) -> None:
        """Remove files that may have other names in the site that stands, before anybody writes into them."""
        if self._begun:
            for name in names:
                try:
                    _remove(f"{folder}/{name.rstrip('/')}")
                except FileNotFoundError:
                    pass
                except NotADirectoryError:
                    for parent in _parents(name):
                        with suppress(OSError):
                            os.unlink(f"{folder}/{parent.rstrip('/')}")  # noqa: PTH108

    def clear(self, folder: Path) -> None:
        """Remove from the new site what no unit has that `keep` was asked for."""
        if self._begun is None:
            return
        places = tuple(name for name in self._names if name.endswith("/"))
        needed = {parent for name in self._names for parent in _parents(name)}
        for name in reversed(self._listing):
            if name in self._names or name in needed or name.startswith(places):
                continue
            with suppress(OSError):
                if name.endswith("/"):
                    os.rmdir(f"{folder}/{name}")  # noqa: PTH106 - a third of what a `Path` takes, as below
                else:
                    os.unlink(f"{folder}/{name}")  # noqa: PTH108

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
        units = {
            unit: made if made.left else made._replace(left=_digest(_states(self._target, names)))
            for unit, (made, names) in self._new.items()
        }
        if values:
            units[_ALL] = _Unit(digest_of(self._settings, values), _digest(_states(self._target, [""])))
        new, former = self._records
        KeptValues(_KIND).write({new: _units().dump_json(units), former: self._stands.record or b"{}"})

    def _make_folder(self, folder: str) -> None:
        if folder not in self._made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self._made.add(folder)


def _walked(site: str, folder: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below a folder of a site by its name, each folder, with a slash at its end, before what lies in it.

    Hidden files at the site's top are not a build's.
    """
    folders = [folder]
    for place in folders:
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(f"{site}/{place}") as listing:
            for each in listing:
                name = f"{place}{each.name}"
                if each.is_dir(follow_symlinks=False):
                    folders.append(f"{name}/")
                    yield f"{name}/", each
                elif not name.startswith("."):
                    yield name, each


def _states(site: str, names: Iterable[str]) -> dict[str, str]:
    """How files of a site are now. The name of a folder, which has a slash at its end, or none is that of all in it."""
    files: dict[str, str] = {}
    for name in names:
        if name and not name.endswith("/"):
            with suppress(FileNotFoundError, NotADirectoryError):
                files[name] = _state(os.stat(f"{site}/{name}", follow_symlinks=False))  # noqa: PTH116
            continue
        for found, each in _walked(site, name):
            if not found.endswith("/"):
                files[found] = _state(each.stat(follow_symlinks=False))
    return dict(sorted(files.items()))


def _state(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"


def _digest(files: Mapping[str, str]) -> str:
    """A digest of files' names and states."""
    return digest_of(*(f"{name} {state}" for name, state in files.items()))


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
