"""How much one may ask: allowances that fill up with time. In memory alone, under addresses that are kept nowhere."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MOST_KEPT: Final = 200_000
"""Allowances in memory; those that were not used for longest go first."""


class Allowance(NamedTuple):
    """So many requests in so many seconds."""

    requests: int
    seconds: float


class Limits(NamedTuple):
    """The allowances of a collector."""

    reader: Allowance = Allowance(60, 600)
    network: Allowance = Allowance(300, 3600)
    answers: Allowance = Allowance(20, 86_400)
    """Of a network, for one signal of one entry: what one place can do to a count in a day."""
    everyone: Allowance = Allowance(500, 1)


class Limiter:
    """Remembers what was used. Kept small whatever comes."""

    def __init__(self, clock: Callable[[], float], most_kept: int = _MOST_KEPT) -> None:
        self._clock = clock
        self._most_kept = most_kept
        self._used: OrderedDict[tuple[object, ...], tuple[float, float]] = OrderedDict()

    def wait(self, wanted: Sequence[tuple[Allowance, tuple[object, ...]]]) -> float:
        """Take one of each allowance, and return 0; or take none, and return the seconds to wait."""
        now = self._clock()
        left = [(key, allowance, self._left(allowance, key, now)) for allowance, key in wanted]
        short = [(1 - amount) * allowance.seconds / allowance.requests for _, allowance, amount in left if amount < 1]
        if short:
            return max(short)
        for key, _, amount in left:
            self._used[key] = (amount - 1, now)
            self._used.move_to_end(key)
        while len(self._used) > self._most_kept:
            self._used.popitem(last=False)
        return 0

    def _left(self, allowance: Allowance, key: tuple[object, ...], now: float) -> float:
        amount, then = self._used.get(key, (float(allowance.requests), now))
        return min(allowance.requests, amount + max(0.0, now - then) * allowance.requests / allowance.seconds)
