"""Versions of tools: which of two is newer, in which ones an error happens, from which one on a message reads so."""

import re
from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import Field

from kb.entry.values import Value

ToolName = Annotated[str, Field(pattern=r"^(?:(?:pypi|npm)/)?[@A-Za-z0-9][\w.@/+-]*$", max_length=100)]
Version = Annotated[str, Field(pattern=r"^[A-Za-z0-9][\w.+!~-]*$", max_length=60)]
ToolVersions = Annotated[dict[ToolName, Version], Field(max_length=20)]

BEFORE_RELEASE: Final = frozenset(
    ("a", "alpha", "b", "beta", "c", "canary", "dev", "m", "next", "nightly", "pre", "preview", "rc")
)
"""Words that stand in the version of what comes before a release: `12.0.0-beta.1`, `3.14.0rc2`."""

_PIECE: Final = re.compile(r"[0-9]+|[a-z]+")
_PREFIX: Final = re.compile(r"^[a-z]+(?=[0-9])")
_EARLIER, _END, _LETTERS, _NUMBER = range(4)

VersionKey = tuple[tuple[int, int, str], ...]


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


def is_between(version: str, first: str | None, end: str | None) -> bool:
    """Whether a version is `first` or newer, and older than `end`; None is no bound."""
    key = version_key(version)
    return (first is None or version_key(first) <= key) and (end is None or key < version_key(end))


def version_key(version: str) -> VersionKey:
    """What versions are ordered by. Numbers count as numbers, `1.0` is `1.0.0`, `1.1.1k` comes after `1.1.1` and
    `12.0.0-beta.1` before `12.0.0`; what follows a `+` doesn't count (https://semver.org, clauses 10 and 11).
    """
    plain = _PREFIX.sub("", version.lower().partition("+")[0])
    key: list[tuple[int, int, str]] = []
    for piece in _PIECE.findall(plain):
        if piece.isdigit():
            key.append((_NUMBER, int(piece), ""))
            continue
        if piece in BEFORE_RELEASE:
            _drop_zeros(key)
        key.append((_EARLIER if piece in BEFORE_RELEASE else _LETTERS, 0, piece))
    _drop_zeros(key)
    return (*key, (_END, 0, ""))


def _drop_zeros(key: list[tuple[int, int, str]]) -> None:
    while key and key[-1] == (_NUMBER, 0, ""):
        key.pop()


def happens_with(ranges: tuple[AffectedRange, ...], versions: Mapping[str, str]) -> bool | None:
    """Whether ranges say that an error happens with these versions: for each tool that they name, one of its ranges
    has to hold its version. None where they don't tell, since a tool's version is not among `versions`.
    """
    tools = {range_.tool for range_ in ranges}
    known = tools & versions.keys()
    if any(not any(own.holds(versions[tool]) for own in ranges if own.tool == tool) for tool in known):
        return False
    return True if tools and known == tools else None
