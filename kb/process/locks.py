"""A lock that one process holds, with those it forked: the system frees it when the last of them has ended."""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSE: Final = 0.1
"""Seconds between two looks whether a lock is free."""


class FileLock:
    """A lock whose file lies at `path` while it is held, and is left there by a process that was killed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._number: int | None = None

    def try_acquire(self) -> bool:
        """Take the lock if it is free. Raises OSError where its file can't be made."""
        while True:
            number = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
            if not _locked(number):
                os.close(number)
                return False
            if self._is_file(number):
                self._number = number
                return True
            os.close(number)  # who held it has removed the file just now

    def acquire(self) -> None:
        """Wait until the lock is free, and take it. Raises OSError where its file can't be made."""
        while not self.try_acquire():
            time.sleep(_PAUSE)

    def release(self) -> None:
        """Let others have it, if it is held."""
        if self._number is not None:
            with suppress(OSError):  # Windows removes no file that is open
                self._path.unlink()
            os.close(self._number)
            self._number = None

    def _is_file(self, number: int) -> bool:
        try:
            return os.path.samestat(os.fstat(number), self._path.stat())
        except FileNotFoundError:
            return False


def _locked(number: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
