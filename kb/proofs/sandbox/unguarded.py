"""No sandbox: only for a person who typed that it is to be so, for recipes that they wrote or read.

Time, memory, processes and output have their bounds, the home folder and the environment are not given away by name;
nothing else is held back.
"""

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from kb.proofs.sandbox.laying import environment_of, finished, laid_out
from kb.proofs.sandbox.trial import Finished, SandboxError, Trial
from kb.proofs.sandbox.watching import watched

_FOLDER: Final = "kb-home-"


@dataclass(frozen=True, slots=True)
class Unguarded:
    """Runs trials as the programs of whoever runs this."""

    name: str = "no sandbox"

    def run(self, trial: Trial) -> Finished:
        shell = shutil.which("sh")
        if shell is None:
            raise SandboxError("there is no `sh`")
        mark = secrets.token_hex(16)
        with TemporaryDirectory(prefix=_FOLDER, ignore_cleanup_errors=True) as home, laid_out(trial, home) as laid:
            folder = Path(home) / "project"
            folder.mkdir()
            command = (shell, str(laid / "driver"), str(folder), str(laid))
            environment = {**environment_of(home), "TMPDIR": home}
            seen = watched(command, f"{mark}\n".encode(), environment, trial.bounds, Path(home))
            return finished(seen, mark, trial, home)
