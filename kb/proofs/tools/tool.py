"""A tool of a recipe: where one comes from, and what a trial needs of it. One interface for all sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from kb.proofs.sandbox import Room


class NotTriedError(Exception):
    """A tool can't be had here in the version that is asked for; the text says why. Nothing is known then."""


@dataclass(frozen=True, slots=True)
class Supply:
    """A tool that is there."""

    version: str
    readable: tuple[Path, ...] = ()
    path: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    program: Path | None = None
    """What other tools run on, such as an interpreter."""


@dataclass(frozen=True, slots=True)
class Kit:
    """The tools of one combination, by their names in the recipe, in the order in which they were found."""

    supplies: Mapping[str, Supply] = field(default_factory=dict)
    extra: Room = field(default_factory=Room)
    """Packages for package managers to find, and the like."""
    preparing: str = ""
    """Commands that put them into place."""

    @property
    def versions(self) -> dict[str, str]:
        """The versions that there are, by the names of the tools."""
        return {name: supply.version for name, supply in self.supplies.items()}

    @property
    def room(self) -> Room:
        """What a trial with these tools finds."""
        # The last one first: what runs on an interpreter comes before what came with it.
        found = [*self.supplies.values()][::-1]
        environment: dict[str, str] = {}
        for supply in found:
            for name, value in supply.environment.items():
                joined = f"{environment[name]}:{value}" if name in environment and name.endswith("PATH") else value
                environment[name] = joined
        return Room(
            tuple(dict.fromkeys([*(path for supply in found for path in supply.readable), *self.extra.readable])),
            (*(path for supply in found for path in supply.path), *self.extra.path),
            {**environment, **self.extra.environment},
        )

    def with_tool(self, name: str, supply: Supply) -> "Kit":
        """The kit with one more tool."""
        return replace(self, supplies={**self.supplies, name: supply})


class ToolSource(Protocol):
    """Where tools of a kind come from."""

    def supply(self, name: str, version: str, kit: Kit) -> Supply:
        """A tool in a version, for use with those of the kit. Raises NotTriedError."""
