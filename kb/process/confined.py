"""A program of its own that runs another one under sandlock, and ends with whoever started it, with all of it.

`python -m kb.process.confined SETTINGS COMMAND…`; the settings are JSON for `sandlock.Sandbox`. It adopts what leaves
the program's session, so that none of it is lost from sight.
"""

import ctypes
import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from kb.process.forks import end_with_caller

_SUBREAPER: Final = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2)."""
FAILED: Final = 120
"""The exit code where sandlock itself can't do it; the reason is printed."""


def main() -> int:
    """Run it; the exit code is the program's."""
    end_with_caller()
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    try:
        from sandlock import Sandbox  # noqa: PLC0415 - an extra, `known-fixes[prove]`

        code: int = Sandbox(**json.loads(sys.argv[1])).run_interactive(sys.argv[2:])
    except Exception as error:
        print(f"sandlock: {error}", file=sys.stderr)  # noqa: T201
        return FAILED
    finally:
        _end_children()
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
