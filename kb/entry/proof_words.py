"""Words for proofs: which workarounds, and whether long ago. Standard library alone, as `version_order`."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from kb.words import ENGLISH, Words

LONG_AGO: Final = timedelta(days=365)
"""A proof that is older is said to be of long ago: most tools had a major version since. `proven.js` knows it, too."""


def numbered(numbers: Iterable[int], words: Words = ENGLISH) -> str:
    """`workaround 1`, `workarounds 1, 2 and 4`."""
    *others, last = map(str, numbers)
    if not others:
        return words.gettext("workaround %(last)s") % {"last": last}
    return words.gettext("workarounds %(others)s and %(last)s") % {"others": ", ".join(others), "last": last}


def is_long_ago(day: date, today: date) -> bool:
    """Whether what was proven on a day is said to be proven long ago."""
    return today - day > LONG_AGO
