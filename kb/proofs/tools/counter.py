"""All sources of tools: which one a name of a recipe means, and the kit of a whole combination."""

import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Final

from kb.entry import Recipe
from kb.proofs.sandbox import Room, Sandbox
from kb.proofs.tools.nodes import Nodes
from kb.proofs.tools.packages_of_node import PREFIX as NPM
from kb.proofs.tools.packages_of_node import NodePackages
from kb.proofs.tools.packages_of_python import PREFIX as PYPI
from kb.proofs.tools.packages_of_python import PythonPackages
from kb.proofs.tools.programs import Programs
from kb.proofs.tools.pythons import Pythons
from kb.proofs.tools.rusts import Rusts
from kb.proofs.tools.shop import Shop
from kb.proofs.tools.tool import Kit, NotTriedError, Supply, ToolSource

_SHORT: Final = {"pip": f"{PYPI}pip", "npm": f"{NPM}npm"}
"""Names that mean a package."""


@dataclass(frozen=True)
class Counter:
    """Gives tools of all sources. What can't be had is remembered, and not asked for again."""

    folder: Path
    """Where fetched packages are kept."""
    sandbox: Sandbox
    _missing: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _fetching: Lock = field(default_factory=Lock)

    @cached_property
    def _shop(self) -> Shop:
        shop = Shop(self.folder, self.sandbox)
        shop.sweep()
        return shop

    @cached_property
    def _packages_of_python(self) -> PythonPackages:
        return PythonPackages(self._shop)

    @cached_property
    def _packages_of_node(self) -> NodePackages:
        return NodePackages(self._shop)

    @cached_property
    def _nodes(self) -> Nodes:
        return Nodes(self._packages_of_python, self._programs, self._pythons, self._packages_of_node)

    @cached_property
    def _pythons(self) -> Pythons:
        return Pythons()

    @cached_property
    def _rusts(self) -> Rusts:
        return Rusts()

    @cached_property
    def _programs(self) -> Programs:
        return Programs(self.sandbox)

    def ask(self, names: Iterable[str]) -> None:
        """Ask programs of the machine for their versions, before the first of them is wanted."""
        with self._fetching:
            self._programs.ask(name for name in names if self._source(_SHORT.get(name, name)) is self._programs)

    def kit(self, recipe: Recipe, versions: Mapping[str, str]) -> Kit:
        """The tools of a combination. Raises NotTriedError for the first that can't be had."""
        kit = Kit()
        with self._fetching:
            for name, version in versions.items():
                kit = kit.with_tool(name, self._supply(name, version, kit))
            try:
                return self._with_packages(recipe, kit)
            except OSError as error:
                raise NotTriedError(f"packages: {error.strerror}") from None

    def _with_packages(self, recipe: Recipe, kit: Kit) -> Kit:
        """The kit with what package managers are to find."""
        wheels = recipe.packages.get("pypi", ())
        if wheels:
            kit = replace(kit, extra=self._packages_of_python.wheels(wheels, kit))
        cached = recipe.packages.get("npm", ())
        if cached:
            room, command = self._packages_of_node.cached(cached, kit)
            kit = replace(kit, extra=_both(kit.extra, room), preparing=command)
        return kit

    def _supply(self, name: str, version: str, kit: Kit) -> Supply:
        key = (name, version, str(kit.versions))
        if key in self._missing:
            raise NotTriedError(self._missing[key])
        try:
            return self._source(_SHORT.get(name, name)).supply(_SHORT.get(name, name), version, kit)
        except (NotTriedError, OSError) as error:
            # A path of this machine is nobody's business: the reason may be recorded.
            why = error.strerror if isinstance(error, OSError) else error
            self._missing[key] = f"{name} {version}: {why}"
            raise NotTriedError(self._missing[key]) from None

    def _source(self, name: str) -> ToolSource:
        if name == "python":
            return self._pythons
        if name == "node":
            return self._nodes
        if name == "rust":
            return self._rusts
        if name.startswith(PYPI):
            return self._packages_of_python
        if name.startswith(NPM):
            return self._packages_of_node
        return self._programs


def _both(one: Room, other: Room) -> Room:
    return Room((*one.readable, *other.readable), (), {**one.environment, **other.environment})


def this_platform() -> str:
    """The system and the processor that this runs on, such as `linux x86_64`."""
    return f"{platform.system().lower()} {platform.machine().lower()}"
