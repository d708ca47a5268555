"""What an entry's page says of its proofs: with which versions the error happens, and which workarounds help there."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from kb.entry import (
    Entry,
    ErrorOutcome,
    FixOutcome,
    Product,
    ProvedRun,
    Proven,
    by_age,
    is_long_ago,
    named_versions,
    numbered,
    outcome_of,
    tool_name,
    version_numbers,
)
from kb.words import ENGLISH_LANGUAGE, Language, marked

_ERRORS: Final = {
    ErrorOutcome.PROVOKED: marked("happens"),
    ErrorOutcome.ABSENT: marked("does not happen"),
    ErrorOutcome.OTHER: marked("another message"),
    ErrorOutcome.STOPPED: marked("stopped"),
    ErrorOutcome.SKIPPED: marked("can't be"),
    ErrorOutcome.NOT_TRIED: marked("not tried"),
}
_WITHOUT: Final = (ErrorOutcome.ABSENT, ErrorOutcome.OTHER)
"""What came of it where the error did not happen."""
_FIXES: Final = {
    FixOutcome.PROVEN: marked("helps"),
    FixOutcome.FAILED: marked("does not help"),
    FixOutcome.NEEDLESS: marked("not needed"),
    FixOutcome.STOPPED: marked("stopped"),
    FixOutcome.NOT_TRIED: marked("not tried"),
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


class Mark(NamedTuple):
    """What stands at a workaround that was tried: with which versions, and when."""

    versions: str
    day: date
    is_old: bool
    """Whether that was long ago."""


class ProofView:
    """The record that an entry stands by, as its page shows it; a record that is out of date or edited is none.

    `products` has the names of tools as their makers write them; `as_of` is the day by which something was long ago.
    """

    def __init__(
        self,
        entry: Entry,
        proven: Proven,
        products: Mapping[str, Product],
        as_of: date,
        language: Language = ENGLISH_LANGUAGE,
    ) -> None:
        self._language = language
        self._say = language.words.gettext
        self._proven = proven
        self._products = products
        self._as_of = as_of
        self.unprovable = entry.proof.unprovable if entry.proof else None
        self.has_recipe = entry.proof is not None and self.unprovable is None
        self.tried = proven.tried

    @cached_property
    def happens(self) -> str:
        """`pip 20.3.4 to 26.3`: the versions with which the error was provoked; nothing if it was with none."""
        without = _versions(run for run in self._proven.runs if run.error in _WITHOUT)
        return ", ".join(
            f"{tool_name(tool, self._products)} {self._span(own, without.get(tool, frozenset()))}"
            for tool, own in self._provoked.items()
        )

    @cached_property
    def _provoked(self) -> dict[str, frozenset[str]]:
        """Tool -> the versions with which the error was provoked."""
        return _versions(self._proven.provoked)

    @cached_property
    def _proven_with(self) -> str:
        """`26.3`: the version of the tool in question with which all proven workarounds helped.

        Nothing where there is but one, or each helped with another: what is said at each workaround tells more.
        """
        _, *others = self._provoked or ("",)
        many = [tool for tool, own in self._provoked.items() if len(own) > 1]
        # What others run on is named first: it is in question where it is alone.
        asked = [tool for tool in many if tool in others or not others]
        found = {proof.run.with_[asked[-1]] for proof in self._proven.proofs.values()} if asked else set()
        if len(found) != 1:
            return ""
        tool = f"{tool_name(asked[-1], self._products)} " if many != asked else ""
        return f"{tool}{found.pop()}"

    @cached_property
    def proven(self) -> dict[int, Mark]:
        """Number of a workaround -> the newest versions with which it was proven, and the day."""
        return {number: self._mark(proof.run) for number, proof in self._proven.proofs.items()}

    @cached_property
    def failed(self) -> dict[int, Mark]:
        """Number of a workaround -> the newest versions it was tried with, where it did not help with these."""
        return {number: self._mark(run) for number, run in self._proven.failed.items()}

    def _mark(self, run: ProvedRun) -> Mark:
        return Mark(named_versions(run, self._products), run.day, is_long_ago(run.day, self._as_of))

    @property
    def short_line(self) -> str:
        """The same for a narrow screen: `Proven 2026-11-28`, or `Provoked …` where no workaround is."""
        text = self._say("Proven %(day)s") if self.proven else self._say("Provoked %(day)s")
        return text % {"day": self._language.day(self.day)}

    @cached_property
    def day(self) -> date:
        """When the workarounds were last proven; where none is, when the error was last provoked."""
        return self._proven.day or max(run.day for run in self._proven.provoked)

    @property
    def is_old(self) -> bool:
        """Whether that was long ago."""
        return is_long_ago(self.day, self._as_of)

    @cached_property
    def line(self) -> str:
        """What is proven, in one line.

        `Happens with pip 20.3.4 to 26.3 · workarounds 1 and 2 proven with 26.3, 2026-11-28`.
        """
        provoked = self._proven.provoked
        if not provoked:
            return ""
        happens = self._say("Happens with %(versions)s") % {"versions": self.happens}
        if not self.happens:
            happens = self._say("Provoked on %(platform)s") % {"platform": provoked[0].platform}
        what = numbered(self.proven, self._language.words) if self.proven else self._say("no workaround")
        values = {"what": what, "versions": self._proven_with, "day": self._language.day(self.day)}
        proven = self._say("%(what)s proven, %(day)s")
        if self._proven_with:
            proven = self._say("%(what)s proven with %(versions)s, %(day)s")
        return f"{happens} · {proven % values}"

    @cached_property
    def rows(self) -> list[Row]:
        """A row for each combination of versions, the newest ones first."""
        rows: list[Row] = []
        last = ""
        for run in sorted(self._proven.runs, key=by_age, reverse=True):
            line = run.line or ""
            versions = named_versions(run, self._products) or run.platform
            fixes = tuple(self._cell(run, number) for number in self.tried)
            is_new = line != last
            error = self._say(_ERRORS[run.error])
            if line and not is_new:
                error += self._say(", reads the same")
            rows.append(Row(versions, error, line if is_new else "", run.why or "", fixes, run.day.isoformat()))
            last = line or last
        return rows

    def _cell(self, run: ProvedRun, number: int) -> Cell:
        outcome = outcome_of(run, number)
        return Cell(self._say(_FIXES[outcome]), outcome is FixOutcome.PROVEN) if outcome else Cell("–")

    def _span(self, versions: frozenset[str], without: frozenset[str]) -> str:
        """`20.3.4 to 26.3`, or the only one; in parts where the error did not happen with a version in between."""
        parts: list[list[str]] = [[]]
        for version in sorted(versions | without, key=version_numbers):
            if version in versions:
                parts[-1].append(version)
            elif parts[-1]:
                parts.append([])
        spans = [
            part[0] if len(part) == 1 else self._say("%(first)s to %(last)s") % {"first": part[0], "last": part[-1]}
            for part in parts
            if part
        ]
        return self._say(" and ").join(spans)


def _versions(runs: Iterable[ProvedRun]) -> dict[str, frozenset[str]]:
    """Tool -> its versions in some runs."""
    found: dict[str, set[str]] = {}
    for run in runs:
        for tool, version in run.with_.items():
            found.setdefault(tool, set()).add(version)
    return {tool: frozenset(own) for tool, own in found.items()}
