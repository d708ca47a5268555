"""What a program takes: time by the clock, time of the processors, memory. It needs `wait4`: Linux or macOS."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MIB: Final = 2**20
_RSS_UNIT: Final = 1 if sys.platform == "darwin" else 1024
"""Bytes in a unit of `ru_maxrss`: see getrusage(2)."""


class ProgramError(Exception):
    """A program failed; the text is what it printed last."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one run of a program took."""

    wall: float
    """Seconds from start to end."""
    cpu: float
    """Seconds of processor time, user and system, of the process and its children."""
    peak: float
    """MiB that the largest of its processes had in memory."""


def measured(
    command: Sequence[str | Path],
    folder: Path,
    title: str,
    *,
    expected: Iterable[int] = (0,),
    **environ: str,
) -> Measurement:
    """Run a program in a folder, with `environ` on top of the environment. Raises ProgramError.

    What it prints goes to `<title>.log` in the folder. Nobody waits for what another program before it has written.
    """
    log = folder / f"{title}.log"
    environment: Mapping[str, str] = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **environ}
    compiling = {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}
    os.sync()
    with log.open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=compiling, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in expected:
        tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise ProgramError(f"{title} failed with {process.returncode}:\n{tail}")
    return Measurement(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _RSS_UNIT / MIB)


def median(measurements: Iterable[Measurement]) -> Measurement:
    """The median of each of the figures."""
    rows = [(each.wall, each.cpu, each.peak) for each in measurements]
    return Measurement(*(statistics.median(column) for column in zip(*rows, strict=True)))


def put_aside(output: Path) -> None:
    """Make room for a new output without deleting the one that is there.

    ext4 makes new files at a tenth of the speed while it looks past inodes that were freed in the last seconds: whoever
    comes after a builder of many files would pay for it.
    """
    if output.exists():
        output.rename(output.with_name(f"{output.name}-{time.monotonic_ns()}"))
