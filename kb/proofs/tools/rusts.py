"""Versions of Rust that are on this machine: rustup's toolchains and the system's own, with the cargo of each."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from packaging.version import InvalidVersion, Version

from kb.entry import INSTALLED, LATEST, has_version
from kb.proofs.sandbox.laying import SYSTEM_PATH
from kb.proofs.tools.tool import Kit, NotTriedError, Supply

_VERSION: Final = re.compile(r"rustc (\S+)")
_OFFLINE: Final = {"CARGO_NET_OFFLINE": "true"}


@dataclass(frozen=True)
class Rusts:
    """The toolchains that were found, each asked once for its version."""

    @cached_property
    def _found(self) -> dict[str, Path]:
        """Version -> the toolchain's folder."""
        home = Path(os.environ.get("RUSTUP_HOME", Path.home() / ".rustup"))
        found: dict[str, Path] = {}
        for program in sorted(home.glob("toolchains/*/bin/rustc")):
            asked = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=False)  # noqa: S603
            told = _VERSION.match(asked.stdout)
            if told:
                found.setdefault(told[1], program.parent.parent)
        return found

    @cached_property
    def _system(self) -> Supply | None:
        """The system's own Rust, which is older than rustup's as a rule."""
        program = shutil.which("rustc", path=SYSTEM_PATH)
        if program is None:
            return None
        asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
        told = _VERSION.match(asked.stdout)
        place = Path(program)
        return told and Supply(told[1], (), (str(place.parent),), _OFFLINE, place)

    def supply(self, name: str, version: str, kit: Kit) -> Supply:
        """The newest Rust of a version, such as `1.75` or `1.75.0`; a nightly one only where it is named."""
        if version in (LATEST, INSTALLED):
            fitting = [one for one in self._found if "-" not in one]
        else:
            fitting = [one for one in self._found if has_version(version, one) and ("-" in version or "-" not in one)]
        if not fitting:
            if self._system and (version in (LATEST, INSTALLED) or has_version(version, self._system.version)):
                return self._system
            raise NotTriedError(f"no Rust {version} was found, neither rustup's nor the system's")
        best = max(fitting, key=_order)
        folder = self._found[best]
        return Supply(best, (folder,), (str(folder / "bin"),), _OFFLINE, folder / "bin/rustc")


def _order(version: str) -> Version:
    try:
        return Version(version.partition("-")[0])
    except InvalidVersion:
        return Version("0")
