"""Votes that look like stuffing: many on one entry in a short time, most of them from new accounts."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from kb.github import Missing, Tracker
from kb.votes.ballot import Vote


class Burst(NamedTuple):
    """Votes on one entry in quick succession, oldest first."""

    entry: str
    votes: tuple[Vote, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Who voted, each once, in order."""
        return tuple(dict.fromkeys(vote.person for vote in self.votes))

    @property
    def lasted(self) -> timedelta:
        return time_of(self.votes[-1].at) - time_of(self.votes[0].at)


def bursts(votes: Iterable[Vote], window: timedelta, least: int) -> Iterator[Burst]:
    """Runs of votes in which every `window` that starts with one holds `least` of them or joins one that does.

    Withdrawn votes are looked at too: a burst that was taken back is one.
    """
    ordered = sorted(votes, key=lambda vote: (vote.entry, time_of(vote.at), vote.number))
    for entry, group in groupby(ordered, key=lambda vote: vote.entry):
        yield from _bursts_of(entry, list(group), window, least)


def _bursts_of(entry: str, votes: list[Vote], window: timedelta, least: int) -> Iterator[Burst]:
    times = [time_of(vote.at) for vote in votes]
    start = end = last = 0
    for first, time in enumerate(times):
        while last < len(times) and times[last] - time <= window:
            last += 1
        if last - first < least:
            continue
        if first >= end > start:
            yield Burst(entry, tuple(votes[start:end]))
        if first >= end:
            start = first
        end = last
    if end > start:
        yield Burst(entry, tuple(votes[start:end]))


class Stuffed(NamedTuple):
    """A burst most of whose accounts were new; `new` is how many."""

    burst: Burst
    new: int


def stuffed(found: Iterable[Burst], client: Tracker, young: timedelta, share: float) -> Iterator[Stuffed]:
    """Those bursts in which at least `share` of the accounts were younger than `young`. Raises GitHubError."""
    created: dict[str, str] = {}
    asked: set[str] = set()
    for burst in found:
        for person in burst.people:
            if person not in asked:
                asked.add(person)
                user = client.user(person)
                if not isinstance(user, Missing) and (time := user.get("created_at")):
                    created[person] = time
        is_one, new = is_stuffed(burst, created, young, share)
        if is_one:
            yield Stuffed(burst, new)


def is_stuffed(burst: Burst, created: Mapping[str, str], young: timedelta, share: float) -> tuple[bool, int]:
    """Whether at least `share` of a burst's people had accounts younger than `young`; and how many had.

    `created`: when each account was made, as the API writes time. An account that is gone counts as a new one.
    """
    at = {vote.person: time_of(vote.at) for vote in reversed(burst.votes)}
    new = sum(person not in created or at[person] - time_of(created[person]) < young for person in burst.people)
    return new >= share * len(burst.people), new


def time_of(text: str) -> datetime:
    """A point in time as the API writes it."""
    return datetime.fromisoformat(text)
