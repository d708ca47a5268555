"""A program of its own that runs another one under sandlock, and ends with whoever started it, with all of it.

`python -m kb.process.confined SETTINGS COMMAND…`; the settings are JSON for `sandlock.Sandbox`. It adopts what leaves
the program's session, so that none of it is lost from sight. Sandlock waits where no signal is heard, so it does that
in a process of its own, and this one hears when its caller ends in whatever way: KB_PARENT is the caller's id.
"""

import ctypes
import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

_DEATH_SIGNAL: Final = 1
"""PR_SET_PDEATHSIG of prctl(2)."""
_SUBREAPER: Final = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2)."""
FAILED: Final = 120
"""The exit code where sandlock itself can't do it; the reason is printed."""


def main() -> int:
    """Run it; the exit code is the program's."""
    prctl = ctypes.CDLL(None).prctl
    prctl(_SUBREAPER, 1, 0, 0, 0)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(FAILED))
    prctl(_DEATH_SIGNAL, signal.SIGTERM, 0, 0, 0)
    if os.environ.get("KB_PARENT") != str(os.getppid()):
        return FAILED  # it has ended meanwhile
    try:
        child = os.fork()
        if child == 0:
            os._exit(_confined())
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        _end_children()


def _confined() -> int:
    """Run it with sandlock, in the child."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        from sandlock import Sandbox  # noqa: PLC0415 - an extra, `known-fixes[prove]`

        code: int = Sandbox(**json.loads(sys.argv[1])).run_interactive(sys.argv[2:])
    except Exception as error:
        print(f"sandlock: {error}", file=sys.stderr, flush=True)  # noqa: T201
        return FAILED
    return code


def _end_children() -> None:
    """End what is left, and what it leaves, until there is nothing more."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    while left := children.read_text("ascii").split():
        for pid in map(int, left):
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


if __name__ == "__main__":
    sys.exit(main())
