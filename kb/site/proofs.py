"""What an entry's page says of its proofs: with which versions the error happens, and which workarounds help there."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Final, NamedTuple

from kb.entry import Entry, ErrorOutcome, FixOutcome, Product, ProvedRun, standing_record

_NUMBER: Final = re.compile(r"\d+")
_ERRORS: Final = {
    ErrorOutcome.PROVOKED: "happens",
    ErrorOutcome.ABSENT: "does not happen",
    ErrorOutcome.OTHER: "another message",
    ErrorOutcome.STOPPED: "stopped",
    ErrorOutcome.SKIPPED: "can't be",
    ErrorOutcome.NOT_TRIED: "not tried",
}
_FIXES: Final = {
    FixOutcome.PROVEN: "helps",
    FixOutcome.FAILED: "does not help",
    FixOutcome.NEEDLESS: "not needed",
    FixOutcome.STOPPED: "stopped",
    FixOutcome.NOT_TRIED: "not tried",
}


class Cell(NamedTuple):
    """A word for what came of a workaround."""

    word: str
    is_proven: bool = False


class Row(NamedTuple):
    """What came of one combination of versions, as the page's table shows it."""

    versions: str
    error: str
    line: str
    """How the message read, where that differs from the row before."""
    why: str
    """What is known of a message that did not come."""
    fixes: tuple[Cell, ...]
    """One for each workaround that was tried with any combination."""
    day: str


class ProofView:
    """The record that an entry stands by, as its page shows it; a record that is out of date or edited is none.

    `products` has the names of tools as their makers write them.
    """

    def __init__(self, entry: Entry, products: Mapping[str, Product]) -> None:
        record = standing_record(entry)
        self._products = products
        self.unprovable = entry.proof.unprovable if entry.proof else None
        self.runs: tuple[ProvedRun, ...] = record.runs if record else ()
        self.provoked = [run for run in self.runs if run.error is ErrorOutcome.PROVOKED]
        self.tried = sorted({fix.workaround for run in self.runs for fix in run.fixes})
        """The numbers of the workarounds that were tried with any combination."""

    @cached_property
    def happens(self) -> str:
        """`pip 20.3.4 to 26.3`: the versions with which the error was provoked; nothing if it was with none."""
        found: dict[str, set[str]] = {}
        for run in self.provoked:
            for tool, version in run.with_.items():
                found.setdefault(tool, set()).add(version)
        return ", ".join(f"{self._name(tool)} {_span(own)}" for tool, own in found.items())

    @cached_property
    def _newest_proofs(self) -> dict[int, ProvedRun]:
        """Number of a workaround -> the run of the newest versions with which it was proven."""
        proofs = {
            number: [run for run in self.provoked if _outcome(run, number) is FixOutcome.PROVEN]
            for number in self.tried
        }
        return {number: max(runs, key=_age) for number, runs in proofs.items() if runs}

    @cached_property
    def proven(self) -> dict[int, str]:
        """Number of a workaround -> the newest versions with which it was proven, and the day."""
        return {
            number: ", ".join(filter(None, (self._versions(run), run.day.isoformat())))
            for number, run in self._newest_proofs.items()
        }

    @property
    def short_line(self) -> str:
        """The same for a narrow screen: `Proven 2026-11-28`, or `Provoked …` where no workaround is."""
        return f"{'Proven' if self.proven else 'Provoked'} {self._day}"

    @property
    def _day(self) -> str:
        """When the workarounds were last proven; where none is, when the error was last provoked."""
        return max(run.day for run in self._newest_proofs.values() or self.provoked).isoformat()

    @cached_property
    def line(self) -> str:
        """What is proven, in one line: `Happens with pip 20.3.4 to 26.3 · workarounds 1 and 2 proven, 2026-11-28`."""
        if not self.provoked:
            return ""
        said = [f"Happens with {self.happens}" if self.happens else f"Provoked on {self.provoked[0].platform}"]
        numbers = list(map(str, self.proven))
        if numbers:
            joined = " and ".join(filter(None, (", ".join(numbers[:-1]), numbers[-1])))
            said.append(f"workaround{'s' if len(numbers) > 1 else ''} {joined} proven, {self._day}")
        return " · ".join(said)

    @cached_property
    def rows(self) -> list[Row]:
        """A row for each combination of versions, the newest ones first."""
        rows: list[Row] = []
        last = ""
        for run in sorted(self.runs, key=_age, reverse=True):
            line = run.line or ""
            versions = self._versions(run) or run.platform
            fixes = tuple(_cell(run, number) for number in self.tried)
            is_new = line != last
            error = f"{_ERRORS[run.error]}{'' if is_new or not line else ', reads the same'}"
            rows.append(Row(versions, error, line if is_new else "", run.why or "", fixes, run.day.isoformat()))
            last = line or last
        return rows

    def _versions(self, run: ProvedRun) -> str:
        return ", ".join(f"{self._name(tool)} {version}" for tool, version in run.with_.items())

    def _name(self, tool: str) -> str:
        product = self._products.get(tool)
        return product.name if product else tool.removeprefix("pypi/").removeprefix("npm/")


def _cell(run: ProvedRun, number: int) -> Cell:
    outcome = _outcome(run, number)
    return Cell(_FIXES[outcome], outcome is FixOutcome.PROVEN) if outcome else Cell("–")


def _outcome(run: ProvedRun, number: int) -> FixOutcome | None:
    return next((fix.outcome for fix in run.fixes if fix.workaround == number), None)


def _span(versions: set[str]) -> str:
    """`20.3.4 to 26.3`, or the only one."""
    ordered = sorted(versions, key=_number)
    return ordered[0] if len(ordered) == 1 else f"{ordered[0]} to {ordered[-1]}"


def _age(run: ProvedRun) -> tuple[tuple[int, ...], ...]:
    """What runs are ordered by: their versions, the tool that the recipe names last first."""
    return tuple(_number(version) for version in reversed(run.with_.values()))


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, _NUMBER.findall(version)))
