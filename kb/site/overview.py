"""What follows from all that entries show elsewhere than on their own pages: it is the same after most edits of prose.

`kb/site/checked.py` has one digest of that. Under it, and the settings, the keys of what is made of many entries are
kept (`kb/site/standing.py` says what a key is), so that they are not made again to find that they are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from typing import Final

from pydantic import TypeAdapter

from kb.process import KeptValues, digest_of

_KIND: Final = "overviews"

Keys = dict[str, str]
"""Unit -> its key."""


class Overview:
    """What is kept under the digest of what a site shows of its entries."""

    def __init__(self, shown: str, *settings: str) -> None:
        """`shown` is the digest of what entries show, empty where it is not known: then nothing is kept."""
        self.digest = digest_of(shown, *settings) if shown else ""
        self._kept = KeptValues(_KIND)
        self._keys: dict[str, Keys] = {}
        self._has_more = False
        value = self._kept.read([self.digest]).get(self.digest) if self.digest else None
        if value is not None:
            with suppress(ValueError, RecursionError):
                self._keys = _kinds().validate_json(value)

    def keys(self, kind: str, compute: Callable[[], Keys]) -> Mapping[str, str]:
        """The keys of a kind, computed where they are not kept."""
        if kind not in self._keys:
            self._keys[kind] = compute()
            self._has_more = True
        return self._keys[kind]

    def key(self, unit: str, compute: Callable[[], str]) -> str:
        """The key of one unit, computed where it is not kept."""
        return self.keys(unit, lambda: {unit: compute()})[unit]

    def remember(self) -> None:
        """Keep what was computed."""
        if self.digest and self._has_more:
            self._kept.write({self.digest: _kinds().dump_json(self._keys)})


@cache
def _kinds() -> TypeAdapter[dict[str, Keys]]:
    return TypeAdapter(dict[str, Keys])
