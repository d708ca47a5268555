"""What stands of a site from the last build: files that follow from the same values stay as they are.

A site's files come in units: what is made at once, from the same values, of which a unit has a digest as its key. A
record, kept in the cache folder, says of each unit which files it has, and by their size, time and number in the file
system how they were left. A unit whose key is the same, and whose files nobody has touched, is not made again: the new
site has the same files, as links to them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import TypeAdapter

from kb.process import KeptValues, digest_of

_KIND: Final = "sites"


class _State(NamedTuple):
    """How a file was left."""

    size: int
    time: int
    """Of its last change, in nanoseconds."""
    number: int
    """Its inode."""


class _Unit(NamedTuple):
    """A unit of a site."""

    key: str
    files: dict[str, _State]
    """Name in the site -> how it was left."""


class Standing:
    """The units of a site that stands in a folder, and of the one that is to take its place."""

    def __init__(self, target: Path, settings: str, *, may_stay: bool = True) -> None:
        """What stands in the folder `target`. `settings` is the digest of what all units follow from besides their own
        values; without `may_stay` every unit is made anew.
        """
        self._target = os.path.realpath(target)
        self._settings = settings
        self._record = digest_of(self._target)
        self._former = _read(self._record) if may_stay else {}
        self._may_stay = may_stay
        self._new: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._folders: set[str] = set()

    def is_whole(self, values: str) -> bool:
        """Whether all of the site stands as it was left by a build from values of which this is the digest."""
        if self._former.get(_WHOLE, _NONE).key != digest_of(self._settings, values):
            return False
        recorded = {name: state for unit in self._former.values() for name, state in unit.files.items()}
        return recorded == dict(_files(self._target))

    def keep(self, unit: str, values: str, names: Iterable[str], folder: Path) -> bool:
        """Let the new site, in `folder`, have the files of a unit that stand as they would be made; whether they do.

        `values` is a digest of all that the unit follows from; empty where nobody can tell. `names` are those of the
        files that it has where it has to be made: one with a slash at its end is that of all files in a folder.
        """
        if not values:
            return False
        key = digest_of(self._settings, values)
        self._new[unit] = key, tuple(names)
        former = self._former.get(unit)
        if former is None or former.key != key or not self._link(former, folder):
            return False
        self._new[unit] = key, tuple(former.files)
        return True

    def _link(self, former: _Unit, folder: Path) -> bool:
        """Give the files of a unit another name in a folder, all or none of them; whether that was done."""
        into = os.fspath(folder)
        if not all(_state(f"{self._target}/{name}") == state for name, state in former.files.items()):
            return False
        linked: list[str] = []
        try:
            for name in former.files:
                self._make_folder(into, name.rpartition("/")[0])
                os.link(f"{self._target}/{name}", f"{into}/{name}")
                linked.append(name)
        except OSError:
            # No two names for one file in this file system, or not for this user.
            for name in linked:
                os.unlink(f"{into}/{name}")  # noqa: PTH108 - a third of what a `Path` takes, as below
            return False
        return True

    def remember(self, values: str) -> None:
        """Keep the record of the new site, which has taken the former one's place.

        `values` is the digest of all that it was made from; empty where nobody can tell.
        """
        if not self._may_stay:
            return
        files = dict(_files(self._target))
        units: dict[str, _Unit] = {}
        for unit, (own, names) in self._new.items():
            places = tuple(name for name in names if name.endswith("/"))
            found = {*names, *(name for name in files if name.startswith(places))} if places else set(names)
            units[unit] = _Unit(own, {name: files.pop(name) for name in sorted(found) if name in files})
        units[_WHOLE] = _Unit(digest_of(self._settings, values) if values else "", files)
        KeptValues(_KIND).write({self._record: _units().dump_json(units)})

    def _make_folder(self, into: str, folder: str) -> None:
        if folder not in self._folders:
            os.makedirs(f"{into}/{folder}", exist_ok=True)  # noqa: PTH103
            self._folders.add(folder)


_WHOLE: Final = ""
"""The unit of what is made in each build, whose key is that of the whole site."""
_NONE: Final = _Unit("", {})


def _files(site: str) -> Iterator[tuple[str, _State]]:
    """Name and state of each file of a site, but for hidden ones at its top, which are not a build's."""
    folders = [""]
    while folders:
        folder = folders.pop()
        with suppress(FileNotFoundError), os.scandir(f"{site}/{folder}") as listing:
            for each in listing:
                if each.is_dir(follow_symlinks=False):
                    folders.append(f"{folder}{each.name}/")
                elif folder or not each.name.startswith("."):
                    status = each.stat(follow_symlinks=False)
                    yield f"{folder}{each.name}", _State(status.st_size, status.st_mtime_ns, status.st_ino)


def _state(path: str) -> _State | None:
    try:
        status = os.stat(path, follow_symlinks=False)  # noqa: PTH116
    except OSError:
        return None
    return _State(status.st_size, status.st_mtime_ns, status.st_ino)


def _read(record: str) -> Mapping[str, _Unit]:
    value = KeptValues(_KIND).read([record]).get(record)
    if value is not None:
        with suppress(ValueError, RecursionError):
            return _units().validate_json(value)
    return {}


@cache
def _units() -> TypeAdapter[dict[str, _Unit]]:
    return TypeAdapter(dict[str, _Unit])
