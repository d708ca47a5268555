"""A model of who says what, in a few lines, and the steps that are tried on it and on a collector."""

import os
from collections import Counter

from hypothesis import strategies as st

DAY = 86_400
NOON = 20_000 * DAY + DAY // 2
ROUNDS = int(os.environ.get("KB_VOTE_ROUNDS", "8"))

STEPS = st.one_of(
    st.tuples(st.sampled_from("ab"), st.sampled_from(["works", "flaky", "helpful"]), st.booleans()),
    st.tuples(st.just("clock"), st.sampled_from([60, 6 * 3600, 13 * 3600, 2 * DAY, -3600, -13 * 3600])),
    st.just(("restart",)),
)


class Model:
    """Who says what: a reader is a device on a day, and a device knows the day of its last vote."""

    def __init__(self) -> None:
        self.said: set[tuple[int, str, str]] = set()
        self.receipts: dict[str, int] = {}
        self.day = 0

    def at(self, now: float) -> None:
        today = int(now) // DAY
        self.day = self.day if self.day - 1 <= today <= self.day else today

    def tap(self, device: str, signal: str, on: bool) -> None:
        mine = {(day, device, signal) for day in (self.day, self.receipts.get(device, self.day))}
        if not on:
            self.said -= mine
        elif not self.said & mine:
            self.said.add((self.day, device, signal))
        self.receipts[device] = self.day

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(signal for _, _, signal in self.said))
