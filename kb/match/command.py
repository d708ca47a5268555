"""Running a command as if it were run directly, while keeping the end of what it prints."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import FrameType

KEPT = 1 << 20
"""Bytes of output that are kept: an error stands at the end of what a command prints."""
CHUNK = 1 << 16
QUIET = 0.5
"""Seconds without output after which a command that has ended is left: what it started may still hold its output."""


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
        self.count = 0
        """How many times something was written."""

    def write(self, chunk: bytes) -> None:
        with self._lock:
            self.count += 1
            self._chunks.append(chunk)
            self._size += len(chunk)
            while self._size - len(self._chunks[0]) > KEPT:
                self._size -= len(self._chunks.popleft())

    def text(self) -> str:
        with self._lock:
            return b"".join(self._chunks)[-KEPT:].decode("utf-8", "replace")


def run(command: Sequence[str], before: Callable[[], None] | None = None) -> Finished:
    """Run a command with this process's input, output and errors.

    In a terminal the command gets a terminal, too, so that it prints what it would print there; it hears a hangup when
    this process ends, in whatever way. Elsewhere signals that would end this process go on to the command, but for
    SIGKILL, of which nobody is told: `before` is called in the command's process (`preexec_fn`), and can have it ended.
    Raises FileNotFoundError, PermissionError or another OSError if it can't be started.
    """
    tail = _Tail()
    if os.name == "posix" and sys.stdout.isatty() and sys.stderr.isatty() and sys.stdin.isatty():
        return Finished(_run_in_terminal(command, tail), tail.text())
    if not command[0]:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), command[0])
    sys.stdout.flush()
    sys.stderr.flush()
    started: list[subprocess.Popen[bytes]] = []
    with _handling(_passed_on(started)):
        try:
            process = subprocess.Popen(  # noqa: S603 - the user's own
                command,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                preexec_fn=before,  # noqa: PLW1509 - threads are started after it
            )
        except OSError:
            # What is wrong with a folder of PATH, such as one that is closed to this user, says nothing of the command.
            _check_startable(command[0])
            raise
        started.append(process)
        streams = ((process.stdout, sys.stdout.fileno()), (process.stderr, sys.stderr.fileno()))
        # What the command started may hold its output open for ever, so that no thread is waited for.
        threads = [threading.Thread(target=_copy, args=(*each, tail), daemon=True) for each in streams]
        for thread in threads:
            thread.start()
        code = process.wait()
        for thread in threads:
            seen = -1
            while thread.is_alive() and seen != tail.count:
                seen = tail.count
                thread.join(QUIET)
    return Finished(_as_shell(code), tail.text())


_Handler = Callable[[int, "FrameType | None"], None]


def _passed_on(started: Sequence[subprocess.Popen[bytes]]) -> dict[int, _Handler]:
    """What to do at signals: those that were meant for the command too go on to it, once it has started.

    An interrupt from a terminal reaches the command by itself, which may go on, as editors do.
    """

    def pass_on(number: int, _: FrameType | None) -> None:
        if not started:
            sys.exit(128 + number)
        started[0].send_signal(number)

    ending = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    return {signal.SIGINT: lambda *_: None, **dict.fromkeys(ending, pass_on)}


@contextmanager
def _handling(handlers: Mapping[int, _Handler]) -> Iterator[None]:
    """Handle signals in a way of one's own; only a program's main thread can, and elsewhere nothing changes."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _run_in_terminal(command: Sequence[str], tail: _Tail) -> int:
    import pty  # noqa: PLC0415 - only where there are terminals

    _check_startable(command[0])

    def read(descriptor: int) -> bytes:
        chunk = os.read(descriptor, CHUNK)
        tail.write(chunk)
        return chunk

    def end(number: int, _: FrameType | None) -> None:
        """Leave the terminal as it was; the command, whose terminal goes, is told by a hangup."""
        sys.exit(128 + number)

    with _handling({signal.SIGTERM: end, signal.SIGHUP: end}):
        return _as_shell(os.waitstatus_to_exitcode(pty.spawn(list(command), read)))


def _check_startable(program: str) -> None:
    """Raise what a shell says of a program that can't be started: that it isn't there, or is none."""
    if shutil.which(program):
        return
    folders = [""] if os.sep in program else os.get_exec_path()
    is_there = any(os.path.exists(os.path.join(folder, program)) for folder in folders)  # noqa: PTH110, PTH118 - never raises
    code = errno.EACCES if is_there else errno.ENOENT
    raise OSError(code, os.strerror(code), program)


def _copy(source: IO[bytes] | None, target: int, tail: _Tail) -> None:
    """Pass output on as it comes, until its end, or until nobody takes it: then the command is told so, too."""
    if source is None:
        return
    with source:
        while chunk := os.read(source.fileno(), CHUNK):
            tail.write(chunk)
            try:
                while chunk:
                    chunk = chunk[os.write(target, chunk) :]
            except BrokenPipeError:
                return


def _as_shell(code: int) -> int:
    """The exit code that a shell shows: 128 and the signal's number for a command that a signal ended."""
    return 128 - code if code < 0 else code
