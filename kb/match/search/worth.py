"""What counts how much in a search. Published with the index, so that Python and JavaScript count alike.

Chosen with `kb eval tests/data/match/queries.jsonl`, and looked at again with `queries_unseen.jsonl` (2026-11-29).
With 1,130 entries (2026-12-01) a phrase tells less than with 127: 0.25 in place of 0.45 has 0.880 of the plain words
first, and 0.820 of the unseen ones, where it was 0.866 and 0.804; where prose tells less of how rare a term is (0.3 in
place of 1), and values of messages that name products are seen, it is 0.887 and 0.833.
"""

from __future__ import annotations

from typing import Final, TypedDict


class Worth(TypedDict):
    """How much counts what a query has, 0 to 1 where nothing else is said."""

    synonym: float
    beginning: float
    """A longer word that begins with what was typed."""
    part: float
    """The parts of a name, where the name itself is unknown."""
    slip: list[float]
    """A word by the slips of the keys that are between: none, one, two."""
    phrase: float
    """Each word once more that repeats a message or a title in its order."""
    value: float
    """A word that stands where the message varies that a query repeats."""
    unknown: float
    """A word that no entry has, as a share of the rarest one: it may name what no entry is about, or a value."""
    prose: float
    """For how rare a term is, an entry that has it only in its prose, beside one that is about it."""
    elsewhere: float
    """For being known, a word that stands only in an entry's prose."""
    about: float
    other: float
    """An entry of another product than the one that the query names, that is about the word that names it, or isn't."""
    draft: float
    """An entry that a model drafted and nobody has reviewed."""
    coverage: float
    """How much of the score depends on the share of the query that an entry accounts for."""
    known: list[float]
    """Least share that an entry must account for to be an answer, by the words of the query: one, two, …"""


WORTH: Final = Worth(
    synonym=0.85,
    beginning=0.7,
    part=0.8,
    slip=[1.0, 0.8, 0.6],
    phrase=0.25,
    value=0.25,
    unknown=0.75,
    prose=0.3,
    elsewhere=0.35,
    about=0.9,
    other=0.7,
    draft=0.7,
    coverage=0.4,
    known=[0.6, 0.65, 0.6, 0.58, 0.47, 0.42, 0.35, 0.3, 0.25],
)
