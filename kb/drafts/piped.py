"""A log that is piped in: of a very long one its start and its end, where it says what went wrong."""

from typing import IO, NamedTuple


class Piped(NamedTuple):
    """What was read of a log."""

    content: bytes
    left_out: int
    """Bytes between its start and its end that are not in it."""


def both_ends(stream: IO[bytes], most: int) -> Piped:
    """Read a stream to its end; at most about `most` bytes of it are kept."""
    start = stream.read(most // 4)
    room = most - len(start)
    end = b""
    left_out = 0
    while block := stream.read(most):
        end += block
        left_out += max(0, len(end) - room)
        end = end[-room:]
    return Piped(start + b"\n" + end if left_out else start + end, left_out)
