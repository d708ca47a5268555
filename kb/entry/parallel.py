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
    processes = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    if processes < 2 or len(items) < FEWEST:
        return list(map(function, items))
    size = -(-len(items) // (processes * CHUNKS))
    chunks = [(start, min(start + size, len(items))) for start in range(0, len(items), size)]
    _work = function, items
    gc.freeze()  # the collector would touch, and so copy, every page of memory that processes share
    try:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            return [result for results in pool.imap(_results, chunks) for result in results]
    finally:
        _work = None
        gc.unfreeze()


def _results(chunk: tuple[int, int]) -> list[Any]:
    if _work is None:
        raise RuntimeError("this process was not forked for any work")
    function, items = _work
    return [function(item) for item in items[slice(*chunk)]]
