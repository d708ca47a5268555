"""The garbage collector, for commands and the plugin, which make millions of objects that all stay."""

import atexit
import gc
from typing import Final

THRESHOLD: Final = 100_000
"""Objects made between two rounds of the garbage collector."""


def collect_seldom() -> None:
    """Let the garbage collector look less often, and not at all at the end of the process."""
    gc.set_threshold(THRESHOLD, 20, 20)
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)
