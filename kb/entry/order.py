"""Which workaround comes first.

1. Proof: those that are proven with the newest versions they were tried with, then those of which nothing is known,
   then those that did not help there. One with a warning (`> [!WARNING]`, `> [!CAUTION]`) does not come forward by
   its proof: that it works does not make it the first thing to try.
2. Votes: of those that are alike in that, the ones of which at least five readers said "This one worked" come first,
   those with most of them before the others.
3. The order of the entry's file.

A proof shows that a workaround helps in the recipe's case, and not how often that is a reader's case. An entry whose
file has the better order says why (`keep_order`), and keeps it. A workaround's number is its place in the file,
whatever stands first.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from kb.entry.model import Entry, Workaround
from kb.entry.proven import Proven
from kb.entry.workaround_keys import workaround_keys

FEWEST_READERS: Final = 5
_WARNING: Final = re.compile(r"^ {0,3}> ?\[!(?:WARNING|CAUTION)\]", re.MULTILINE | re.IGNORECASE)


class Step(NamedTuple):
    """A workaround with its number, from 1, in the entry's file."""

    number: int
    workaround: Workaround


def ordered_steps(entry: Entry, proven: Proven | None = None) -> tuple[Step, ...]:
    """The workarounds of an entry, the one to try first at the beginning. `proven` saves reading its record again."""
    steps = tuple(Step(*each) for each in enumerate(entry.workarounds, 1))
    if entry.keep_order or not (entry.proved or entry.taps):
        return steps
    rank = _rank_by(proven or Proven(entry))
    worked = [entry.taps.get(f"works@{key}", 0) for key in workaround_keys(entry)]
    return tuple(sorted(steps, key=lambda step: (rank(step), -_telling(worked[step.number - 1]))))


def first_step(entry: Entry, proven: Proven | None = None) -> Step:
    """The workaround to try first."""
    return ordered_steps(entry, proven)[0]


def order_formula() -> str:
    """The formula in words, as Markdown, as it stands at the head of this module."""
    return (__doc__ or "").partition("\n\n")[2]


def _telling(count: int) -> int:
    """How many readers said so, where they are enough to tell."""
    return count if count >= FEWEST_READERS else 0


def _rank_by(proven: Proven) -> Callable[[Step], int]:
    def rank(step: Step) -> int:
        if step.number in proven.failed:
            return 2
        return 0 if step.number in proven.proofs and not _WARNING.search(step.workaround.body) else 1

    return rank
