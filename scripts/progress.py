"""What benchmarks tell the person who waits."""

import sys


def progress(text: str) -> None:
    """Tell it on stderr, as it stands; what is measured goes to stdout."""
    sys.stderr.write(text)
    sys.stderr.flush()
