"""Words for proofs: which workarounds, and whether long ago. Standard library alone, as `version_order`."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

LONG_AGO: Final = timedelta(days=365)
"""A proof that is older is said to be of long ago: most tools had a major version since. `proven.js` knows it, too."""


def numbered(numbers: Iterable[int]) -> str:
    """`workaround 1`, `workarounds 1, 2 and 4`."""
    *others, last = map(str, numbers)
    return f"workarounds {', '.join(others)} and {last}" if others else f"workaround {last}"


def is_long_ago(day: date, today: date) -> bool:
    """Whether what was proven on a day is said to be proven long ago."""
    return today - day > LONG_AGO
