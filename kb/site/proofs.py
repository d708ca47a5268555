"""What an entry's page says of its proofs: with which versions the error happens, and which workarounds help there."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Final, NamedTuple

from kb.entry import Entry, ErrorOutcome, FixOutcome, ProvedRun, standing_record

_NUMBER: Final = re.compile(r"\d+")
_TOOLS: Final = {"python": "Python", "node": "Node.js", "postgres": "PostgreSQL", "openssl": "OpenSSL"}
"""Tools whose makers write their names in another case than recipes do."""

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


class Row(NamedTuple):
    """What came of one combination of versions, as the page's table shows it."""

    versions: str
    error: str
    is_provoked: bool
    wording: str
    """How the message read; where there was none, what is known of it."""
    fixes: tuple[str, ...]
    """A word for each workaround that was tried with any combination."""
    day: str


class ProofView:
    """The record that an entry stands by, as its page shows it; a record that is out of date or edited is none."""

    def __init__(self, entry: Entry) -> None:
        record = standing_record(entry)
        self.id = entry.id
        self.unprovable = entry.proof.unprovable if entry.proof else None
        self.runs: tuple[ProvedRun, ...] = record.runs if record else ()
        self.provoked = [run for run in self.runs if run.error is ErrorOutcome.PROVOKED]
        self.tried = sorted({fix.workaround for run in self.runs for fix in run.fixes})
        """The numbers of the workarounds that were tried with any combination."""

    @cached_property
    def happens(self) -> str:
        """`pip 20.3.4 to 26.3`: the versions with which the error was provoked; nothing if it was with none."""
        return _span(self.provoked)

    @cached_property
    def proven(self) -> dict[int, str]:
        """Number of a workaround -> the newest versions with which it was proven, and the day."""
        found = {}
        for number in self.tried:
            runs = [run for run in self.provoked if _outcome(run, number) is FixOutcome.PROVEN]
            if runs:
                newest = max(runs, key=_age)
                found[number] = ", ".join(filter(None, (_versions(newest), newest.day.isoformat())))
        return found

    @property
    def short_line(self) -> str:
        """The same for a narrow screen: `Proven 2026-11-28`, or `Provoked …` where no workaround is."""
        return f"{'Proven' if self.proven else 'Provoked'} {self._day}"

    @property
    def _day(self) -> str:
        return max(run.day for run in self.provoked).isoformat()

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
        return [
            Row(
                _versions(run) or run.platform,
                _ERRORS[run.error],
                run.error is ErrorOutcome.PROVOKED,
                run.line or run.why or "",
                tuple(_word(run, number) for number in self.tried),
                run.day.isoformat(),
            )
            for run in sorted(self.runs, key=_age, reverse=True)
        ]


def _word(run: ProvedRun, number: int) -> str:
    outcome = _outcome(run, number)
    return _FIXES[outcome] if outcome else "–"


def _outcome(run: ProvedRun, number: int) -> FixOutcome | None:
    return next((fix.outcome for fix in run.fixes if fix.workaround == number), None)


def _age(run: ProvedRun) -> tuple[tuple[int, ...], ...]:
    """What runs are ordered by: their versions, the tool that the recipe names last first."""
    return tuple(_number(version) for version in reversed(run.with_.values()))


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, _NUMBER.findall(version)))


def _name(tool: str) -> str:
    return _TOOLS.get(tool, tool.removeprefix("pypi/").removeprefix("npm/"))


def _versions(run: ProvedRun) -> str:
    return ", ".join(f"{_name(tool)} {version}" for tool, version in run.with_.items())


def _span(runs: Iterable[ProvedRun]) -> str:
    """The versions of each tool in some runs, from the oldest to the newest."""
    found: dict[str, set[str]] = {}
    for run in runs:
        for tool, version in run.with_.items():
            found.setdefault(tool, set()).add(version)
    ordered = {tool: sorted(versions, key=_number) for tool, versions in found.items()}
    return ", ".join(
        f"{_name(tool)} {versions[0]}" + (f" to {versions[-1]}" if len(versions) > 1 else "")
        for tool, versions in ordered.items()
    )
