"""Using all processors: a function over many items, in processes forked from this one."""

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

FEWEST: Final = 400
"""Items from which on more processes are faster than one."""

CHUNKS: Final = 4
"""Parts for each process, so that one with long items does not keep the others waiting."""

_FORK: Final = multiprocessing.get_context("fork") if sys.platform == "linux" else None
"""None where forking is unsafe: on other systems than Linux."""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_work: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def map_forked(function: Callable[[_Item], _Result], items: Sequence[_Item]) -> list[_Result]:
    """The results of `function` for all items, in their order.

    Forked processes see what this one has in memory, so that nothing but results has to be sent; results must be
    plain values. Where forking is unsafe (with threads, or on other systems than Linux) or not worth it, this
    process does the work.
    """
    global _work  # noqa: PLW0603 - what a forked process finds in its memory
    processes = _processors()
    if _FORK is None or processes < 2 or len(items) < FEWEST:
        return list(map(function, items))
    size = -(-len(items) // (processes * CHUNKS))
    chunks = [(start, min(start + size, len(items))) for start in range(0, len(items), size)]
    _work = function, items
    gc.freeze()  # the collector would touch, and so copy, every page of memory that processes share
    try:
        pool = _FORK.Pool(processes)
    finally:
        _work = None
        gc.unfreeze()
    with pool:
        return [result for part in pool.imap(_results, chunks) for result in part]


def start_forked(work: Callable[[], None]) -> Callable[[], None]:
    """Start some work in a process forked from this one; returns what waits for its end.

    Waiting raises RuntimeError where the work failed; the process has said why by then. Where there is one processor,
    or forking is unsafe, waiting does the work.
    """
    if _FORK is None or _processors() < 2:
        return work
    process = _FORK.Process(target=work, daemon=True)
    process.start()

    def wait() -> None:
        process.join()
        if process.exitcode:
            raise RuntimeError(f"a process forked for a part of the work ended with {process.exitcode}")

    return wait


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if _FORK else 1


def _results(chunk: tuple[int, int]) -> list[Any]:
    if _work is None:
        raise RuntimeError("this process was not forked for any work")
    function, items = _work
    return [function(item) for item in items[slice(*chunk)]]
