"""Running a command as if it were run directly, while keeping the end of what it prints."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import deque
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

KEPT = 1 << 20
"""Bytes of output that are kept: an error stands at the end of what a command prints."""
CHUNK = 1 << 16


class Finished(NamedTuple):
    """A command that has ended: its exit code, as a shell gives it, and the end of its output."""

    code: int
    output: str


class _Tail:
    """The last `KEPT` bytes of what was written to it, from any thread."""

    def __init__(self) -> None:
        self._chunks: deque[bytes] = deque()
        self._size = 0
        self._lock = threading.Lock()

    def write(self, chunk: bytes) -> None:
        with self._lock:
            self._chunks.append(chunk)
            self._size += len(chunk)
            while self._size - len(self._chunks[0]) > KEPT:
                self._size -= len(self._chunks.popleft())

    def text(self) -> str:
        return b"".join(self._chunks)[-KEPT:].decode("utf-8", "replace")


def run(command: Sequence[str]) -> Finished:
    """Run a command with this process's input, output and errors.

    In a terminal the command gets a terminal, too, so that it prints what it would print there. Raises
    FileNotFoundError or PermissionError if it can't be started.
    """
    tail = _Tail()
    if os.name == "posix" and sys.stdout.isatty() and sys.stderr.isatty() and sys.stdin.isatty():
        return Finished(_run_in_terminal(command, tail), tail.text())
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603 - the user's own
    streams = ((process.stdout, sys.stdout.buffer), (process.stderr, sys.stderr.buffer))
    threads = [threading.Thread(target=_copy, args=(source, target, tail)) for source, target in streams]
    for thread in threads:
        thread.start()
    try:
        code = process.wait()
    except KeyboardInterrupt:
        code = process.wait()
    for thread in threads:
        thread.join()
    return Finished(_as_shell(code), tail.text())


def _run_in_terminal(command: Sequence[str], tail: _Tail) -> int:
    import pty  # noqa: PLC0415 - only where there are terminals
    import shutil  # noqa: PLC0415

    if shutil.which(command[0]) is None:
        raise FileNotFoundError(2, "No such file or directory", command[0])

    def read(descriptor: int) -> bytes:
        chunk = os.read(descriptor, CHUNK)
        tail.write(chunk)
        return chunk

    return _as_shell(os.waitstatus_to_exitcode(pty.spawn(list(command), read)))


def _copy(source: IO[bytes] | None, target: IO[bytes], tail: _Tail) -> None:
    """Pass output on as it comes, until its end."""
    if source is None:
        return
    while chunk := os.read(source.fileno(), CHUNK):
        tail.write(chunk)
        target.write(chunk)
        target.flush()


def _as_shell(code: int) -> int:
    """The exit code that a shell shows: 128 and the signal's number for a command that a signal ended."""
    return 128 - code if code < 0 else code
