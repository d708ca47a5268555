"""Which of two versions of a tool is newer. Standard library alone: commands that only match start with it."""

import re
from typing import Final

BEFORE_RELEASE: Final = frozenset(
    ("a", "alpha", "b", "beta", "c", "canary", "dev", "m", "next", "nightly", "pre", "preview", "rc")
)
"""Words that stand in the version of what comes before a release: `12.0.0-beta.1`, `3.14.0rc2`."""

_PIECE: Final = re.compile(r"[0-9]+|[a-z]+")
_PREFIX: Final = re.compile(r"^[a-z]+(?=[0-9])")
_EARLIER, _END, _LETTERS, _NUMBER = range(4)

VersionKey = tuple[tuple[int, int, str], ...]


def is_between(version: str, first: str | None, end: str | None) -> bool:
    """Whether a version is `first` or newer, and older than `end`; None is no bound."""
    key = version_key(version)
    return (first is None or version_key(first) <= key) and (end is None or key < version_key(end))


def version_key(version: str) -> VersionKey:
    """What versions are ordered by. Numbers count as numbers, `1.0` is `1.0.0`, `1.1.1k` comes after `1.1.1` and
    `12.0.0-beta.1` before `12.0.0`; what follows a `+` doesn't count (https://semver.org, clauses 10 and 11).
    """
    plain = _PREFIX.sub("", version.lower().partition("+")[0])
    key: list[tuple[int, int, str]] = []
    for piece in _PIECE.findall(plain):
        if piece.isdigit():
            key.append((_NUMBER, int(piece), ""))
            continue
        if piece in BEFORE_RELEASE:
            _drop_zeros(key)
        key.append((_EARLIER if piece in BEFORE_RELEASE else _LETTERS, 0, piece))
    _drop_zeros(key)
    return (*key, (_END, 0, ""))


def _drop_zeros(key: list[tuple[int, int, str]]) -> None:
    while key and key[-1] == (_NUMBER, 0, ""):
        key.pop()
