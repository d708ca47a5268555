"""What an answer says of proofs, in one line. The twin is `proven.js`."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from kb.entry import is_long_ago, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.match.fixes import FixProof


def proven_line(proofs: Iterable[FixProof], today: date) -> str:
    """`Proven: workarounds 1 and 2 with pip 26.3, 2026-11-28`; nothing where no workaround is."""
    said = []
    for of, alike in groupby(proofs, key=said_of):
        found = list(alike)
        ago = ", long ago" if is_long_ago(date.fromisoformat(found[0]["day"]), today) else ""
        said.append(f"{numbered(proof['workaround'] for proof in found)}{of}{ago}")
    return f"Proven: {'; '.join(said)}" if said else ""


def said_of(proof: FixProof) -> str:
    """` with pip 26.3, 2026-11-28`, what follows on the word "proven"; only the day where no versions are recorded."""
    versions = f" with {proof['versions']}" if proof["versions"] else ""
    return f"{versions}, {proof['day']}"
