"""A value that is made when it is first asked for, by whichever thread asks first."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


class Once(Generic[_Value]):
    """Gives the value of a function that is called once, however many threads ask. What it raises is raised."""

    def __init__(self, make: Callable[[], _Value]) -> None:
        self._make = make
        self._making = Lock()
        self.made: _Value | None = None
        """The value, where somebody has asked for it."""

    def __call__(self) -> _Value:
        with self._making:
            if self.made is None:
                self.made = self._make()
            return self.made
