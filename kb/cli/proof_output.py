"""Results of proofs in words, as data, and as annotations of a pull request."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Final

from kb.checks import visible
from kb.entry import ErrorOutcome
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
_DATA: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY: Final = _DATA | {":": "%3A", ",": "%2C"}
"""As GitHub's "Workflow commands" wants what has a meaning there."""


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


def summary_of(results: Sequence[Result], sandbox: str, recorded: Collection[str] = ()) -> str:
    """A sentence that counts; `recorded` as in `line_of`."""
    if not results:
        return "No entry of these has a recipe that can be tried."
    ordered = sorted(results, key=lambda result: list(_STATES).index(result.state))
    counts = Counter(_words_of(result, recorded) for result in ordered)
    entries = len({result.job.entry.id for result in results})
    told = ", ".join(f"{count} {words}" for words, count in counts.items())
    where = f" (sandbox: {sandbox})" if sandbox else ""
    of = f"{_counted(len(results), 'combination', 'combinations')} of {_counted(entries, 'entry', 'entries')}"
    return f"{of}: {told}{where}."


def to_json(results: Sequence[Result], sandbox: str, _: Collection[str] = ()) -> str:
    """An object with `version`, `sandbox` and `results`, a run each with `entry`, `state` and what was recorded.

    `record_stays` says that a result ran out of time, and takes no better record of the same versions away.
    """
    told = [
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
        for result in results
    ]
    return json.dumps({"version": 1, "sandbox": sandbox, "results": told}, ensure_ascii=False, indent=2)


def to_annotations(results: Sequence[Result], sandbox: str, recorded: Collection[str] = ()) -> str:
    """Workflow commands that annotate the files of entries, and a line for the log."""
    lines = []
    for result in results:
        if result.state in (State.DIFFERS, State.NOT_TRIED):
            level = "error" if result.state is State.DIFFERS else "notice"
            file = _written(f"entries/{result.job.entry.source}", _PROPERTY)
            title = _written(f"{result.job.entry.id}: {_words_of(result, recorded)}", _PROPERTY)
            lines.append(f"::{level} file={file},title={title}::{_written(line_of(result, recorded), _DATA)}")
    return "\n".join([*lines, summary_of(results, sandbox, recorded)])


FORMATS: Final[dict[str, Callable[[Sequence[Result], str, Collection[str]], str]]] = {
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


def _written(text: str, escapes: dict[str, str]) -> str:
    for character, escape in escapes.items():
        text = text.replace(character, escape)
    return text
