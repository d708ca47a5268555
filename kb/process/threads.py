"""Doing several things at once that wait for other programs: threads, which end with this process."""

import threading
from collections.abc import Callable, Iterator, Sequence
from queue import SimpleQueue
from typing import TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def in_threads(
    function: Callable[[_Item], _Result], items: Sequence[_Item], count: int
) -> Iterator[tuple[_Item, _Result]]:
    """Each item with its result, as they come, `count` at once. What `function` raises is raised here.

    Whoever stops asking leaves no thread that keeps the process from ending.
    """
    waiting = iter(items)
    taking = threading.Lock()
    results: SimpleQueue[tuple[_Item, _Result | None, BaseException | None]] = SimpleQueue()
    is_over = threading.Event()

    def work() -> None:
        while not is_over.is_set():
            with taking:
                item = next(waiting, None)
            if item is None:
                return
            try:
                results.put((item, function(item), None))
            except BaseException as error:
                results.put((item, None, error))

    for _ in range(min(count, len(items))):
        threading.Thread(target=work, daemon=True).start()
    try:
        for _ in items:
            item, result, error = results.get()
            if error is not None:
                raise error
            yield item, result  # type: ignore[misc]  # without an error there is a result
    finally:
        is_over.set()
