"""The workarounds of a draft, run as `kb prove` runs them before anybody sees the draft: what came of each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kb.cli.proof_runs import results_of
from kb.drafts.model import Outcome
from kb.entry import ErrorOutcome, FixOutcome, RecipeFix, number_of_workaround
from kb.proofs import Counter, Result, Sandbox, SandboxError, Trying, choose_sandbox, jobs_of, this_platform
from kb.proofs.code import UnusableError, changes_of, commands_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kb.entry import Entry, Recipe
    from kb.match import Known

_PROVEN: Final = "proven"
_UNRUN: Final = "can't be run here: "
NO_RECIPE: Final = "the entry has no recipe (`proof`)"


class DraftProver:
    """Runs drafted workarounds in a sandbox. It is chosen when there is something to run, and never done without."""

    def __init__(self, known: Callable[[], Known], cache: Path, day: date) -> None:
        self._known = known
        self._cache = cache
        self._day = day
        self._sandbox: Sandbox | None = None

    def __call__(self, entry: Entry) -> tuple[Outcome, ...]:
        """What comes of each workaround of an entry as it is drafted, in the order of the draft."""
        said = self._said(entry)
        return tuple(
            Outcome(step.title, is_proven=said[number].startswith(_PROVEN), said=said[number])
            for number, step in enumerate(entry.workarounds, 1)
        )

    def _said(self, entry: Entry) -> dict[int, str]:
        """What comes of each workaround, in a sentence, by its number."""
        numbers = range(1, len(entry.workarounds) + 1)
        recipe = entry.proof
        if recipe is None or (why := _unrunnable(recipe)):
            return dict.fromkeys(numbers, f"{_UNRUN}{NO_RECIPE if recipe is None else why}")
        fixes: dict[int, RecipeFix] = {}
        said: dict[int, str] = {}
        for number in numbers:
            fix = _fix_of(entry, recipe, number)
            try:
                commands_of(entry, number, fix, {})
                changes_of(entry, number, fix, {})
                fixes[number] = fix
            except UnusableError as error:
                said[number] = f"{_UNRUN}{error}"
        if fixes:
            tried = recipe.model_copy(update={"fixes": tuple(fixes.values())})
            said |= self._tried(entry.model_copy(update={"proof": tried}), fixes)
        return said

    def _tried(self, entry: Entry, numbers: Iterable[int]) -> dict[int, str]:
        """What comes of workarounds that can be run, in a sentence each, by their numbers."""
        try:
            sandbox = self._sandbox = self._sandbox or choose_sandbox()
            known = self._known()
            trying = Trying(sandbox, lambda text: known.find(text, 3, for_readers=False), this_platform(), self._day)
            counter = Counter(self._cache, sandbox)
            todo = list(jobs_of([entry], {}, again=True, platform=trying.platform))
            counter.ask(dict.fromkeys(tool for job in todo for tool in job.combination.installed))
            runs = results_of(todo, trying, counter, os.cpu_count() or 1, lambda: None)
            results = [result for of_entry in runs for result in of_entry]
        except (SandboxError, OSError) as error:
            first = str(error).partition("\n")[0]
            return dict.fromkeys(numbers, f"{_UNRUN}no sandbox works ({first})")
        return {number: _said(number, results) for number in numbers}


def _unrunnable(recipe: Recipe) -> str:
    """Why nothing can be run by a recipe; empty where it can."""
    if recipe.unprovable is not None:
        return f"its recipe says that no machine can try it: {recipe.unprovable}"
    return "" if recipe.provoke else "its recipe has no command that provokes the error"


def _fix_of(entry: Entry, recipe: Recipe, number: int) -> RecipeFix:
    """How a workaround is tried: as the recipe says, if that runs what stands there, else by its first block."""
    for fix in recipe.fixes:
        runs_block = isinstance(fix.run, int) or any(isinstance(content, int) for content in fix.change.values())
        if runs_block and number_of_workaround(entry, fix) == number:
            return fix
    return RecipeFix(workaround=number, run=True)


def _said(number: int, results: Sequence[Result]) -> str:
    """What came of a workaround with all versions that were tried."""
    provoked = [result for result in results if result.run.error is ErrorOutcome.PROVOKED]
    if not provoked:
        return f"{_UNRUN}{'; '.join(dict.fromkeys(map(_unprovoked, results)))}"
    failed = list(dict.fromkeys(_failures(number, provoked)))
    return f"not: {'; '.join(failed)}" if failed else f"{_PROVEN} ({'; '.join(map(_versions, provoked))})"


def _failures(number: int, results: Iterable[Result]) -> Iterator[str]:
    for result in results:
        outcome = next((fix.outcome for fix in result.run.fixes if fix.workaround == number), FixOutcome.NOT_TRIED)
        if outcome is not FixOutcome.PROVEN:
            yield f"{result.reasons.get(number) or outcome} ({_versions(result)})"


def _unprovoked(result: Result) -> str:
    run = result.run
    return f"the error is {run.error} with {_versions(result)}{f', {run.why}' if run.why else ''}"


def _versions(result: Result) -> str:
    return str(result.job.combination)
