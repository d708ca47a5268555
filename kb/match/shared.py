"""Numbers and patterns that the matcher in JavaScript has from the one in Python, whose modules say what they mean."""

from __future__ import annotations

import re
from types import ModuleType
from typing import Final

from kb.entry import BEFORE_RELEASE
from kb.match import (
    against,
    align,
    anew,
    candidates,
    captures,
    cut,
    edges,
    filter,  # noqa: A004 - the module of that name
    glance,
    index,
    keys,
    likely,
    lines,
    matcher,
    mentions,
    noise,
    platforms,
    reading,
    relative,
    stream,
    values,
    versions,
    wording,
    words,
)

Shared = str | int | float | list["Shared"] | dict[str, "Shared"]
"""What both languages write alike."""

_NAMES: Final[dict[ModuleType, str]] = {
    against: "BESIDE_BEFORE BESIDE_AFTER PLATFORM_AROUND",
    align: "TRIES STEPS STEP_COST LEAST_WORK WORDS_PER_WORK LEAST_SHARE WORDS_PER_GLANCE GLANCES_A_TRY STOP",
    anew: "FRAME CARETS MESSAGE",
    candidates: "LEAST_KEYS MOST_KEYS SHORT",
    captures: "GUTTERS OPENERS CLOSERS JSON_OPEN OPENING_TAGS OPENING_QUOTES QUOTE",
    cut: "LONG ALL TELLING MANY REWORDED OTHERWISE CUT FIRST_SENTENCE CUT_BY_LINE",
    edges: "BESIDE BESIDE_VALUE STOPS QUOTES CLOSED_BY OPENED_BY PARTED_BY",
    filter: "GOLDEN",
    glance: "PLACES",
    index: "VERSION",
    keys: "FACTORS LOOSE",
    likely: "SLACK REACH GAP MOST_ALIKE FOREIGN ALIKE",
    lines: "MIN_WIDTH SEEN USUAL FRAME_ENDS",
    matcher: (
        "PARTS_PER_KEY PARTS_PER_SIGNATURE FEWEST_PARTS WORDS_PER_PART PARTS_OF_SHORT NEARBY MAY_BE_CUT MOST_LIKELY "
        "NEARLY_WHOLE BLOCK"
    ),
    mentions: "MENTION SEEN_AFTER",
    noise: "NOISE ENTITIES PREFIX",
    platforms: "PLATFORMS",
    reading: "ELIDED MARKS",
    relative: "PATH_REACH PATH",
    stream: "WINDOW OVERLAP",
    values: "SPACE MAX_VALUE MAX_BLOCK MAX_WRAPS PATTERNS UNSPACED CLOSING",
    versions: "VERSION_FORMS SEARCHED_FOR_VERSIONS",
    wording: "MOST_CHARACTERS LONGEST_LINE MOST_LINES MOST_WORDS QUOTED WORD NAMING NOT_NAMES EDGES",
    words: "SPACED UNSPACED_LETTERS",
}


def shared_tables() -> dict[str, Shared]:
    """Name -> value; a pattern is the text of it, which means the same in both languages."""
    tables = {name: _plain(getattr(module, name)) for module, names in _NAMES.items() for name in names.split()}
    return tables | {"BEFORE_RELEASE": _plain(BEFORE_RELEASE)}


def _plain(value: object) -> Shared:
    if isinstance(value, re.Pattern):
        return str(value.pattern)
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, cut.Least):
        return dict(value._asdict())
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return [_plain(one) for one in sorted(value)]
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    raise TypeError(f"{value!r} can't be shared")
