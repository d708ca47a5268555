"""The state of an entries folder and of this program, as digests: two equal ones give the same check the same result.

A file counts by its name and every byte, whatever its times say; the program by its own files, the versions of Python
and of the libraries that read entries, and the day.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, NamedTuple

import kb
from kb.entry import DATA_FILES

MAX_BYTES: Final = 1_000_000
"""Largest file that is read, as in `kb.entry`; a folder with a larger one is checked anew each time."""

_SIZE: Final = 20
"""Bytes of a digest."""

_LIBRARIES: Final = (
    *("comrak", "pydantic", "pydantic-core", "pyyaml", "google-re2", "detect-secrets", "confusable-homoglyphs"),
)
_SHAPE: Final = 2
"""Changes with what is kept."""


class FolderState(NamedTuple):
    """The digests of a folder."""

    base: str
    """Of the program, the day, the folder's place and its data files."""
    files: dict[str, str]
    """Name relative to the folder -> digest of its bytes."""

    @property
    def whole(self) -> str:
        """One digest of all."""
        digest = blake2b(self.base.encode(), digest_size=_SIZE)
        for name, own in self.files.items():
            digest.update(f"{name}\0{own}\0".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()


def state_of(folder: Path, today: date) -> FolderState | None:
    """The state of a folder as it is now; None where it holds something that is not simply a file."""
    base = blake2b(digest_size=_SIZE)
    base.update(f"{_SHAPE} {sys.version} {today} {folder} {_versions()}".encode("utf-8", "surrogateescape"))
    package = Path(kb.__file__).parent
    for path, status in _files(os.fspath(package)):
        if not path.endswith(".pyc"):
            base.update(f"{path}\0{status.st_size} {status.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
    root = os.path.join(folder, "")  # noqa: PTH118 - its length is what names are cut by
    files: dict[str, str] = {}
    try:
        for path, status in _files(os.fspath(folder)):
            if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
                return None
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - twice as fast, ten thousand times
                files[path[len(root) :]] = blake2b(file.read(), digest_size=_SIZE).hexdigest()
    except OSError:
        return None
    for name in DATA_FILES:
        base.update(files.get(name, "none").encode())
    return FolderState(base.hexdigest(), files)


def _versions() -> str:
    found = []
    for library in _LIBRARIES:
        with suppress(PackageNotFoundError):
            found.append(f"{library} {version(library)}")
    return " ".join(found)


def _files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Everything in a folder that is not a folder itself, in the order of names; links are not followed."""
    with os.scandir(folder) as listing:
        found = sorted(listing, key=lambda each: each.name)
    for each in found:
        if each.is_dir(follow_symlinks=False):
            if each.name != "__pycache__":
                yield from _files(each.path)
        else:
            yield each.path, each.stat(follow_symlinks=False)
