"""What is told of many problems: the first of each file, how many more there are, and a long line in part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.checks.rule import MOST_OF_A_KIND

if TYPE_CHECKING:
    from kb.checks.diagnostic import Diagnostic

MOST_SHOWN: Final = 100
"""Problems of one file that are told one by one. Whoever mends these runs the check again."""

LONGEST_LINE: Final = 1_000
"""Characters of a problem's line that are told to programs: it may be a megabyte, and have a hundred problems."""


class More(NamedTuple):
    """How many problems of a file are not told."""

    path: Path
    number: int
    is_least: bool
    """Whether there may be more still: of one kind so many are looked for and no more."""

    def __str__(self) -> str:
        return f"… and {'at least ' if self.is_least else ''}{self.number:,} more"


class Told(NamedTuple):
    """The problems of a run that are told, in their order, and what is left out."""

    problems: list[Diagnostic]
    more: dict[Path, More]


def told(found: Iterable[Diagnostic]) -> Told:
    """The first hundred problems of each file."""
    problems: list[Diagnostic] = []
    kinds: dict[Path, Counter[str]] = {}
    for problem in found:
        of_file = kinds.setdefault(problem.path, Counter())
        of_file[problem.code] += 1
        if of_file.total() <= MOST_SHOWN:
            problems.append(problem)
    more = {
        path: More(path, of_file.total() - MOST_SHOWN, max(of_file.values()) >= MOST_OF_A_KIND)
        for path, of_file in kinds.items()
        if of_file.total() > MOST_SHOWN
    }
    return Told(problems, more)


def line_of(problem: Diagnostic) -> str:
    """The line of a problem; of a very long one the part around the problem, with marks where it was cut."""
    line = problem.source_line
    if len(line) <= LONGEST_LINE:
        return line
    start = max(0, min(problem.position.column - 1 - LONGEST_LINE // 2, len(line) - LONGEST_LINE))
    end = start + LONGEST_LINE
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
