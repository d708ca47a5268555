"""A deadline for a whole request. A client's own timeout is one for each read: a server that sends a byte now and then,
in the head or in the body, never runs into it, nor does a name that takes for ever to be looked up.
"""

import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import TypeVar

_Value = TypeVar("_Value")


class OverdueError(Exception):
    """Something was not done within its time."""


def within(seconds: float, work: Callable[[], _Value]) -> _Value:
    """What `work` returns or raises. Raises OverdueError where that takes more than so many seconds.

    Python can't end a call that waits for a socket, so the work runs in a thread. What is overdue is left behind: it
    ends with its client's own timeout, or with the program.
    """
    returned: list[_Value] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            returned.append(work())
        except BaseException as error:
            raised.append(error)

    # Clients keep their connection in a context variable.
    thread = threading.Thread(target=copy_context().run, args=(run,), daemon=True)
    thread.start()
    thread.join(seconds)
    if raised:
        raise raised[0]
    if not returned:
        raise OverdueError(f"nothing within {seconds:g} s")
    return returned[0]
