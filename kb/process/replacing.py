"""A folder that is replaced whole: made apart, locked against others who make it, and put in its place in one step."""

import ctypes
import errno
import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final

from kb.process.locks import FileLock

_EXCHANGE: Final = 2
"""RENAME_EXCHANGE of renameat2(2)."""
_MOMENT: Final = 2.0
"""Seconds in which a folder has to be gone that is removed while others may still write into it."""
_HERE: Final = -100
"""AT_FDCWD: paths are as they are for this process."""


class ReplacingError(Exception):
    """A folder can't be made or replaced; the text says why and what to do."""


class Replacement:
    """What will take the place of the folder `target`, or of the one that it links to.

    It is made beside it, so that one renaming puts it there; where nothing can be written beside it, in the system's
    folder for temporary files.
    """

    def __init__(self, target: Path) -> None:
        self._target = Path(os.path.realpath(target))
        beside = self._target.parent
        with _told(self._target):
            beside.mkdir(parents=True, exist_ok=True)
        if os.access(beside, os.W_OK):
            self._stem = str(beside / f".{self._target.name}")
        else:
            digest = sha256(os.fsencode(self._target)).hexdigest()[:12]
            self._stem = str(Path(tempfile.gettempdir()) / f"kb-{digest}")
        self._lock = FileLock(Path(f"{self._stem}-lock"))
        self.folder = Path(f"{self._stem}-new-{secrets.token_hex(4)}")
        """The new folder, which is there from `begin` to `finish` or `abandon`."""
        self.former = Path(f"{self._stem}-former")
        """The folder that was replaced last, where `finish` was to keep it: what begins as it has little to change."""

    def is_free(self) -> bool:
        """Whether nobody else is replacing the folder; from here on this process is. Raises ReplacingError."""
        with _told(self._target):
            return self._lock.try_acquire()

    def wait(self) -> None:
        """Wait until nobody else is. Raises ReplacingError."""
        with _told(self._target):
            self._lock.acquire()

    def begin(self) -> None:
        """Make the new folder, and remove what was left by others that were killed. Raises ReplacingError."""
        try:
            self._begin()
        except ReplacingError:
            self.abandon()
            raise

    def _begin(self) -> None:
        with _told(self._target):
            if self._target.exists() and not self._target.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, "a file has that name")
            places = (self._target, self._target.parent)
            if not any(os.access(place, os.W_OK) for place in places if place.exists()):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            for old in self._left("old"):
                # Killed between two renamings: the last good one.
                old.rename(self._target) if not self._target.exists() else _remove(old)
            for new in self._left("new"):
                _remove(new)
            self.folder.mkdir()
            if self._target.exists():
                shutil.copymode(self._target, self.folder)

    def finish(self, *, keep: bool = False) -> str:
        """Put the new folder in its place. Returns what a person should know of it, if anything.

        Hidden files of the former one stay. With `keep` that itself stays, as `former`; else none does. Raises
        ReplacingError; then the new folder stays where it is.
        """
        try:
            self._keep_hidden()
            try:
                former = self._exchange()
            except OSError as error:
                # A mount point, or the lower layer of a container's file system.
                self._fill()
                return f"{self._target} can't be renamed ({error.strerror}), so its files were exchanged one by one."
            _remove(self.former)
            if former and not (keep and self._kept(former)) and not _remove(former):
                return f"{former} is what {self._target} was before, and can't be removed by this user. Remove it."
        except OSError as error:
            raise ReplacingError(
                f"{self._target} can't be replaced: {error.strerror}. The new one is whole, in {self.folder}. "
                "Move the former one away (close what has files of it open; if it belongs to another user, as that "
                "user), or name another folder with --site-dir, and build again."
            ) from None
        else:
            return ""
        finally:
            self._lock.release()

    def abandon(self) -> None:
        """Remove the new folder; the former one stays as it is."""
        # Processes that still write into it end with this one's children, but a moment after them.
        until = time.monotonic() + _MOMENT
        while not _remove(self.folder) and time.monotonic() < until:
            time.sleep(0.01)
        self._lock.release()

    def _kept(self, former: Path) -> bool:
        try:
            former.rename(self.former)
        except OSError:
            return False
        return True

    def forget(self) -> None:
        """Remove the former folder, which a `finish` kept."""
        _remove(self.former)

    def _left(self, kind: str) -> list[Path]:
        stem = Path(self._stem)
        return [path for path in stem.parent.iterdir() if path.name.startswith(f"{stem.name}-{kind}-")]

    def _keep_hidden(self) -> None:
        """Copy what MkDocs, which publishes no hidden file, leaves alone when it empties a folder."""
        for path in self._target.iterdir() if self._target.exists() else ():
            if path.name.startswith(".") and not (self.folder / path.name).exists():
                if path.is_dir() and not path.is_symlink():
                    shutil.copytree(path, self.folder / path.name, symlinks=True)
                else:
                    shutil.copy2(path, self.folder / path.name, follow_symlinks=False)

    def _exchange(self) -> Path | None:
        """Rename the new folder; returns the path of the former one. Raises OSError where it can't be renamed."""
        if not self._target.exists():
            self.folder.rename(self._target)
            return None
        if _swapped(self.folder, self._target):
            return self.folder
        former = Path(f"{self._stem}-old-{secrets.token_hex(4)}")
        self._target.rename(former)
        try:
            self.folder.rename(self._target)
        except OSError:
            former.rename(self._target)
            raise
        return former

    def _fill(self) -> None:
        for path in self._target.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        for path in self.folder.iterdir():
            shutil.move(path, self._target / path.name)
        self.folder.rmdir()


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Let an OSError say what to do."""
    try:
        yield
    except OSError as error:
        raise ReplacingError(
            f"{target} can't be written: {error.strerror}. Move away what is in the way, let this user write there, or "
            "name another folder with --site-dir."
        ) from None


def _swapped(one: Path, other: Path) -> bool:
    """Let two folders exchange their names in one step; False where the system or the file system can't."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    return rename is not None and rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0


def _remove(folder: Path) -> bool:
    """Remove a folder as far as that can be done; whether nothing of it is left."""
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()
