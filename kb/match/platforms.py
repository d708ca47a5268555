"""Which platforms a text shows, by what only they print: paths, targets, programs. The twin is `platforms.js`."""

from __future__ import annotations

import re

from kb.match.tables import PLATFORMS

KNOWN = frozenset(PLATFORMS)
"""The platforms that a text can show, named as in `affects.platforms`."""
_SHOWN = {name: re.compile(pattern) for name, pattern in PLATFORMS.items()}


def platforms_shown(text: str) -> frozenset[str]:
    """The platforms that a text shows, as `affects.platforms` names them; none where it shows none."""
    return frozenset(name for name, shown in _SHOWN.items() if shown.search(text))
