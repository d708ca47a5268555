"""Using all processors: work in processes forked from this one, which end when it does, and may die of an item.

What a worker is at stands in memory that it shares with this process. A worker that is ended by its own fault or by
the system costs the one item that it was at: another worker goes on with the rest.
"""

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Final, NamedTuple, TypeVar

FEWEST: Final = 400
"""Items from which on more processes are faster than one.

On two processors, reading and checking entries takes two processes 2.2 s by the clock instead of 2.5 at 1,000 entries,
and 14 s instead of 26 at 10,000; at 92 there is nothing to win. Processor time is the same.
"""

CHUNKS: Final = 4
"""Parts for each process, so that one with long items does not keep the others waiting."""
LONGEST_CHUNK: Final = 250
"""Items in a part. Where a worker died, those before the item that it died of are done again."""

PATIENCE: Final = 120.0
"""Seconds after which a worker that is still at the same item is ended."""
_LOOK: Final = 5.0
"""Seconds between two looks at what workers are at. What they have done, and their end, is noticed at once."""

_FORK: Final = multiprocessing.get_context("fork") if sys.platform == "linux" else None
"""None where forking is unsafe: on other systems than Linux."""

_DEATH_SIGNAL: Final = 1
"""PR_SET_PDEATHSIG of prctl(2)."""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class WorkerDiedError(RuntimeError):
    """A worker ended amid its work: `item` is what it was at, `how` says in words what ended it."""

    def __init__(self, item: object, how: str) -> None:
        super().__init__(f"{item}: the process that worked on it {how}")
        self.item = item
        self.how = how


def map_forked(
    function: Callable[[_Item], _Result],
    items: Sequence[_Item],
    *,
    instead: Callable[[_Item, str], _Result] | None = None,
    patience: float = PATIENCE,
) -> list[_Result]:
    """The results of `function` for all items, in their order. Parameters as those of `each_forked`."""
    results = dict(each_forked(function, items, instead=instead, patience=patience))
    return [results[number] for number in range(len(items))]


def each_forked(
    function: Callable[[_Item], _Result],
    items: Sequence[_Item],
    *,
    instead: Callable[[_Item, str], _Result] | None = None,
    patience: float = PATIENCE,
) -> Iterator[tuple[int, _Result]]:
    """The number of each item and the result of `function` for it, as they come.

    Forked processes see what this one has in memory, so that nothing but results has to be sent; results must be
    plain values. Even where one process is enough for the work, it is a forked one, which may die of an item. `instead`
    then makes the item's result, from the item and from what ended the worker; without it, WorkerDiedError is raised.
    What `function` raises is raised here. Where forking is unsafe (with threads, or on other systems than Linux) this
    process does the work.
    """
    if not can_fork() or not items:
        yield from enumerate(map(function, items))
        return
    count = _processors() if len(items) >= FEWEST else 1
    size = min(LONGEST_CHUNK, -(-len(items) // (count * CHUNKS)))
    waiting = [range(start, min(start + size, len(items))) for start in range(0, len(items), size)][::-1]
    workers: list[_Worker] = []
    with _frozen():
        try:
            while waiting or workers:
                while waiting and len(workers) < count:
                    workers.append(_Worker(function, items))
                    workers[-1].give(waiting.pop())
                for worker in _heard(workers, patience):
                    answer = worker.answer()
                    if answer is None:
                        workers.remove(worker)
                        item = items[worker.at]
                        if instead is None:
                            raise WorkerDiedError(item, worker.ended())
                        yield worker.at, instead(item, worker.ended())
                        before, after = range(worker.chunk.start, worker.at), range(worker.at + 1, worker.chunk.stop)
                        waiting += [part for part in (after, before) if part]
                        continue
                    if answer.error is not None:
                        raise answer.error
                    done = worker.chunk
                    if waiting:
                        worker.give(waiting.pop())
                    else:
                        workers.remove(worker)
                        worker.end()
                    yield from zip(done, answer.results, strict=True)
        finally:
            for worker in workers:
                worker.end()


class _Answer(NamedTuple):
    """What a worker sends: the results of a chunk, or what the function raised."""

    results: list[Any]
    error: Exception | None = None


class _Worker:
    """A forked process, what it was given, and the item that it is at."""

    def __init__(self, function: Callable[[Any], Any], items: Sequence[Any]) -> None:
        if _FORK is None:
            raise RuntimeError("forking is unsafe on this system")
        self.chunk = range(0)
        self._connection, there = _FORK.Pipe()
        self._at = _FORK.RawValue("q", 0)
        self._seen = (-1, 0.0)
        self._is_stuck = False
        arguments = function, items, there, self._connection, self._at
        self._process = _FORK.Process(target=_work, args=arguments, daemon=True)
        _start(self._process)
        there.close()

    @property
    def connection(self) -> Connection:
        return self._connection

    @property
    def at(self) -> int:
        """The number of the item that it is at."""
        return max(self.chunk.start, int(self._at.value))

    def give(self, chunk: range) -> None:
        self.chunk = chunk
        self._seen = (-1, 0.0)
        self._connection.send(chunk)

    def answer(self) -> _Answer | None:
        """What it has to say; None where it has ended."""
        try:
            answer: _Answer = self._connection.recv()
        except (EOFError, ConnectionResetError):
            return None
        return answer

    def look(self, patience: float) -> None:
        """End it if it has been at the same item for too long."""
        now = time.monotonic()
        if self._seen[0] != self.at:
            self._seen = self.at, now
        elif now - self._seen[1] > patience:
            self._is_stuck = True
            self._process.kill()

    def ended(self) -> str:
        """What ended it, in words."""
        self._process.join()
        return "took too long, and was ended" if self._is_stuck else how_ended(self._process.exitcode or 0)

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()


def _work(function: Callable[[Any], Any], items: Sequence[Any], there: Connection, here: Connection, at: Any) -> None:
    """What a worker does: chunk after chunk, until nobody is there any more to give one."""
    here.close()
    _begin()
    try:
        while True:
            chunk: range = there.recv()
            results: list[Any] = []
            answer = _Answer(results)
            try:
                for number in chunk:
                    at.value = number
                    results.append(function(items[number]))
            except Exception as error:
                answer = _Answer([], error)
            there.send(answer)
    except (EOFError, BrokenPipeError):
        return


def _heard(workers: Sequence[_Worker], patience: float) -> list[_Worker]:
    """The workers that have answered or ended, when some have; those that are stuck are ended meanwhile."""
    ready = wait([worker.connection for worker in workers], min(_LOOK, patience))
    for worker in workers:
        if worker.connection not in ready:
            worker.look(patience)
    return [worker for worker in workers if worker.connection in ready]


@contextmanager
def _frozen() -> Iterator[None]:
    """The collector would touch, and so copy, every page of memory that processes share.

    A check takes 25.5 s of processor time instead of 27.9 at 10,000 entries, 1.8 instead of 2.3 at 1,000, and no less
    at 92.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def how_ended(code: int) -> str:
    """The exit code of a process in words: negative ones are signals."""
    if code == -signal.SIGKILL:
        return "was killed, perhaps because memory ran out"
    if code < 0:
        return f"crashed: {signal.strsignal(-code) or f'signal {-code}'}"
    return f"ended with exit code {code}"


class Fork:
    """Some work in a process forked from this one. Where it can't be forked, waiting does the work."""

    def __init__(self, work: Callable[[], None], name: str) -> None:
        self._work = work
        self._name = name
        self._process: BaseProcess | None = None
        if _FORK is not None and can_fork() and _processors() > 1:
            self._process = _FORK.Process(target=_run, args=(work,), daemon=True)
            _start(self._process)

    def wait(self) -> None:
        """Wait for the end. Raises WorkerDiedError where the work failed; why, the process has said if it could."""
        if self._process is None:
            self._work()
            return
        self._process.join()
        if self._process.exitcode:
            raise WorkerDiedError(self._name, how_ended(self._process.exitcode))

    def end(self) -> None:
        """End it amid its work."""
        if self._process is not None:
            self._process.kill()
            self._process.join()


def can_fork() -> bool:
    """Whether this process can be forked safely: on Linux, without threads, and not forked for a part of the work."""
    return _FORK is not None and threading.active_count() == 1 and not multiprocessing.current_process().daemon


def ending_with_this_process() -> Callable[[], None] | None:
    """What a program has to call before it starts (`preexec_fn`), so that it ends with this process in whatever way.

    None where that can't be had: with threads, and on other systems than Linux. A program that changes its user, such
    as sudo, leaves it behind (prctl(2), PR_SET_PDEATHSIG), and so does what the program itself starts.
    """
    return partial(_end_with, os.getpid()) if can_fork() else None


def end_with_caller() -> None:
    """Let this process end with the one that started it, if that one has put its own id into KB_PARENT."""
    if _FORK is not None and os.environ.get("KB_PARENT") == str(os.getppid()):
        _end_with(os.getppid())


def _run(work: Callable[[], None]) -> None:
    _begin()
    work()


def _start(process: BaseProcess) -> None:
    """Start a forked process, which is not interrupted before it can say that it takes no notice."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """What a forked process does first: it ends with the one that forked it, and leaves Ctrl+C to that one.

    An interrupt reaches all processes of a terminal's job; of each that does not expect it there would be a traceback.
    """
    parent = multiprocessing.parent_process()
    _end_with(parent.pid if parent and parent.pid else os.getppid())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _end_with(parent: int) -> None:
    """Let the system end this process when its parent ends in whatever way, or has ended meanwhile."""
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if _FORK else 1
