"""The command `kb`, called in the process of the tests: what a process of its own would print, without its start.

For tests of what a verb does. Those of the process itself (tests/test_cli.py, terminals, scripts) start one.
"""

import contextlib
import subprocess
from pathlib import Path

from click.testing import CliRunner

from kb.cli import main


def kb(
    *arguments: str, folder: Path | str = ".", stdin: str = "", **environ: str | None
) -> subprocess.CompletedProcess[str]:
    """Run `kb` in a folder, with `environ` on top of the environment; None takes a name out of it.

    An exception that would end a process with a traceback comes out of here, and fails the test.
    """
    with contextlib.chdir(folder):
        found = CliRunner().invoke(main, arguments, input=stdin, env=environ, catch_exceptions=False)
    return subprocess.CompletedProcess(arguments, found.exit_code, found.stdout, found.stderr)
