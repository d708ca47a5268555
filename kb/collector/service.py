"""The collector itself, without HTTP: who may ask how much, what is kept, what is served from memory."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from kb.collector.catalog import Catalog, CatalogError, read_catalog
from kb.collector.counts import Counts
from kb.collector.ledger import Ballot, Ledger
from kb.collector.limits import Allowance, Limiter, Limits
from kb.collector.log import log
from kb.collector.metrics import Metrics
from kb.collector.readers import shortened
from kb.collector.refusals import Refusal, unavailable
from kb.collector.writer import Writer, Written
from kb.match import without_values

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from kb.collector.asked import Asked, Outcome
    from kb.collector.database import Database
    from kb.collector.proxies import Network

_FEWEST_WORDS: Final = 2
"""Words that have to be left of an error without its values."""
_LONGEST: Final = 400
"""Characters of such an error that are kept."""
_FAILING: Final = 30
"""Seconds after a transaction that failed in which the collector says that it is not well, or until one succeeds."""


@dataclass(frozen=True)
class Settings:
    """What a keeper can set."""

    origins: frozenset[str]
    """Origins of the sites that may send votes: `https://host`."""
    trusted: tuple[Network, ...] = ()
    """Networks of proxies whose `X-Forwarded-For` is believed."""
    limits: Limits = field(default_factory=Limits)
    look_often: float = 5
    """Seconds between two looks whether another process changed the database."""
    read_often: float = 600
    """Seconds between two readings of the site's list of entries."""
    try_again: float = 30
    """Seconds until the next one where that list could not be read yet."""


class Collector:
    """Takes votes and counts them. To be started and stopped in an event loop."""

    def __init__(
        self,
        database: Database,
        read_entries: Callable[[], bytes],
        settings: Settings,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`read_entries` gives the site's list of all entries, and raises OSError. The database has to be prepared."""
        self.settings = settings
        self.metrics = Metrics()
        self.catalog = Catalog()
        self.counts = Counts(clock)
        self._clock = clock
        self._read_entries = read_entries
        self._ledger = Ledger(database, clock)
        self._limiter = Limiter(clock)
        self._writer: Writer
        self._tasks: set[asyncio.Task[None]] = set()
        self._failed_at: float | None = None
        self._is_reading = False

    async def start(self) -> None:
        """Read entries and counts, and begin to look after both. Raises Refusal where the database can't be used."""
        self._writer = Writer(self._ledger, self._on_written)
        await self._read_counts()
        await self._read_catalog()
        self._tasks.add(asyncio.create_task(self._again(lambda: self.settings.look_often, self.look)))
        self._tasks.add(asyncio.create_task(self._again(self._until_reading, self._read_catalog)))

    async def stop(self) -> None:
        """Write down what waits, and stop."""
        for task in self._tasks:
            task.cancel()
        await self._writer.close()

    async def vote(self, asked: Asked, address: str) -> str:
        """Keep a vote; returns its receipt once that is on the disk. Raises Refusal."""
        network, limits = shortened(address), self.settings.limits
        tap = asked.taps[0]
        wanted: list[tuple[Allowance, tuple[object, ...]]] = [
            (limits.everyone, ("everyone",)),
            (limits.network, ("network", network)),
            (limits.reader, ("reader", network, asked.token)),
        ]
        if tap.on:
            wanted.append((limits.answers, ("answers", network, tap.entry, tap.workaround, tap.signal)))
        self._allow(wanted)
        return await self._writer.record(Ballot(asked, network))

    async def look_for(self, text: str, token: str, address: str) -> None:
        """Count an error that nothing was found for, without its values. Raises Refusal."""
        skeleton = without_values(text)[:_LONGEST]
        if len([word for word in skeleton.split() if word != "*"]) < _FEWEST_WORDS:
            raise Refusal(400, "no-words", "Nothing is left of this error without its values.")
        network, limits = shortened(address), self.settings.limits
        once = Allowance(1, 86_400)
        self._allow(
            [
                (limits.everyone, ("everyone",)),
                (limits.network, ("network", network)),
                (limits.answers, ("missing", network)),
                (limits.reader, ("reader", network, token)),
                (once, ("missing", network, token, skeleton)),
            ]
        )
        await self._writer.do(partial(self._ledger.look_for, skeleton))

    async def report(self, outcome: Outcome, address: str) -> None:
        """Count what an agent reports of a workaround. Raises Refusal."""
        network, limits = shortened(address), self.settings.limits
        self._allow(
            [
                (limits.everyone, ("everyone",)),
                (limits.network, ("network", network)),
                (limits.answers, ("outcome", network, outcome.entry, outcome.workaround)),
            ]
        )
        await self._writer.do(partial(self._ledger.report, outcome))

    async def check(self) -> None:
        """Whether votes can be kept. Raises Refusal."""
        await self._writer.do(self._ledger.revision)
        if self._failed_at is not None and 0 <= self._clock() - self._failed_at < _FAILING:
            raise unavailable("The last votes could not be kept.")
        if not self.catalog.entries:
            raise Refusal(503, "no-entries", "The site's list of entries could not be read yet.", retry_after=30)

    def measured(self) -> str:
        """The metrics."""
        return self.metrics.text(waiting=self._writer.waiting, entries=self.catalog.size, revision=self.counts.revision)

    async def look(self) -> None:
        """Take over what others wrote into the database, and forget the salt of a day that is over. Raises Refusal."""
        await self._writer.do(self._ledger.turn_day)
        if await self._writer.do(self._ledger.revision) != self.counts.revision:
            await self._read_counts()

    def _allow(self, wanted: list[tuple[Allowance, tuple[object, ...]]]) -> None:
        seconds = self._limiter.wait(wanted)
        if seconds:
            raise Refusal(
                429,
                "too-many",
                "There were too many votes from here. Nothing was counted.",
                max(1, int(seconds + 0.999)),
            )

    def _on_written(self, written: Written) -> None:
        self.metrics.count("kb_votes_transactions_total")
        self.metrics.took(written.seconds)
        if written.recorded is None:
            self._failed_at = self._clock()
            self.metrics.count("kb_votes_failed_total", written.votes)
            log("not-kept", votes=written.votes, failure=written.failure)
            return
        self._failed_at = None
        self.metrics.count("kb_votes_kept_total", written.votes)
        if not self.counts.add(written.recorded.revision, written.recorded.changes) and not self._is_reading:
            task = asyncio.create_task(self._read_again())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _read_again(self) -> None:
        self._is_reading = True
        try:
            with suppress(Refusal):
                await self._read_counts()
        finally:
            self._is_reading = False

    async def _read_counts(self) -> None:
        revision, counts = await self._writer.do(self._ledger.counts)
        self.counts.replace(revision, counts)

    async def _read_catalog(self) -> None:
        try:
            self.catalog = read_catalog(await asyncio.to_thread(self._read_entries))
        except (OSError, CatalogError) as error:
            log("entries-unread", failure=f"{type(error).__name__}: {error}"[:200], entries=self.catalog.size)
            return
        self.counts.forget_list()
        log("entries-read", entries=self.catalog.size)

    def _until_reading(self) -> float:
        return self.settings.read_often if self.catalog.entries else self.settings.try_again

    @staticmethod
    async def _again(seconds: Callable[[], float], work: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(seconds())
            with suppress(Refusal):
                await work()
