"""How long does the writer of an entry wait for its page? From saving a file to its new words in Chromium.

Part of `bench.py --against REV` (`bench_against.py`), as `preview`: both sides serve a preview of the same entries, one
after the other, with an entry's page open. Its file is changed, and the time is that until the page, which reloads by
itself, shows the change.
"""

import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from measuring import MIB, Measurement, ProgramError

if TYPE_CHECKING:
    from playwright.sync_api import Page

START_SECONDS: Final = 300.0
SHOWN_SECONDS: Final = 600.0
_SERVING: Final = re.compile(r"Serving on (http://\S+)")
_CAUSE: Final = re.compile(r"\n## Cause\n+")
_TICKS: Final = os.sysconf("SC_CLK_TCK")


class Preview(NamedTuple):
    """A preview that somebody looks at."""

    address: str
    process: int
    """The number of the process that serves it."""


def previewed(preview: Preview, entries: Path, saves: int) -> Iterator[Measurement]:
    """What each of some saves of one entry took until Chromium showed it. Raises ProgramError."""
    try:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - other scenarios do without
    except ImportError:
        raise ProgramError("a preview needs Playwright: run `python3 scripts/environment.py test` once") from None
    path = _an_entry(entries)
    page_of_it = f"{preview.address.rstrip('/')}/{path.relative_to(entries).with_suffix('').as_posix()}/"
    try:
        with sync_playwright() as playwright:
            program = os.environ.get("KB_CHROMIUM") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            page = browser.new_page()
            page.goto(page_of_it, timeout=SHOWN_SECONDS * 1000)
            for _ in range(saves):
                yield _saved(page, path, f"reworded{secrets.token_hex(4)}", preview.process)
            browser.close()
    except Error as error:
        raise ProgramError(f"Chromium: {error.message}") from None


def _saved(page: "Page", path: Path, word: str, process: int) -> Measurement:
    before = _processor_seconds(process)
    text = _CAUSE.sub(rf"\g<0>{word} ", path.read_text("utf-8"), count=1)
    start = time.perf_counter()
    path.write_text(text, "utf-8")
    # A reload ends whatever waits inside of the page, so it is asked from outside.
    while word not in page.locator("body").inner_text(timeout=SHOWN_SECONDS * 1000):
        if time.perf_counter() - start > SHOWN_SECONDS:
            raise ProgramError(f"the preview has not shown a saved word after {SHOWN_SECONDS:.0f} s")
        time.sleep(0.02)
    wall = time.perf_counter() - start
    return Measurement(wall, _processor_seconds(process) - before, _peak(process))


def _an_entry(entries: Path) -> Path:
    for path in sorted(entries.glob("*/*.md")):
        if _CAUSE.search(path.read_text("utf-8")):
            return path
    raise ProgramError("no entry has a cause")


@contextmanager
def serving(command: Sequence[str | Path], folder: Path, **environ: str) -> Iterator[Preview]:
    """Run a preview until the end of the block. Raises ProgramError where none comes up."""
    log = folder / "preview.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **environ}, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        found = _awaited(lambda: _SERVING.search(log.read_text("utf-8", errors="replace")), process)
        if found is None:
            raise ProgramError(f"no preview came up:\n{log.read_text('utf-8', errors='replace')[-2000:]}")
        yield Preview(found[1], process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _awaited(look: Callable[[], re.Match[str] | None], process: "subprocess.Popen[bytes]") -> re.Match[str] | None:
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.1)
    return None


def _processor_seconds(process: int) -> float:
    """What a process and those of its children that have ended took of the processors: proc_pid_stat(5)."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(") ")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


def _peak(process: int) -> float:
    """The most memory that a process had, in MiB: proc_pid_status(5)."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) * 1024 / MIB if found else 0.0
