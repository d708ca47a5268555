"""Another version of the generator, installed for one run."""

import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path


class InstallError(Exception):
    """Pip can't install it; the text has pip's own words."""


def run_generator(requirement: str, arguments: Sequence[str]) -> int:
    """Run `kb` as a requirement installs it, in an environment that is gone afterwards. Returns the exit code.

    Raises InstallError, OSError.
    """
    with tempfile.TemporaryDirectory(prefix="kb-upgrade-") as folder:
        has_pip = find_spec("pip") is not None  # another environment's pip takes a second, one of its own ten
        venv.create(folder, with_pip=not has_pip, symlinks=os.name != "nt")
        programs = Path(folder) / ("Scripts" if os.name == "nt" else "bin")
        python = str(programs / "python")
        pip = (sys.executable, "-m", "pip", "--python", python) if has_pip else (python, "-m", "pip")
        command = (*pip, "install", "--disable-pip-version-check", "--quiet", requirement)
        finished = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - no shell
        if finished.returncode:
            raise InstallError("\n".join((finished.stdout + finished.stderr).splitlines()[-10:]))
        return subprocess.run((str(programs / "kb"), *arguments), check=False).returncode  # noqa: S603
