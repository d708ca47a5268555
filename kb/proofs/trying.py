"""One combination of versions, tried: the error is provoked, and each workaround is done in a fresh folder.

Proven means: the check fails before the workaround and succeeds after it. So each check also runs where the workaround
was left out, and a workaround that isn't needed there is told from one that helps.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from kb.entry import (
    Entry,
    ErrorOutcome,
    FixOutcome,
    ProvedFix,
    ProvedRun,
    Recipe,
    RecipeFix,
    number_of_workaround,
)
from kb.match import KnownError
from kb.proofs.code import UnusableError, changes_of, commands_of
from kb.proofs.combinations import Combination
from kb.proofs.sandbox import Bounds, End, Finished, Ran, Room, Sandbox, Step, Trial, TrialError
from kb.proofs.services import starting
from kb.proofs.tools import Kit
from kb.proofs.wording import cleaned, wording

Find = Callable[[str], list[KnownError]]
"""The entries that a text shows, the best first."""

_MISSING: Final = {126: "a program that can't be run", 127: "a program that is not there"}
_LONGEST_WHY: Final = 200
_PATIENCE: Final = 2
"""How many times longer a trial may take where it is tried once more."""
_BOUNDS: Final = {
    End.TIME: "it ran for more than {seconds:g} s",
    End.MEMORY: "it took more than {memory} MB of memory",
    End.PROCESSES: "it started more than {processes} processes",
    End.DISK: "it wrote more than {disk} MB",
    End.OUTPUT: "it printed more than {output} KB",
}


@dataclass(frozen=True, slots=True)
class Tried:
    """What is recorded of a combination, and what is told besides of each workaround that is not proven."""

    run: ProvedRun
    reasons: Mapping[int, str] = field(default_factory=dict)
    output: str = ""
    """What the command that was to provoke the error printed."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What stood in it for each placeholder."""
    is_unknown: bool = False
    """Whether it failed with a message that no entry's signature matches."""
    places: Sequence[tuple[str, str]] = ()
    """Folders of this machine, and what is written for them."""
    is_late: bool = False
    """Whether it ran out of time, which a machine may do that is busy with other things."""


@dataclass(frozen=True, slots=True)
class Trying:
    """What tries combinations: a sandbox, the knowledge base's own matcher, and the day."""

    sandbox: Sandbox
    find: Find
    platform: str
    day: date
    bounds: Bounds = field(default_factory=Bounds)

    @property
    def patient(self) -> "Trying":
        """The same with more time."""
        return replace(self, bounds=replace(self.bounds, seconds=self.bounds.seconds * _PATIENCE))

    def tried(
        self, entry: Entry, recipe: Recipe, combination: Combination, kit: Kit, others: Mapping[int, Kit | str]
    ) -> Tried:
        """Try a recipe with a kit of tools.

        `others` has the kits of the fixes that use other versions, by the fixes' numbers from 0, or why one can't be
        had. Raises SandboxError where nothing can run.
        """
        one = _One(self, entry, recipe, kit)
        finished = one.run(one.provoking, one.provoking)
        error, why, known = one.outcome(finished)
        versions: dict[str, object] = {
            "with": kit.versions,
            "latest": combination.newest,
            "platform": self.platform,
            "day": self.day,
            "error": error,
            "why": why,
        }
        output = finished.steps[1].output if len(finished.steps) > 1 else ""
        if known is None:
            is_unknown = error is ErrorOutcome.OTHER and one.is_unknown(finished.steps[1])
            run = ProvedRun.model_validate(versions)
            return Tried(run, output=output, is_unknown=is_unknown, places=one.places, is_late=one.is_late)
        texts = [signature.text for signature in entry.signatures]
        versions["signature"] = texts.index(known.signature) + 1
        versions["line"] = wording(output, known.start, known.end, one.places)
        again = finished.steps[2].code if len(finished.steps) > 2 else None
        reasons: dict[int, str] = {}
        fixes: list[ProvedFix] = []
        for at, fix in enumerate(recipe.fixes):
            number = number_of_workaround(entry, fix)
            if number is None:
                continue  # a rule says so
            found, reason = one.fixed(fix, number, known, others.get(at), again)
            fixes.append(ProvedFix(workaround=number, outcome=found))
            if reason:
                reasons[number] = reason
        versions["fixes"] = fixes
        run = ProvedRun.model_validate(versions)
        return Tried(run, reasons, output, known.values, places=one.places, is_late=one.is_late)


@dataclass(frozen=True, slots=True)
class _One:
    """A recipe with one kit."""

    trying: Trying
    entry: Entry
    recipe: Recipe
    kit: Kit
    _ends: list[End] = field(default_factory=list)
    """What ended the trials so far."""

    @property
    def is_late(self) -> bool:
        """Whether one of the trials ran out of time."""
        return End.TIME in self._ends

    @property
    def provoking(self) -> Step:
        return Step(self.recipe.provoke or ":")

    @property
    def places(self) -> list[tuple[str, str]]:
        """Folders of this machine, and what is written for them."""
        tools = [
            (str(path), f"/opt/{name.rpartition('/')[2]}")
            for name, supply in self.kit.supplies.items()
            for path in supply.readable
        ]
        return tools + [(str(path), "/opt/packages") for path in self.kit.extra.readable]

    def run(self, *steps: Step) -> Finished:
        """Run a trial with the recipe's files and set-up before these steps. Raises SandboxError."""
        script = "\n".join(filter(None, (self.kit.preparing, starting(self.recipe.services), self.recipe.setup))) or ":"
        start = Step(script, self.recipe.files, must_succeed=True)
        finished = self.trying.sandbox.run(Trial((start, *steps), self.kit.room, self.trying.bounds))
        self._ends.append(finished.end)
        return finished

    def outcome(self, finished: Finished) -> tuple[ErrorOutcome, str | None, KnownError | None]:
        """What came of provoking the error, why it is no other, and the error where it is this entry's."""
        first = finished.steps[0]
        if len(finished.steps) < 2 or first.code != 0:
            if finished.end is not End.ITSELF:
                return ErrorOutcome.STOPPED, f"setup: {self._bound(finished.end)}", None
            return ErrorOutcome.NOT_TRIED, self._fit(f"setup failed: {_last_line(first)}"), None
        ran = finished.steps[1]
        if ran.code is None:
            return ErrorOutcome.STOPPED, self._bound(finished.end), None
        expected = self.recipe.exit
        known = self.trying.find(ran.output)
        is_this = bool(known) and known[0].entry == self.entry.id and known[0].tier == "exact"
        if is_this and (ran.code == expected if expected is not None else ran.code != 0):
            return ErrorOutcome.PROVOKED, None, known[0]
        if ran.code == 0 and not is_this:
            return ErrorOutcome.ABSENT, None, None
        return ErrorOutcome.OTHER, self._fit(self._why_other(ran, known, is_this=is_this)), None

    def is_unknown(self, ran: Ran) -> bool:
        """Whether a program that is there failed with a message that is not known yet."""
        known = self.trying.find(ran.output)
        return ran.code not in (0, *_MISSING) and not (known and known[0].tier == "exact")

    def _fit(self, why: str) -> str:
        """A reason that is fit to be recorded and shown."""
        return _short(cleaned(why, self.places) or "its output holds what is not shown")

    def _why_other(self, ran: Ran, known: list[KnownError], *, is_this: bool) -> str:
        if is_this:
            said = "0" if self.recipe.exit is None else f"{ran.code} and not {self.recipe.exit}"
            return f"the message is there, and the exit code is {said}"
        if known and known[0].tier == "exact":
            return f"another entry comes first: {known[0].entry}"
        if ran.code in _MISSING:
            return f"{_MISSING[ran.code]}: {_last_line(ran)}"
        return f"no signature of this entry matches: {_last_line(ran)}"

    def fixed(
        self, fix: RecipeFix, number: int, known: KnownError, other: Kit | str | None, again: int | None
    ) -> tuple[FixOutcome, str]:
        """What came of a workaround, and why it is not proven; `again` is how the error ended when provoked twice."""
        if isinstance(other, str):
            return FixOutcome.NOT_TRIED, other
        try:
            script = commands_of(self.entry, number, fix, known.values)
            files = changes_of(self.entry, number, fix, known.values)
        except UnusableError as error:
            return FixOutcome.FAILED, str(error)
        before = self._before(fix, again)
        if before is None:
            return FixOutcome.STOPPED, "the check was stopped before the workaround"
        if before == 0:
            return FixOutcome.NEEDLESS, "the check succeeds without the workaround"
        room = other.room if other else None
        doing = Step(script, files, must_succeed=True)
        try:
            finished = self.run(self.provoking, doing, self._check(fix, room))
        except TrialError as error:
            return FixOutcome.FAILED, str(error)
        if finished.end is not End.ITSELF:
            return FixOutcome.STOPPED, self._bound(finished.end)
        done, checked = (*finished.steps, *[None] * 4)[2:4]
        if done is None or done.code != 0:
            return FixOutcome.FAILED, self._fit(f"its commands fail: {_last_line(done)}")
        if checked is None or checked.code != 0:
            return FixOutcome.FAILED, self._fit(f"the check fails after it: {_last_line(checked)}")
        return FixOutcome.PROVEN, ""

    def _before(self, fix: RecipeFix, again: int | None) -> int | None:
        """The exit code of the check where the workaround was left out."""
        if fix.check is None:
            return again
        finished = self.run(self.provoking, Step(fix.check))
        return finished.steps[2].code if len(finished.steps) > 2 else None

    def _check(self, fix: RecipeFix, room: Room | None) -> Step:
        return Step(fix.check or self.recipe.provoke or ":", room=room)

    def _bound(self, end: End) -> str:
        bounds = self.trying.bounds
        return _BOUNDS.get(end, "it was stopped").format(
            seconds=bounds.seconds,
            memory=bounds.memory >> 20,
            processes=bounds.processes,
            output=bounds.output >> 10,
            disk=bounds.disk >> 20,
        )


def _last_line(ran: Ran | None) -> str:
    lines = [line.strip() for line in ran.output.splitlines() if line.strip()] if ran else []
    return lines[-1] if lines else "it printed nothing"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_WHY else text[: _LONGEST_WHY - 1] + "…"
