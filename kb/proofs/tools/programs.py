"""Programs that are on the machine: Debian's packages, and whatever else is on PATH, in the version that is there."""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kb.entry import INSTALLED, has_version
from kb.proofs.sandbox import Bounds, Sandbox, SandboxError, Step, Trial
from kb.proofs.sandbox.laying import SYSTEM_PATH
from kb.proofs.tools.tool import Kit, NotTriedError, Supply

_VERSION: Final = re.compile(r"\d+(?:\.\d+)+\w*")
_ASKED_OTHERWISE: Final = {
    "apache2": ("-v",),
    "ssh": ("-V",),
    "sshd": ("-V",),
    "openssl": ("version",),
    "java": ("-version",),
    "kubectl": ("version", "--client"),
}
"""How a program is asked for its version, where `--version` doesn't do."""
_ASKING: Final = Bounds(seconds=30)


@dataclass(frozen=True, slots=True)
class Programs:
    """Programs by their names. Which one is asked for its version a recipe says, so it is asked in the sandbox."""

    sandbox: Sandbox
    _said: dict[str, str] = field(default_factory=dict)
    """Name -> what it printed; nothing where it can't be asked."""

    def supply(self, name: str, version: str, kit: Kit) -> Supply:
        """A program of the system's folders, if it is of a version or the one that is `installed` is asked for."""
        program = _system_s(name)
        if program is None:
            elsewhere = shutil.which(name, path=os.environ.get("PATH", os.defpath))
            hint = f"; the one in {Path(elsewhere).parent} is not the system's" if elsewhere else ""
            raise NotTriedError(f"{name} is not installed{hint}")
        self.ask([name])
        found = _version_in(name, self._said[name])
        if version != INSTALLED and not has_version(version, found):
            raise NotTriedError(f"{name} is installed in version {found} alone")
        return Supply(found, program=Path(program))

    def ask(self, names: Iterable[str]) -> None:
        """Ask programs for their versions, all at once: a sandbox takes longer to start than most of them."""
        asked = {name: program for name in names if name not in self._said and (program := _system_s(name))}
        if not asked:
            return
        steps = tuple(Step(shlex.join([program, *_question(name)])) for name, program in asked.items())
        try:
            ended = [ran for ran in self.sandbox.run(Trial(steps, bounds=_ASKING)).steps if ran.code is not None]
        except SandboxError:
            ended = []
        self._said.update({name: ran.output for name, ran in zip(asked, ended, strict=False)})
        if len(asked) == 1 or not ended:
            self._said.update({name: "" for name in asked if name not in self._said})


def _system_s(name: str) -> str | None:
    return shutil.which(name, path=SYSTEM_PATH)


def _question(name: str) -> Sequence[str]:
    return _ASKED_OTHERWISE.get(name, ("--version",))


def _version_in(name: str, said: str, wanted: re.Pattern[str] | None = None) -> str:
    found = (wanted or _VERSION).search(said)
    if found is None:
        raise NotTriedError(f"{name} does not tell its version")
    return found[0]


def told_version(name: str, program: str, arguments: Sequence[str] = (), wanted: re.Pattern[str] | None = None) -> str:
    """The version that a program of a person's own command tells, or another part of what it says.

    Raises NotTriedError.
    """
    try:
        asked = subprocess.run(  # noqa: S603 - a program that the person names
            [program, *(arguments or _question(name))],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotTriedError(f"{name} can't be asked for its version: {error}") from None
    return _version_in(name, (asked.stdout + asked.stderr).decode(errors="replace"), wanted)
