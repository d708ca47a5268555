"""All proofs of some entries: what has to be tried, and what came of it beside what is recorded."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kb.entry import INSTALLED, Entry, ErrorOutcome, FixOutcome, ProvedRun, Recipe, standing_record
from kb.proofs.combinations import FIRST, Combination, combinations_of, skipped_run
from kb.proofs.recording import came_out_alike
from kb.proofs.sandbox import TrialError
from kb.proofs.tools import Counter, Kit, NotTriedError
from kb.proofs.trying import Tried, Trying


class State(StrEnum):
    """How a result compares with what was expected."""

    KEPT = "kept"
    """Nothing has changed since it was recorded, so nothing was run."""
    AS_RECORDED = "as recorded"
    NEW = "new"
    """It was not recorded, and came out as the recipe wants it: provoked, and all workarounds proven."""
    DIFFERS = "differs"
    """From what is recorded, or, where nothing is, from what the recipe wants."""
    SKIPPED = "skipped"
    NOT_TRIED = "not tried"


@dataclass(frozen=True, slots=True)
class Job:
    """One combination of an entry's recipe, and its run that is recorded, if there is one that stands."""

    entry: Entry
    recipe: Recipe
    combination: Combination
    recorded: ProvedRun | None
    is_kept: bool
    """Whether the recorded run will do."""
    refused: str | None = None
    """Why the recipe can't be tried at all as it stands."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a job."""

    job: Job
    state: State
    run: ProvedRun
    tried: Tried | None = None
    """What came of trying, where it was tried."""

    @property
    def reasons(self) -> Mapping[int, str]:
        """Why a workaround is not proven, by its number."""
        return self.tried.reasons if self.tried else {}

    @property
    def is_late(self) -> bool:
        """Whether it ran out of time, so that trying it alone, with more time, may show more."""
        return self.tried is not None and self.tried.is_late

    @property
    def leaves_record(self) -> bool:
        """Whether the record stays although this came out otherwise.

        What ran out of time says nothing against what the same versions did before: the machine may be busy.
        """
        recorded = self.job.recorded
        return (
            self.state is State.DIFFERS
            and self.is_late
            and recorded is not None
            and recorded.with_ == self.run.with_
            and not _was_stopped(recorded)
        )

    @property
    def output(self) -> str:
        """What the command that was to provoke the error printed."""
        return self.tried.output if self.tried else ""


def jobs_of(
    entries: Iterable[Entry], chosen: Mapping[str, tuple[str, ...]], *, again: bool, platform: str
) -> Iterator[Job]:
    """What there is to do for the entries that can be tried; `chosen` has other versions for some tools.

    With `again`, what is recorded does for nothing.
    """
    for entry in entries:
        recipe = entry.proof
        if recipe is None or recipe.provoke is None:
            continue
        if not chosen.keys() <= recipe.with_.keys():
            continue
        record = standing_record(entry)
        runs = [run for run in record.runs if run.platform == platform] if record else []
        try:
            combinations = combinations_of(recipe, chosen)
        except ValueError as error:
            yield Job(entry, recipe, Combination({}), None, is_kept=False, refused=str(error))
            continue
        for combination in combinations:
            recorded = next((run for run in runs if combination.is_of(run)), None)
            does = recorded is not None and recorded.error is not ErrorOutcome.NOT_TRIED and not again
            yield Job(entry, recipe, combination, recorded, does)


def done(job: Job, trying: Trying, counter: Counter) -> Result:
    """Do a job. Raises SandboxError where nothing can run."""
    if job.refused is not None:
        return Result(job, State.NOT_TRIED, _not_tried(job, trying, job.refused))
    if job.combination.skipped is not None:
        run = skipped_run(job.combination, trying.platform, str(trying.day))
        return Result(job, State.SKIPPED, run)
    if job.is_kept and job.recorded and not _is_another_installed(job, counter):
        return Result(job, State.KEPT, job.recorded)
    try:
        kit = counter.kit(job.recipe, job.combination.versions)
    except NotTriedError as error:
        return Result(job, State.NOT_TRIED, _not_tried(job, trying, str(error)))
    others = _other_kits(job, counter)
    try:
        tried = trying.tried(job.entry, job.recipe, job.combination, kit, others)
    except TrialError as error:
        return Result(job, State.NOT_TRIED, _not_tried(job, trying, str(error)))
    return Result(job, _state(job, tried), tried.run, tried)


def _was_stopped(run: ProvedRun) -> bool:
    outcomes = (run.error, *(fix.outcome for fix in run.fixes))
    return ErrorOutcome.STOPPED in outcomes or FixOutcome.STOPPED in outcomes


def _is_another_installed(job: Job, counter: Counter) -> bool:
    """Whether a program that is `installed` is of another version now than the one that was tried."""
    asked = dict.fromkeys(job.combination.installed, INSTALLED)
    if not asked or job.recorded is None:
        return False
    try:
        now = counter.kit(Recipe(), asked).versions
    except NotTriedError:
        return False
    return any(job.recorded.with_[name] != version for name, version in now.items())


def _other_kits(job: Job, counter: Counter) -> dict[int, Kit | str]:
    """The tools of the workarounds that are to use other versions, by the numbers of the fixes."""
    found: dict[int, Kit | str] = {}
    for number, fix in enumerate(job.recipe.fixes):
        if fix.with_:
            versions = {**job.combination.versions, **fix.with_}
            ordered = sorted(versions, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
            try:
                found[number] = counter.kit(job.recipe, {name: versions[name] for name in ordered})
            except NotTriedError as error:
                found[number] = str(error)
    return found


def _not_tried(job: Job, trying: Trying, why: str) -> ProvedRun:
    return skipped_run(job.combination, trying.platform, str(trying.day)).model_copy(
        update={"error": ErrorOutcome.NOT_TRIED, "why": why[:200]}
    )


def _state(job: Job, tried: Tried) -> State:
    run = tried.run
    if run.error is ErrorOutcome.NOT_TRIED:
        return State.NOT_TRIED
    if job.recorded is not None and job.recorded.error is not ErrorOutcome.NOT_TRIED:
        return State.AS_RECORDED if came_out_alike(job.recorded, run) else State.DIFFERS
    proven = all(fix.outcome is FixOutcome.PROVEN for fix in run.fixes)
    return State.NEW if run.error is ErrorOutcome.PROVOKED and proven else State.DIFFERS
