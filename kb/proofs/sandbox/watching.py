"""Running a program and watching it: time, memory, processes and output have a bound, and nothing of it is left."""

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kb.proofs.sandbox.trial import Bounds, End

_LOOK: Final = 0.02
"""Seconds between two looks at what processes there are: a tree of forks has grown by some hundreds then."""
_MEASURE: Final = 0.25
"""Seconds between two looks at how large a folder is; a single file has a bound of its own."""
_PAGE: Final = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_PIECE: Final = 1 << 16
_LAST_WORDS: Final = 2.0
"""Seconds in which a program's output has to end after the program has, and a tree of processes after it was killed."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What a program printed on both outputs, what ended it, and its exit code."""

    output: bytes
    end: End
    code: int


def watched(
    command: Sequence[str],
    stdin: bytes,
    environment: Mapping[str, str],
    bounds: Bounds,
    folder: Path | None = None,
    *,
    cwd: Path | None = None,
) -> Watched:
    """Run a program to its end, or until it uses more than it may; then it is killed with all that it started.

    `folder` is where it writes, if that has no bound of its own; `cwd` where it starts, if not here. Raises OSError
    where it can't be started.
    """
    process = subprocess.Popen(  # noqa: S603 - a sandbox, and in it what the recipe says
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=dict(environment),
        cwd=cwd,
        start_new_session=True,
    )
    try:
        output, end = _read(process, stdin, bounds, folder)
    finally:
        _kill(process)
    return Watched(output, end, process.wait())


def _read(process: subprocess.Popen[bytes], stdin: bytes, bounds: Bounds, folder: Path | None) -> tuple[bytes, End]:
    assert process.stdin is not None  # noqa: S101 - it was asked for pipes
    assert process.stdout is not None  # noqa: S101
    with suppress(BrokenPipeError):
        process.stdin.write(stdin)
        process.stdin.close()
    until = time.monotonic() + bounds.seconds
    output = bytearray()
    measured = time.monotonic()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            if selector.select(_LOOK):
                piece = os.read(process.stdout.fileno(), _PIECE)
                if not piece:
                    return bytes(output), End.ITSELF
                output += piece
                if len(output) > bounds.output:
                    return bytes(output[: bounds.output]), End.OUTPUT
            if process.poll() is not None:
                # Its output may still be open in what it left behind, which ends with it.
                until = min(until, time.monotonic() + _LAST_WORDS)
            if time.monotonic() > until:
                return bytes(output), End.ITSELF if process.poll() is not None else End.TIME
            end = _excess(process.pid, bounds)
            if end:
                return bytes(output), end
            if folder and time.monotonic() - measured > _MEASURE:
                if _size_of(folder) > bounds.disk:
                    return bytes(output), End.DISK
                measured = time.monotonic()


def _excess(pid: int, bounds: Bounds) -> End | None:
    """What processes use more of than they may."""
    memory = 0
    for count, each in enumerate(descendants(pid), 1):
        memory += _own_memory(each)
        if count > bounds.processes:
            return End.PROCESSES
    return End.MEMORY if memory > bounds.memory else None


def descendants(pid: int) -> Iterator[int]:
    """The processes that a process started, and those that they did."""
    waiting = [pid]
    while waiting:
        parent = waiting.pop()
        children: list[str] = []
        with suppress(OSError):
            for task in Path(f"/proc/{parent}/task").iterdir():
                children += (task / "children").read_text("ascii").split()
        for child in map(int, children):
            yield child
            waiting.append(child)


def _own_memory(pid: int) -> int:
    """Bytes that a process shares with no other: proc(5), statm."""
    try:
        _, resident, shared, *_ = Path(f"/proc/{pid}/statm").read_text("ascii").split()
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * _PAGE


def _size_of(folder: Path) -> int:
    """Bytes of the files in a folder."""
    size = 0
    for path, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                size += os.lstat(f"{path}/{name}").st_blocks * 512
    return size


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a program with all that it started, and those that left its session."""
    family = list(descendants(process.pid))
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    for each in family:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()
    # The kernel takes its time with a tree; what comes next may count on its end.
    until = time.monotonic() + _LAST_WORDS
    while time.monotonic() < until and any(map(_is_there, family)):
        time.sleep(_LOOK / 4)


def _is_there(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return False
