"""Packages of Python in any version, fetched by uv: as tools, and for `pip` to find without a network."""

import importlib.util
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from kb.entry import LATEST
from kb.proofs.sandbox import Room
from kb.proofs.tools.shop import Shop
from kb.proofs.tools.tool import Kit, NotTriedError, Supply

PREFIX = "pypi/"
REGISTRY = "the package index"


@dataclass(frozen=True, slots=True)
class PythonPackages:
    """Packages for one of the Pythons of a kit. Only wheels: what builds itself runs where it is tried."""

    shop: Shop
    _newest: dict[tuple[str, Path], Supply] = field(default_factory=dict)

    def supply(self, name: str, version: str, kit: Kit) -> Supply:
        """A package with what it needs, importable by the kit's Python."""
        package = canonicalize_name(name.removeprefix(PREFIX))
        python = _python_of(kit, name)
        if version == LATEST:
            key = (package, python.program or Path())
            if key not in self._newest:
                self._newest[key] = self._fetched(package, self._newest_version(package, python), python)
            return self._newest[key]
        return self._fetched(package, version, python)

    def wheels(self, requirements: tuple[str, ...], kit: Kit) -> Room:
        """What makes `pip` find just these packages, each pinned, without a network. Raises NotTriedError."""
        for text in requirements:
            try:
                pins = [*Requirement(text).specifier]
            except InvalidRequirement:
                raise NotTriedError(f"{text!r} is no requirement") from None
            if len(pins) != 1 or pins[0].operator != "==" or "*" in pins[0].version:
                raise NotTriedError(f"{text!r} has to be pinned, as in `requests==2.32.3`")
        python = _python_of(kit, "packages")

        def fetch(folder: Path) -> None:
            # uv has no `download`; each by itself, since they need not fit together.
            for text in requirements:
                self.shop.ask(
                    REGISTRY,
                    f"python -m pip download -q --no-deps --only-binary :all: -d '{folder}' '{text}'",
                    room=Room(python.readable, python.path),
                    writable=(folder,),
                )

        found = self.shop.kept(f"wheels {python.version} {' '.join(requirements)}", fetch)
        return Room((found,), (), {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(found)})

    def _fetched(self, package: str, version: str, python: Supply) -> Supply:
        uv = _uv()

        def fetch(folder: Path) -> None:
            self.shop.ask(
                REGISTRY,
                f"'{uv}' pip install -q --no-build --compile-bytecode --target '{folder}' --python '{python.program}' "
                f"'{package}=={version}'",
                room=Room((*python.readable, uv), python.path),
                writable=(folder,),
            )

        found = self.shop.kept(f"{package}=={version} python {python.version}", fetch)
        if version.endswith("*"):
            version = _version_in(found, package)
        return Supply(version, (found,), (str(found / "bin"),), {"PYTHONPATH": str(found)}, python.program)

    def _newest_version(self, package: str, python: Supply) -> str:
        uv = _uv()
        said = self.shop.ask(
            REGISTRY,
            f"echo {package} | '{uv}' pip compile -q --no-header --no-annotate --no-deps --only-binary :all: "
            f"--python '{python.program}' -",
            room=Room((*python.readable, uv), python.path),
        )
        for line in said.splitlines():
            name, _, version = line.strip().partition("==")
            if canonicalize_name(name) == package and version:
                return version.split()[0]
        raise NotTriedError(f"no newest version of {package} was told")


def _version_in(folder: Path, package: str) -> str:
    """The version of a package that was fetched to a folder."""
    for path in folder.glob("*.dist-info"):
        name, _, version = path.name.removesuffix(".dist-info").partition("-")
        if canonicalize_name(name) == package:
            return version
    raise NotTriedError(f"{package} is not what was fetched")


def _python_of(kit: Kit, name: str) -> Supply:
    python = kit.supplies.get("python")
    if python is None or python.program is None:
        raise NotTriedError(f"{name} needs a Python: name its version under `with`")
    return python


def _uv() -> Path:
    """uv, on PATH or as a package beside this one. Raises NotTriedError."""
    program = shutil.which("uv")
    if program is None and importlib.util.find_spec("uv"):
        from uv import find_uv_bin  # noqa: PLC0415 - an extra, `known-fixes[prove]`

        program = find_uv_bin()
    if program is None:
        raise NotTriedError("uv is not installed: `pip install known-fixes[prove]` brings it")
    return Path(program).resolve()
