"""What is proven of an entry: which workarounds helped, with which versions and when, by the record it stands by.

A record that was edited by hand or is out of date proves nothing (`kb.entry.standing`).
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from kb.entry.model import Entry, Product
from kb.entry.recipe import ErrorOutcome, FixOutcome, ProvedRun
from kb.entry.standing import standing_record

_NUMBER: Final = re.compile(r"\d+")


class Proof(NamedTuple):
    """What proves a workaround: the run of the newest versions with which it helped."""

    workaround: int
    """Its number in the entry's file, from 1."""
    run: ProvedRun

    @property
    def day(self) -> date:
        return self.run.day


class Proven:
    """What the record of an entry proves; nothing, where there is none that stands."""

    def __init__(self, entry: Entry) -> None:
        record = standing_record(entry)
        self.runs: tuple[ProvedRun, ...] = record.runs if record else ()
        self.provoked = tuple(run for run in self.runs if run.error is ErrorOutcome.PROVOKED)
        """The runs in which the error happened."""

    @cached_property
    def tried(self) -> tuple[int, ...]:
        """The numbers of the workarounds that were tried with any combination of versions."""
        return tuple(sorted({fix.workaround for run in self.runs for fix in run.fixes}))

    @cached_property
    def proofs(self) -> dict[int, Proof]:
        """Number of a workaround -> its proof, of those that helped with the newest versions they were tried with."""
        return {
            number: Proof(number, run)
            for number, run in self._newest.items()
            if outcome_of(run, number) is FixOutcome.PROVEN
        }

    @cached_property
    def failed(self) -> dict[int, ProvedRun]:
        """Number of a workaround -> the newest run that tried it, of those that did not help in that one."""
        return {number: run for number, run in self._newest.items() if number not in self.proofs}

    @cached_property
    def day(self) -> date | None:
        """The day on which a workaround was last proven."""
        return max((proof.day for proof in self.proofs.values()), default=None)

    @cached_property
    def _newest(self) -> dict[int, ProvedRun]:
        """Number of a workaround -> the run of the newest versions in which it helped or did not."""
        told = {
            number: [run for run in self.provoked if outcome_of(run, number) in (FixOutcome.PROVEN, FixOutcome.FAILED)]
            for number in self.tried
        }
        return {number: max(runs, key=by_age) for number, runs in told.items() if runs}


def outcome_of(run: ProvedRun, number: int) -> FixOutcome | None:
    """What came of a workaround in a run; None where the run did not try it."""
    return next((fix.outcome for fix in run.fixes if fix.workaround == number), None)


def by_age(run: ProvedRun) -> tuple[tuple[tuple[int, ...], ...], date]:
    """What runs are ordered by: their versions, the tool that the recipe names last first; then the day."""
    return tuple(map(version_numbers, reversed(run.with_.values()))), run.day


def version_numbers(version: str) -> tuple[int, ...]:
    """The numbers in a version, by which it is newer or older than another."""
    return tuple(map(int, _NUMBER.findall(version)))


def named_versions(run: ProvedRun, products: Mapping[str, Product]) -> str:
    """`Python 3.13.0, pip 26.1`: the versions of a run, tools as their makers write them."""
    return ", ".join(f"{tool_name(tool, products)} {version}" for tool, version in run.with_.items())


def tool_name(tool: str, products: Mapping[str, Product]) -> str:
    """A tool of a recipe as its makers write it."""
    product = products.get(tool)
    return product.name if product else tool.removeprefix("pypi/").removeprefix("npm/")
