"""Packages of npm in any version: as tools, and for `npm` to find without a network."""

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kb.entry import LATEST
from kb.proofs.sandbox import Room
from kb.proofs.tools.shop import Shop
from kb.proofs.tools.tool import Kit, NotTriedError, Supply

PREFIX: Final = "npm/"
REGISTRY: Final = "the registry of npm"
_QUIET: Final = "--no-audit --no-fund --no-update-notifier --ignore-scripts --loglevel=error"


@dataclass(frozen=True, slots=True)
class NodePackages:
    """Packages for the Node.js of a kit. No script of a package runs where there is a network."""

    shop: Shop
    _newest: dict[tuple[str, str], str] = field(default_factory=dict)
    """Package and what is asked for -> the newest version of it: one for all combinations of a run."""

    def supply(self, name: str, version: str, kit: Kit) -> Supply:
        """A package with what it needs; its programs come first."""
        _npm(kit, name)
        package = name.removeprefix(PREFIX)
        if version == LATEST or version.count(".") < 2:
            version = self._newest_version(package, version)
        pinned = f"{package}@{version}"

        def fetch(folder: Path) -> None:
            script = f"cd '{folder}' && npm install --prefix '{folder}' --no-save --no-package-lock {_QUIET} '{pinned}'"
            self.shop.ask(REGISTRY, script, room=Room(), writable=(folder,))

        folder = self.shop.kept(f"npm {pinned}", fetch)
        modules = folder / "node_modules"
        told = json.loads((modules / package / "package.json").read_text("utf-8"))
        return Supply(str(told["version"]), (folder,), (str(modules / ".bin"),), {"NODE_PATH": str(modules)})

    def _newest_version(self, package: str, asked: str) -> str:
        key = (package, asked)
        if key not in self._newest:
            said = self.shop.ask(REGISTRY, f"npm view '{package}@{asked}' version --json", room=Room())
            self._newest[key] = _last_version(said)
        return self._newest[key]

    def cached(self, names: tuple[str, ...], kit: Kit) -> tuple[Room, str]:
        """What makes `npm` find just these packages without a network, and the command that puts it into place."""
        _npm(kit, "packages")

        def fetch(folder: Path) -> None:
            # Their whole lists of versions, too: npm asks for them before it chooses.
            script = "\n".join(f"npm cache add --cache '{folder}' {_QUIET} '{name}'" for name in names)
            self.shop.ask(REGISTRY, script, room=Room(), writable=(folder,))

        folder = self.shop.kept(f"npm cache {' '.join(names)}", fetch)
        room = Room((folder,), (), {"NPM_CONFIG_OFFLINE": "true", "NPM_CONFIG_UPDATE_NOTIFIER": "false"})
        return room, f"cp -R '{folder}' ~/.npm && chmod -R u+w ~/.npm"


def _npm(kit: Kit, name: str) -> None:
    if "node" not in kit.supplies:
        raise NotTriedError(f"{name} needs a Node.js: name its version under `with`")
    if shutil.which("npm") is None:
        raise NotTriedError("npm is not installed")


def _last_version(said: str) -> str:
    try:
        found = json.loads(said)
    except ValueError:
        found = None
    if isinstance(found, list) and found:
        found = found[-1]
    if not isinstance(found, str):
        raise NotTriedError("npm names no such version")
    return found
