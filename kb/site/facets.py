"""By what a reader filters the list of a product: version, platform, proof. What an entry says of each."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.entry import ErrorOutcome, version_key
from kb.site.model import PLATFORM_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kb.entry import Entry, Proven
    from kb.site.model import Site

_NUMBER: Final = r"[0-9][\w.+~-]{0,40}"
_EXACT: Final = re.compile(_NUMBER)
_BOUND: Final = re.compile(rf"(>=|<)\s?({_NUMBER})")
"""The forms of `affects.versions` that a program can test. What else stands there is for people."""


class Facets(NamedTuple):
    """What an entry says of the versions of its product, and of platforms. Empty where it says nothing.

    A list's filter (`filters.js`) reads it: a version that was tried is decided by that, any other by the ranges.
    """

    ranges: tuple[tuple[str, str], ...] = ()
    """From which version on, and before which; empty where there is no such bound."""
    happens: tuple[str, ...] = ()
    """Single versions with which the error happens."""
    absent: tuple[str, ...] = ()
    """Single versions with which it was tried and does not happen."""
    platforms: tuple[str, ...] = ()

    @property
    def versions(self) -> str:
        """What is said of versions, for the script; nothing where nothing is."""
        said = {"ranges": self.ranges, "happens": self.happens, "absent": self.absent}
        found = {name: values for name, values in said.items() if values}
        return json.dumps(found, separators=(",", ":")) if found else ""


class Choices(NamedTuple):
    """What a list can be filtered by: only what would leave entries out."""

    versions: tuple[str, ...]
    """All versions that its entries name, the newest first."""
    platforms: tuple[tuple[str, str], ...]
    """Platforms as entries name them, and as their makers write them."""
    has_proven: bool
    """Whether some are proven and others are not."""


def facets_of(entry: Entry, proven: Proven) -> Facets:
    """What an entry says of itself that a list can be filtered by."""
    own = [one for one in entry.affects.ranges if _is_of(one.tool, entry.product)]
    ranges = [(one.introduced or "", one.fixed or "") for one in own]
    tried: dict[bool, dict[str, None]] = {True: {}, False: {}}
    for run in proven.runs:
        if run.error in (ErrorOutcome.PROVOKED, ErrorOutcome.ABSENT):
            versions = [version for tool, version in run.with_.items() if _is_of(tool, entry.product)]
            tried[run.error is ErrorOutcome.PROVOKED].update(dict.fromkeys(versions))
    for written in entry.affects.versions:
        if bound := _BOUND.fullmatch(written):
            # What ranges say was looked at more closely.
            ranges += [] if own else [(bound[2], "") if bound[1] == ">=" else ("", bound[2])]
        elif _EXACT.fullmatch(written):
            tried[True][written] = None
    happens = tuple(tried[True])
    absent = tuple(version for version in tried[False] if version not in tried[True])
    return Facets(tuple(ranges), happens, absent, tuple(name.lower() for name in entry.affects.platforms))


def choices_of(site: Site, entries: Sequence[Entry]) -> Choices:
    """What a list of entries can be filtered by."""
    facets = [facets_of(entry, site.proven(entry)) for entry in entries]
    versions = {version for each in facets for version in _named(each)}
    platforms = {name for each in facets for name in each.platforms}
    telling = sorted(platforms if any(each.platforms and platforms - {*each.platforms} for each in facets) else ())
    proven = {site.card(entry).proven is not None for entry in entries}
    return Choices(
        tuple(sorted(versions, key=lambda version: (version_key(version), version), reverse=True)),
        tuple((name, PLATFORM_NAMES.get(name, name)) for name in telling),
        len(proven) > 1,
    )


def _named(facets: Facets) -> Iterable[str]:
    yield from (*facets.happens, *facets.absent)
    yield from (bound for bounds in facets.ranges for bound in bounds if bound)


def _is_of(tool: str, product: str) -> bool:
    """Whether a tool, named as in a recipe, is the product itself: `npm/typescript` is `typescript`."""
    return tool.rpartition("/")[2].lower() == product
