"""How a message read: its lines as printed, without what is another at each run or would give a machine away."""

import re
from collections.abc import Iterable
from typing import Final

from kb.checks import guarded
from kb.match import without_noise

MOST_LINES: Final = 6
MOST_CHARACTERS: Final = 600
_CUT: Final = "…"

_CHANGING: Final = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d[:_]\d\d(?:[:_]\d\d(?:[.,_]\d+)?)?(?:Z| ?[+-]\d\d:?\d\d)?)?"  # a day, a time
    r"|(?<![\d:])\d{1,2}:\d\d:\d\d(?:[.,]\d+)?(?![\d:])"
    r"|(?<![\w.])\d+(?:\.\d+)? ?(?:ms|seconds?|secs?|µs)\b|(?<![\w.])\d+\.\d+ ?s\b"
    r"|0x[0-9a-fA-F]{6,}"
    r"|(?<!\w)[0-9A-F]{12,16}(?=:error:)"  # OpenSSL's name for a thread
    r"|(?<![\w-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])"
    r"|(?<=/tmp/)[^\s/'\":,)]+"
    r"|(?<=[-_.])(?=[a-z0-9_]*\d)(?=[a-z0-9_]*[a-z])[a-z0-9_]{8}(?=[/'\"\s])"  # what `mkstemp` makes up
    r"|(?<=\(node:)\d+(?=\))|(?<=\[)\d{2,7}(?=\])|(?<=pid )\d+|(?<=PID )\d+"
)
"""Times, addresses in memory, names that are made up, numbers of processes."""


def wording(output: str, start: int, end: int, places: Iterable[tuple[str, str]]) -> str | None:
    """The lines of an output in which a message stands, from character `start` to `end`.

    `places` are folders of this machine with what is written for them. None where the lines hold what only a person
    can make fit to be shown, such as a secret.
    """
    first = output.rfind("\n", 0, start) + 1
    last = output.find("\n", max(start, end - 1))
    lines = output[first : last if last >= 0 else len(output)].split("\n")[:MOST_LINES]
    text = "\n".join(line.rstrip() for line in lines)
    shown = cleaned(text, places)
    return None if shown is None else shown[:MOST_CHARACTERS]


def cleaned(text: str, places: Iterable[tuple[str, str]]) -> str | None:
    """A text that a program printed without what is another at each run or would give a machine away.

    None where only a person can make it fit to be shown, since it holds a secret.
    """
    return guarded(_CHANGING.sub(_CUT, without_noise(_placed(text, places))))


def fit_to_show(text: str, places: Iterable[tuple[str, str]]) -> str | None:
    """A text that a program printed, as it stands but for what would give a machine or a person away.

    None where only a person can make it fit to be shown.
    """
    return guarded(without_noise(_placed(text, places)))


def _placed(text: str, places: Iterable[tuple[str, str]]) -> str:
    for folder, instead in sorted(places, key=lambda place: -len(place[0])):
        text = text.replace(folder, instead)
    return text
