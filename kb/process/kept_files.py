"""Files that were made once, kept for the next time: one archive in the cache folder for each state they follow from.

An archive that is cut off, or has a byte changed, is made anew: each of its files has a checksum, and the list of files
has one in the archive's comment. Those that have not been used for longest are dropped.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from kb.process.caches import cache_folder, keep_newest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

KEPT: Final = 8
"""Archives of a kind that are kept: a few knowledge bases, each in a few states."""

STALE: Final = 3600
"""Seconds after which a file that is still being written is nobody's any more."""


def kept_files(kind: str, key: str, make: Callable[[], Mapping[str, bytes]]) -> Callable[[str], bytes]:
    """What reads the files of a kind that follow from the state `key`; `make` makes them where they are not kept.

    The function that is returned takes a file's name and raises KeyError where there is none such.
    """
    path = cache_folder() / kind / f"{key}.zip"
    archive = _opened(path)
    if archive is not None:
        return archive.read
    files = make()
    with suppress(OSError):
        _write(path, files)
        keep_newest(path.parent, "*.zip", KEPT)
        _sweep(path.parent)
    return files.__getitem__


def _opened(path: Path) -> ZipFile | None:
    """An archive that is whole; None for any other file, and for none."""
    try:
        archive = ZipFile(path)
    except (OSError, BadZipFile, ValueError, NotImplementedError):
        return None
    if not _is_whole(archive):
        archive.close()
        return None
    with suppress(OSError):
        os.utime(path)
    return archive


def _is_whole(archive: ZipFile) -> bool:
    # Ours are all stored: of what is said to be packed, unpacking may raise anything.
    if archive.comment != _seal(archive) or any(each.compress_type != ZIP_STORED for each in archive.infolist()):
        return False
    try:
        return archive.testzip() is None
    except (OSError, BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError):
        return False


def _write(path: Path, files: Mapping[str, bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{os.urandom(8).hex()}.tmp")
    try:
        with ZipFile(temporary, "x") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
            archive.comment = _seal(archive)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _seal(archive: ZipFile) -> bytes:
    """The digest of the names, sizes and checksums of all files."""
    listed = "\n".join(f"{each.filename}\0{each.file_size} {each.CRC}" for each in archive.infolist())
    return blake2b(listed.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest().encode()


def _sweep(folder: Path) -> None:
    """Drop what writers that were killed left."""
    for path in folder.glob(".*.tmp"):
        if path.stat().st_mtime < time.time() - STALE:
            path.unlink(missing_ok=True)
