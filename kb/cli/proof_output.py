"""Results of proofs in words, as data, and as annotations of a pull request."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from kb.checks import annotation, json_text, visible
from kb.entry import ErrorOutcome, Position
from kb.proofs import Result, State

_STATES: Final = {
    State.KEPT: "recorded, not run again",
    State.AS_RECORDED: "as recorded",
    State.NEW: "not recorded yet",
    State.DIFFERS: "different from the record",
    State.SKIPPED: "skipped",
    State.NOT_TRIED: "not tried",
}
_UNLIKE_RECIPE: Final = "different from what the recipe wants"
"""As it is called where nothing was recorded before."""
_OUT_OF_TIME: Final = "out of time, and the record stays"
_RECORDED: Final = "recorded now"
_WRITTEN: Final = (State.NEW, State.DIFFERS)
"""What changes the record of an entry."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a run is told of with."""

    results: Sequence[Result]
    sandbox: str
    """What it is called; empty where nothing has run."""
    recorded: Collection[str]
    """The ids of the entries into which their results were written."""
    places: Mapping[str, tuple[Path, Position]]
    """Id of an entry -> where its recipe stands."""


def line_of(result: Result, recorded: Collection[str] = ()) -> str:
    """A result on one line, with the reasons for what did not come out on lines below.

    `recorded` has the ids of the entries into which their results were written.
    """
    run = result.run
    said = [f"{result.job.combination}: {_error_of(result)}"]
    said += [f"workaround {fix.workaround} {fix.outcome}" for fix in run.fixes]
    lines = [" · ".join([*said, _words_of(result, recorded)])]
    if result.state is State.DIFFERS and result.job.recorded:
        before = result.job.recorded
        outcomes = [f"workaround {fix.workaround} {fix.outcome}" for fix in before.fixes]
        lines.append(" · ".join([f"    recorded on {before.day}: {before.error}", *outcomes]))
        if before.line != run.line and not result.leaves_record:
            lines += [f"    it read: {before.line}", f"    it reads: {run.line}"]
    lines += [f"    workaround {number}: {why}" for number, why in sorted(result.reasons.items())]
    return "\n".join(map(visible, lines))


def summary_of(told: Told) -> str:
    """A sentence that counts."""
    results = told.results
    if not results:
        return "No entry of these has a recipe that can be tried."
    ordered = sorted(results, key=lambda result: list(_STATES).index(result.state))
    counts = Counter(_words_of(result, told.recorded) for result in ordered)
    entries = len({result.job.entry.id for result in results})
    came = ", ".join(f"{count} {words}" for words, count in counts.items())
    where = f" (sandbox: {told.sandbox})" if told.sandbox else ""
    of = f"{_counted(len(results), 'combination', 'combinations')} of {_counted(entries, 'entry', 'entries')}"
    return f"{of}: {came}{where}."


def to_json(told: Told) -> str:
    """An object with `version`, `sandbox` and `results`, a run each with `entry`, `state` and what was recorded.

    `record_stays` says that a result ran out of time, and takes no better record of the same versions away.
    """
    results = [
        {
            "entry": result.job.entry.id,
            "asked": dict(result.job.combination.versions),
            "state": result.state.value,
            **result.run.model_dump(mode="json", by_alias=True, exclude_defaults=True),
            "reasons": {str(number): why for number, why in result.reasons.items()},
            "record_stays": result.leaves_record,
            "recorded": result.job.recorded.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            if result.job.recorded
            else None,
        }
        for result in told.results
    ]
    return json_text({"version": 1, "sandbox": told.sandbox, "results": results}, 2)


def to_annotations(told: Told) -> str:
    """Workflow commands that annotate the recipes of entries, and a line for the log."""
    lines = []
    for result in told.results:
        if result.state in (State.DIFFERS, State.NOT_TRIED):
            level: Literal["error", "notice"] = "error" if result.state is State.DIFFERS else "notice"
            title = f"{result.job.entry.id}: {_words_of(result, told.recorded)}"
            of = line_of(result, told.recorded).split("\n")
            lines.append(annotation(level, *told.places[result.job.entry.id], title, of))
    return "\n".join([*lines, summary_of(told)])


FORMATS: Final[dict[str, Callable[[Told], str]]] = {
    "text": summary_of,
    "json": to_json,
    "github": to_annotations,
}


def _words_of(result: Result, recorded: Collection[str]) -> str:
    """How a result compares with what was there, and whether it is there now."""
    if result.leaves_record:
        return _OUT_OF_TIME
    is_unlike_recipe = result.state is State.DIFFERS and result.job.recorded is None
    words = _UNLIKE_RECIPE if is_unlike_recipe else _STATES[result.state]
    if result.state not in _WRITTEN or result.job.entry.id not in recorded:
        return words
    return _RECORDED if result.state is State.NEW else f"{words}, {_RECORDED}"


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _error_of(result: Result) -> str:
    run = result.run
    if run.error is ErrorOutcome.PROVOKED:
        return f"provoked (signature {run.signature})"
    return f"{run.error}: {run.why}" if run.why else str(run.error)
