"""From what was tried to the record of an entry: what stands there already stays where it still says the same."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from kb.entry import Entry, ErrorOutcome, ProvedRun, Recipe, Record, edit_front_matter, sealed, standing_record
from kb.proofs.combinations import combinations_of

_FRESH: Final = timedelta(days=28)
"""So long a run that came out as before keeps its day: else each scheduled run would change every entry."""


def record_of(entry: Entry, recipe: Recipe, tried: Iterable[ProvedRun]) -> Record:
    """The record of an entry after some combinations were tried, with the runs in the recipe's order."""
    standing = standing_record(entry)
    runs = list(standing.runs) if standing else []
    for run in tried:
        at = next((number for number, old in enumerate(runs) if is_of_same(old, run)), None)
        if at is None:
            runs.append(run)
        elif run.error is not ErrorOutcome.NOT_TRIED and not _is_as_before(runs[at], run):
            runs[at] = run
    return sealed(entry, _ordered(recipe, runs))


def with_record(text: str, name: str, record: Record) -> str:
    """The text of an entry's file with a record in it. Raises EditError."""
    # Without what is not said; the day is a date, and the outcomes are words.
    value = record.model_dump(by_alias=True, exclude_defaults=True)
    return edit_front_matter(text, name, {"proved": value})


def is_of_same(one: ProvedRun, other: ProvedRun) -> bool:
    """Whether two runs are of one combination: the newest version is one by itself, whichever that is."""
    if one.latest != other.latest or one.with_.keys() != other.with_.keys() or one.platform != other.platform:
        return False
    return all(one.with_[name] == other.with_[name] or name in one.latest for name in one.with_)


def came_out_alike(one: ProvedRun, other: ProvedRun) -> bool:
    """Whether the same came of two runs: error, wording and workarounds, whatever release of a tool that was."""
    apart = {"day", "why", "with_"}
    return one.model_dump(exclude=apart) == other.model_dump(exclude=apart)


def _is_as_before(old: ProvedRun, new: ProvedRun) -> bool:
    return came_out_alike(old, new) and old.with_ == new.with_ and new.day - old.day < _FRESH


def _ordered(recipe: Recipe, runs: Sequence[ProvedRun]) -> list[ProvedRun]:
    """The runs in the order of the recipe's combinations; those of other versions after them."""
    combinations = combinations_of(recipe)

    def place(run: ProvedRun) -> tuple[int, list[str], str]:
        at = (number for number, one in enumerate(combinations) if one.is_of(run))
        return next(at, len(combinations)), sorted(run.with_.values()), run.platform

    return sorted(runs, key=place)
