"""Answers for links to other sites: those of earlier runs as far as they are still good, the others asked for."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kb.checks.web import LinkAnswer, Manners, Outcome, ask, web_addresses
from kb.entry import Collection, write_whole
from kb.process import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable

KEPT: Final = {
    Outcome.FINE: timedelta(days=7),
    Outcome.MOVED: timedelta(days=7),
    Outcome.UNKNOWN: timedelta(days=1),
}
"""How long an answer is believed. What is gone or failed is asked for again: somebody may have mended it."""


class NothingReachedError(Exception):
    """No other site can be reached; the text says why."""


def link_answers(
    collection: Collection,
    on_asking: Callable[[int, int], None] | None = None,
    *,
    cache: Path | None = None,
    manners: Manners | None = None,
) -> dict[str, LinkAnswer]:
    """What other sites answer for the addresses that the collection's entries link.

    Before any is asked, `on_asking` hears how many are, and of how many. Answers are kept in `cache`, a file in the
    user's cache folder where none is named. Raises NothingReachedError.
    """
    cache = cache or cache_folder() / "links.json"
    now = datetime.now(UTC)
    known = _read(cache, now)
    wanted = web_addresses(collection.sources)
    missing = [address for address in wanted if address not in known]
    if missing:
        if on_asking:
            on_asking(len(missing), len(wanted))
        asked: dict[str, LinkAnswer] = {}
        try:
            ask(missing, manners or Manners(), asked.__setitem__)
        finally:
            # Who is stopped half-way goes on from there.
            _write(cache, known | {address: (now, answer) for address, answer in asked.items()})
        if len(asked) > 3 and all(answer.outcome is Outcome.FAILED for answer in asked.values()):
            raise NothingReachedError(next(iter(asked.values())).why)
        known |= {address: (now, answer) for address, answer in asked.items()}
    return {address: known[address][1] for address in wanted}


def _read(cache: Path, now: datetime) -> dict[str, tuple[datetime, LinkAnswer]]:
    """The answers that are still good. A file that can't be read holds none."""
    known: dict[str, tuple[datetime, LinkAnswer]] = {}
    try:
        for address, (time, outcome, why, moved_to) in json.loads(cache.read_text("utf-8")).items():
            asked, answer = datetime.fromisoformat(time), LinkAnswer(Outcome(outcome), why, moved_to)
            if timedelta(0) <= now - asked < KEPT.get(answer.outcome, timedelta(0)):
                known[address] = asked, answer
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    return known


def _write(cache: Path, known: dict[str, tuple[datetime, LinkAnswer]]) -> None:
    kept = {
        address: [asked.isoformat(), answer.outcome, answer.why, answer.moved_to]
        for address, (asked, answer) in sorted(known.items())
        if answer.outcome in KEPT
    }
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        write_whole(cache, json.dumps(kept, indent=0))
    except OSError:
        return  # the next run asks again
