"""Programs that are on the machine: Debian's packages, and whatever else is on PATH, in the version that is there."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kb.entry import INSTALLED, has_version
from kb.proofs.sandbox.laying import SYSTEM_PATH
from kb.proofs.tools.tool import Kit, NotTriedError, Supply

_VERSION: Final = re.compile(r"\d+(?:\.\d+)+\w*")
_ASKED_OTHERWISE: Final = {
    "ssh": ("-V",),
    "sshd": ("-V",),
    "openssl": ("version",),
    "java": ("-version",),
    "kubectl": ("version", "--client"),
}
"""How a program is asked for its version, where `--version` doesn't do."""


@dataclass(frozen=True, slots=True)
class Programs:
    """Programs by their names."""

    _versions: dict[str, str] = field(default_factory=dict)

    def supply(self, name: str, version: str, kit: Kit) -> Supply:
        """A program of the system's folders, if it is of a version or the one that is `installed` is asked for."""
        program = shutil.which(name, path=SYSTEM_PATH)
        if program is None:
            elsewhere = shutil.which(name, path=os.environ.get("PATH", os.defpath))
            hint = f"; the one in {Path(elsewhere).parent} is not the system's" if elsewhere else ""
            raise NotTriedError(f"{name} is not installed{hint}")
        if name not in self._versions:
            self._versions[name] = told_version(name, program)
        found = self._versions[name]
        if version != INSTALLED and not has_version(version, found):
            raise NotTriedError(f"{name} is installed in version {found} alone")
        return Supply(found, program=Path(program))


def told_version(name: str, program: str, arguments: Sequence[str] = (), wanted: re.Pattern[str] | None = None) -> str:
    """The version that a program tells, or another part of what it says. Raises NotTriedError."""
    try:
        asked = subprocess.run(  # noqa: S603 - a program that the recipe or the person names
            [program, *(arguments or _ASKED_OTHERWISE.get(name, ("--version",)))],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotTriedError(f"{name} can't be asked for its version: {error}") from None
    said = (wanted or _VERSION).search((asked.stdout + asked.stderr).decode(errors="replace"))
    if said is None:
        raise NotTriedError(f"{name} does not tell its version")
    return said[0]
