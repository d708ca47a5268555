"""The state of a folder and of this program, as digests: from two equal ones the same result is made.

A file counts by its name and every byte, whatever its times say and wherever the folder lies: the digests are the same
on another machine. The program counts by its own files, and by the versions of Python and of all libraries that are
installed for it.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import kb

MAX_BYTES: Final = 1_000_000
"""Largest file that is read, as in `kb.entry`; a folder with a larger one has no state."""

_SIZE: Final = 20
"""Bytes of a digest."""


class FolderState(NamedTuple):
    """The digests of a folder."""

    base: str
    """Of the program, and the files that all others are read with."""
    files: dict[str, str]
    """Name relative to the folder -> digest of its bytes."""

    @property
    def whole(self) -> str:
        """One digest of all."""
        digest = blake2b(self.base.encode(), digest_size=_SIZE)
        for name, own in self.files.items():
            digest.update(f"{name}\0{own}\0".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()


def state_of(
    folder: Path,
    shared: Iterable[str],
    *more: object,
    known: Mapping[str, str] = MappingProxyType({}),
    rooms: Sequence[str] = (),
) -> FolderState | None:
    """The state of a folder as it is now; None where it holds something that is not simply a file.

    `shared` are the names of files on which what is made of any other depends; `more` is what else a result depends
    on, such as the day. Of files in `known` only the names are looked at: they have the digests that stand there.
    `rooms` are the packages of this program that a result is made by, where it takes few of them.
    """
    base = blake2b(program_digest(*rooms).encode(), digest_size=_SIZE)
    base.update(f"{' '.join(map(str, more))}\0".encode("utf-8", "surrogateescape"))
    root = os.path.join(folder, "")  # noqa: PTH118 - its length is what names are cut by
    files: dict[str, str] = {}
    try:
        for path, status in _files(os.fspath(folder)):
            if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
                return None
            name = path[len(root) :]
            if name in known:
                files[name] = known[name]
                continue
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - twice as fast, ten thousand times
                files[name] = blake2b(file.read(), digest_size=_SIZE).hexdigest()
    except OSError:
        return None
    _count_companions(files)
    files |= {name: digest for name, digest in known.items() if name in files}
    for name in shared:
        base.update(files.get(name, "none").encode())
    return FolderState(base.hexdigest(), files)


def _count_companions(files: dict[str, str]) -> None:
    """Let a file's digest count what it is read with.

    That is all that lies in a folder called like it, what `a/b/c.webp` is to `a/b.md`, and of a translation its entry.
    """
    companions: dict[str, list[str]] = {}
    for name, digest in files.items():
        companions.setdefault(name.rpartition("/")[0], []).append(f"{name} {digest}")
    for name, digest in files.items():
        if own := companions.get(name.rpartition(".")[0]):
            files[name] = digest_of(digest, *own)
    stems = {name.rpartition(".")[0]: digest for name, digest in files.items()}
    for name, digest in files.items():
        entry = name.rpartition(".")[0].rpartition(".")[0]
        if entry in stems and entry:
            files[name] = digest_of(digest, stems[entry])


def digest_of(*texts: str) -> str:
    """One digest of several texts, none of which holds a null character."""
    return blake2b("\0".join(texts).encode("utf-8", "surrogateescape"), digest_size=_SIZE).hexdigest()


@cache
def program_digest(*rooms: str) -> str:
    """The digest of this program, or of these packages of it, as it was when this process first asked."""
    digest = blake2b(f"{sys.version}\0".encode(), digest_size=_SIZE)
    package = os.fspath(Path(kb.__file__).parent)
    bundled = os.path.join(package, "bundled", "")  # noqa: PTH118 - entries, and no program
    folders = [os.path.join(package, room) for room in rooms] or [package]  # noqa: PTH118 - as that above
    for path, _ in chain.from_iterable(map(_files, folders)):
        if not path.endswith(".pyc") and not path.startswith(bundled):
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123
                content = file.read()
            digest.update(f"{path[len(package) :]}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
            digest.update(content)
    for library in _libraries():
        digest.update(f"{library}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _libraries() -> list[str]:
    """Name and version of all libraries: `importlib.metadata` takes longer to load than to list the folders."""
    found: list[str] = []
    for place in dict.fromkeys(sys.path):
        with suppress(OSError):
            names = os.listdir(place or ".")  # noqa: PTH208 - no more than names
            found += (name for name in names if name.endswith((".dist-info", ".egg-info")))
    return sorted(found)


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
