"""Versions of tools in entries: in which ones an error happens, from which one on a message reads so."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from kb.entry.values import Value
from kb.entry.version_order import is_between

ToolName = Annotated[str, Field(pattern=r"^(?:(?:pypi|npm)/)?[@A-Za-z0-9][\w.@/+-]*$", max_length=100)]
Version = Annotated[str, Field(pattern=r"^[A-Za-z0-9][\w.+!~-]*$", max_length=60)]
ToolVersions = Annotated[dict[ToolName, Version], Field(max_length=20)]


class AffectedRange(Value):
    """Versions of a tool with which the error happens, in the way of OSV's events: from one on, and before another."""

    tool: ToolName
    """Named as in a recipe: `pip`, `node`, `npm/typescript`."""
    introduced: Version | None = None
    """The first version with which it happens. Without one: since ever."""
    fixed: Version | None = None
    """The first one with which it happens no more. Without one: there is none yet."""

    def holds(self, version: str) -> bool:
        """Whether the error happens with a version."""
        return is_between(version, self.introduced, self.fixed)


def happens_with(ranges: tuple[AffectedRange, ...], versions: Mapping[str, str]) -> bool | None:
    """Whether ranges say that an error happens with these versions: for each tool that they name, one of its ranges
    has to hold its version. None where they don't tell, since a tool's version is not among `versions`.
    """
    tools = {range_.tool for range_ in ranges}
    known = tools & versions.keys()
    if any(not any(own.holds(versions[tool]) for own in ranges if own.tool == tool) for tool in known):
        return False
    return True if tools and known == tools else None
