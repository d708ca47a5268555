"""Files written whole or not at all."""

import os
import secrets
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

STALE: Final = 3600
"""Seconds after which a temporary file is nobody's any more: its writer was killed."""
_OWN: Final = f".{'[0-9a-f]' * 16}.tmp"


def write_whole(path: Path, text: str, *, new: bool = False) -> None:
    """Write a UTF-8 file with LF line ends through a file beside it, so that no reader ever sees half of it.

    An existing file keeps its mode, and a symbolic link stays one. With `new`, raises FileExistsError where the file
    exists. Raises OSError where it can't be written, and UnicodeEncodeError for half of a surrogate pair; then the
    folder is as it was.
    """
    content = text.replace("\r\n", "\n").replace("\r", "\n").encode()
    target = Path(os.path.realpath(path))
    _sweep(target.parent)
    # Hidden, so that whoever lists the folder meanwhile takes it for no entry.
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    # Created with the rights of any new file: those of `tempfile` are for its owner only.
    number = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(number, "wb") as file:
            if not new and target.exists():
                os.chmod(temporary, target.stat().st_mode & 0o7777)  # noqa: PTH101 - as `os.open` above
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if new:
            os.link(temporary, target)  # fails where the name is taken, unlike a renaming
        else:
            temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


@cache
def _sweep(folder: Path) -> None:
    """Remove, once, what killed writers left in a folder."""
    remove_stale(folder, _OWN)


def remove_stale(folder: Path, pattern: str) -> None:
    """Remove the files of a folder that match a pattern and that nobody has written for an hour."""
    with suppress(OSError):
        for path in folder.glob(pattern):
            if time.time() - path.lstat().st_mtime > STALE:
                path.unlink(missing_ok=True)
