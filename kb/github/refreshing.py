"""Keeping an entry's facts fresh: what GitHub says of its issue now, as the smallest change of its front matter."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Final
from zlib import crc32

from kb.entry import Entry, Status
from kb.entry import Issue as IssueFacts
from kb.entry import Pull as PullFacts
from kb.github.facts import Facts, facts_of
from kb.github.shapes import Missing
from kb.github.tracker import Tracker

TIMELINE_PAGES: Final = 2
"""Of an issue's timeline: with the issue itself, three calls."""

STALE: Final = timedelta(days=30)
"""After so long, the day on which the facts were read is written anew even if nothing changed."""

_COUNTS: Final = ("comments", "participants", "reactions")
_SETTLED: Final = (Status.FIXED, Status.WONTFIX, Status.DUPLICATE)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What is to be changed in an entry, by key path; nothing where all is as it was."""

    entry: str
    changes: dict[str, object]
    told: tuple[str, ...] = ()
    """The changes in words: `status open -> fixed`."""
    notes: tuple[str, ...] = ()
    """What a person should look at."""


def in_turn(entries: Iterable[Entry], now: datetime) -> list[Entry]:
    """The entries that have an issue, so that runs which a rate limit cuts short come to all of them in time.

    First those whose facts were never read or are `STALE`, the oldest first. Then the others, in an order of the day:
    where nothing changed nothing is written, so no date says whether they were asked for yesterday.
    """
    stale: list[tuple[datetime, str, Entry]] = []
    others: list[tuple[int, str, Entry]] = []
    for entry in entries:
        if entry.issue:
            read = _utc(entry.issue.fetched) or datetime.min.replace(tzinfo=UTC)
            if now - read > STALE:
                stale.append((read, entry.id, entry))
            else:
                others.append((crc32(f"{now:%Y-%m-%d} {entry.id}".encode()), entry.id, entry))
    return [entry for *_, entry in (*sorted(stale, key=itemgetter(0, 1)), *sorted(others, key=itemgetter(0, 1)))]


def refresh(entry: Entry, client: Tracker, now: datetime) -> Refreshed:
    """What changed on GitHub about the entry's issue. Raises GitHubError, RateLimited."""
    if entry.issue is None:
        return Refreshed(entry.id, {})
    if entry.issue.ref.host != client.host:
        return Refreshed(entry.id, {}, notes=(f"{entry.issue.ref} is not on {client.host}, so it was not asked for",))
    issue = client.issue(entry.issue.ref)
    timeline = client.timeline(entry.issue.ref, TIMELINE_PAGES) if not isinstance(issue, Missing) else issue
    if isinstance(issue, Missing) or isinstance(timeline, Missing):
        return Refreshed(entry.id, {}, notes=(str(timeline),))
    facts = facts_of(issue, timeline, now)
    changes: dict[str, object] = {}
    told: list[str] = []
    _compare_issue(entry, entry.issue, facts, changes, told)
    pulls = tuple(_pulls(entry, facts, client))
    if pulls != entry.pulls:
        changes["pulls"] = [pull.model_dump(mode="json", exclude_none=True) for pull in pulls]
        before = {pull.ref.key: pull.state for pull in entry.pulls}
        told += [
            f"{one.ref} {before.get(one.ref.key, 'new')} -> {one.state}" for one in pulls if one not in entry.pulls
        ]
    status, notes = _status(entry, facts)
    if status is not entry.status:
        changes["status"] = str(status)
        told.append(f"status {entry.status} -> {status}")
    read = _utc(entry.issue.fetched)
    if changes or read is None or now - read > STALE:
        changes["issue.fetched"] = facts.issue.fetched
    return Refreshed(entry.id, changes, tuple(told), notes)


def _utc(time: datetime | None) -> datetime | None:
    return time.replace(tzinfo=UTC) if time and time.tzinfo is None else time


def _compare_issue(entry: Entry, before: IssueFacts, facts: Facts, changes: dict[str, object], told: list[str]) -> None:
    """Add what changed of the counts, and a new name of the issue; its old address goes on to lead to the entry."""
    if facts.issue.ref.key != before.ref.key:
        kept = [str(ref) for ref in entry.reports if ref.key not in (facts.issue.ref.key, before.ref.key)]
        changes["issue.ref"] = str(facts.issue.ref)
        changes["reports"] = [*kept, str(before.ref)]
        told.append(f"moved from {before.ref} to {facts.issue.ref}")
    for name in _COUNTS:
        old, new = getattr(before, name), getattr(facts.issue, name)
        if old != new:
            changes[f"issue.{name}"] = new
            told.append(f"{name} {old} -> {new}")
    if facts.issue.timeline != before.timeline:
        changes["issue.timeline"] = facts.issue.timeline
        told.append("timeline")


def _pulls(entry: Entry, facts: Facts, client: Tracker) -> Iterator[PullFacts]:
    """The entry's pull requests as they are now, in its order and under its titles; then those that are new."""
    now = {pull.ref.key: pull for pull in facts.pulls}
    for pull in entry.pulls:
        found = now.pop(pull.ref.key, None)
        state = found.state if found else _state(pull, client)
        title = pull.title or (found.title if found else None)
        yield pull.model_copy(update={"state": state, "title": title})
    yield from now.values()


def _state(pull: PullFacts, client: Tracker) -> str:
    """The state of a pull request that the timeline doesn't name: a person wrote it. What is merged stays merged."""
    if pull.state == "merged" or pull.ref.host != client.host:
        return pull.state
    found = client.pull(pull.ref)
    if isinstance(found, Missing):
        return pull.state
    return "merged" if found.get("merged_at") else "open" if found["state"] == "open" else "closed"


def _status(entry: Entry, facts: Facts) -> tuple[Status, tuple[str, ...]]:
    """The entry's status now, and what a person has to decide: a program takes nothing back."""
    if facts.is_open and entry.status in _SETTLED:
        return entry.status, (f"{facts.issue.ref} is open, but the entry says {entry.status}",)
    if not facts.is_open and facts.status is None and entry.status not in _SETTLED:
        return entry.status, (f"{facts.issue.ref} is closed without a fix; the entry says {entry.status}",)
    return (facts.status or entry.status) if entry.status not in _SETTLED else entry.status, ()
