"""The one thread that speaks with the database: what comes while it commits goes into its next transaction."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from kb.collector.database import DatabaseError
from kb.collector.ledger import Ballot, Ledger, Recorded
from kb.collector.refusals import Refusal, unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

_Value = TypeVar("_Value")

BATCH: Final = 500
"""Votes in a transaction."""
MOST_WAITING: Final = 2_000
"""Requests that wait for the database; more are sent away."""


class Written(NamedTuple):
    """A transaction that ended: how many votes it had, how long it took, and what it changed, or why it failed."""

    votes: int
    seconds: float
    recorded: Recorded | None
    failure: str = ""


class _Waiting(NamedTuple):
    work: Ballot | Callable[[], Any]
    answer: asyncio.Future[Any]


class Writer:
    """Takes ballots and other work from an event loop, and answers there."""

    def __init__(self, ledger: Ledger, on_written: Callable[[Written], None]) -> None:
        """`on_written` is called in the event loop, before those who wait hear of it."""
        self._ledger = ledger
        self._on_written = on_written
        self._loop = asyncio.get_running_loop()
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="votes", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        return self._queue.qsize()

    async def record(self, ballot: Ballot) -> str:
        """Write a ballot down; returns its receipt once that is on the disk. Raises Refusal."""
        outcome: str | Refusal = await self._put(ballot)
        if isinstance(outcome, Refusal):
            raise outcome
        return outcome

    async def do(self, work: Callable[[], _Value]) -> _Value:
        """Let the thread do something else with the database. Raises Refusal."""
        done: _Value = await self._put(work)
        return done

    async def _put(self, work: Ballot | Callable[[], Any]) -> Any:
        if self.waiting >= MOST_WAITING:
            raise unavailable("Too many votes are waiting. Nothing was counted; try again.")
        answer: asyncio.Future[Any] = self._loop.create_future()
        self._queue.put(_Waiting(work, answer))
        return await answer

    async def close(self) -> None:
        """Write down what waits, and end the thread."""
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        left: _Waiting | None = None
        while True:
            first = left or self._queue.get()
            left = None
            if first is None:
                return
            if not isinstance(first.work, Ballot):
                self._do(first)
                continue
            batch = [first]
            while len(batch) < BATCH:
                try:
                    following = self._queue.get_nowait()
                except queue.Empty:
                    break
                if following is None or not isinstance(following.work, Ballot):
                    left = following
                    if following is None:
                        self._queue.put(None)
                    break
                batch.append(following)
            self._record(batch)

    def _record(self, batch: list[_Waiting]) -> None:
        ballots = [each.work for each in batch if isinstance(each.work, Ballot)]
        began = time.perf_counter()
        try:
            recorded = self._ledger.record(ballots)
        except Exception as error:  # whatever it was, nobody may be told that a vote counts
            failure = str(error) if isinstance(error, DatabaseError) else type(error).__name__
            written = Written(len(batch), time.perf_counter() - began, None, failure)
        else:
            written = Written(len(batch), time.perf_counter() - began, recorded)
        self._loop.call_soon_threadsafe(self._deliver, batch, written)

    def _deliver(self, batch: list[_Waiting], written: Written) -> None:
        self._on_written(written)
        outcomes = written.recorded.outcomes if written.recorded else [unavailable()] * len(batch)
        for each, outcome in zip(batch, outcomes, strict=True):
            if not each.answer.done():
                each.answer.set_result(outcome)

    def _do(self, waiting: _Waiting) -> None:
        assert not isinstance(waiting.work, Ballot)  # noqa: S101
        try:
            result = waiting.work()
        except Refusal as refusal:
            self._loop.call_soon_threadsafe(_fail, waiting.answer, refusal)
        except Exception:
            self._loop.call_soon_threadsafe(_fail, waiting.answer, unavailable())
        else:
            self._loop.call_soon_threadsafe(_answer, waiting.answer, result)


def _answer(answer: asyncio.Future[Any], result: object) -> None:
    if not answer.done():
        answer.set_result(result)


def _fail(answer: asyncio.Future[Any], error: Exception) -> None:
    if not answer.done():
        answer.set_exception(error)
