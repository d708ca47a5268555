"""The files of somebody else's site, looked at before anything is done with them.

A site that is matched against may be anyone's. What isn't as a build writes it (`kb.match.index`, `kb.match.fixes`,
`kb.match.search.index`)
raises ValueError, and the text says in which file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    Read = Callable[[str], bytes]

CONTRADICTIONS: Final = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError)
"""What comes out where files are well-formed, each by itself, and contradict each other."""

MOST_SHARDS: Final = 10**7


def checked(read: Read) -> Read:
    """The same files, looked at. Raises what `read` raises, and ValueError."""

    def read_checked(name: str) -> bytes:
        content = read(name)
        try:
            _check(name, content)
        except RecursionError:
            raise ValueError(f"{name}: it is nested too deeply") from None
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
        return content

    return read_checked


def _check(name: str, content: bytes) -> None:
    if name == "match/index/keys.bin":
        _expect(len(content) % 4 == 0, "it is cut off")
    elif name == "match/index/runs.txt":
        content.decode("utf-8", "surrogatepass")
    elif name == "match/index/root.json":
        _check_counts(json.loads(content), "version", "signatures", "keys", "shards", "longest")
    elif name == "match/fixes/root.json":
        _check_counts(json.loads(content), "version", "shards")
    elif name == "search/index/root.json":
        _check_counts(json.loads(content), "version", "entries", "shards", "per_block")
    elif name.startswith("search/index/words/"):
        content.decode()
    elif name.startswith("search/index/entries/"):
        _expect(isinstance(json.loads(content), list), "expected a list")
    else:
        # Of the records in a shard each is looked at by who reads it: a bad one hides no good one.
        _expect(isinstance(json.loads(content), dict), "expected an object")


def _expect(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)


def _check_counts(value: Any, *names: str) -> None:
    _expect(isinstance(value, dict), "expected an object")
    for name in names:
        number = value.get(name)
        _expect(type(number) is int and 0 <= number < 2**31, f"`{name}` has to be a number")
    _expect(0 < value["shards"] <= MOST_SHARDS, "`shards` has to be 1 or more")
