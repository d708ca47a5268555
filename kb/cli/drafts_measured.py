"""Entries for `kb eval --draft`: reading them, asking a model, and what comes out as text and as data."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from kb.checks import json_text, visible
from kb.cli.analysing import tell_wait
from kb.cli.asking import LATER, counted
from kb.cli.costs import OVERSPENT, Budget, agreed
from kb.cli.draft_output import show_failure
from kb.cli.matching import fail
from kb.cli.progress import progress
from kb.drafts.model import (
    SECTIONS,
    DraftEvaluation,
    Judged,
    ModelBusyError,
    ModelClient,
    ModelError,
    SettingsError,
    SourceText,
    ask,
    counted_up,
    facts_of_entry,
    guards_of,
    judged,
    messages_for,
    model_settings,
    tokens_at_most,
    within_bounds,
)
from kb.entry import load_collection

if TYPE_CHECKING:
    from pathlib import Path

    from kb.drafts.model import Message
    from kb.drafts.model.guards import Guards
    from kb.entry import Collection

MOST = 200
"""Entries of one run."""


class _Case(NamedTuple):
    """An entry, and the sources that are stored for it; without any it is its own."""

    entry: str
    sources: tuple[SourceText, ...]


class _Cases(NamedTuple):
    cases: list[_Case]
    goals: dict[str, float]


class _Job(NamedTuple):
    entry: str
    messages: list[Message]
    guards: Guards


class _Spent(NamedTuple):
    asked: int
    answered: int


def measure(path: Path, folder: Path, *, as_json: bool, yes: bool, timeout: float, patience: float) -> int:
    """Have a model draft all, print what comes out, and return the exit code: 1 where a goal is missed."""
    cases, goals = _read(path)
    try:
        settings = model_settings(os.environ)
    except SettingsError as error:
        fail(error)
    jobs = _jobs(cases, load_collection(folder))
    budget = agreed(len(jobs), sum(tokens_at_most(job.messages) for job in jobs), is_agreed=yes)
    client = ModelClient(settings, timeout, patience, on_wait=tell_wait)
    found, spent, failed = _asked(jobs, client, budget)
    result = counted_up(found)
    short = result.below(goals) + ([f"{failed:,} of {len(jobs):,} entries got no draft"] if failed else [])
    if as_json:
        tokens = {"asked_tokens": spent.asked, "answered_tokens": spent.answered}
        click.echo(json_text(asdict(result) | {"shares": result.shares} | tokens | {"failed": failed, "short": short}))
    else:
        click.echo(_summary(result, spent, short))
    return 1 if short else 0


def _asked(jobs: list[_Job], client: ModelClient, budget: Budget) -> tuple[list[list[Judged]], _Spent, int]:
    """What is judged of each draft, the tokens, and how many entries got none. Ends the program for a rate limit."""
    found: list[list[Judged]] = []
    asked_tokens = answered_tokens = failed = 0
    with progress("Drafting", len(jobs)) as (step, _):
        for job in jobs:
            if budget.is_spent:
                show_failure(job.entry, OVERSPENT)
                failed += 1
                continue
            try:
                asked = ask(client, job.messages, job.guards.sources)
            except ModelBusyError as error:
                show_failure(job.entry, error)
                sys.exit(LATER)
            except ModelError as error:
                show_failure(job.entry, error)
                budget.take(error.tokens)
                failed += 1
            else:
                budget.take(asked.asked_tokens + asked.answered_tokens)
                found.append(judged(asked.answer, job.guards))
                asked_tokens, answered_tokens = (
                    asked_tokens + asked.asked_tokens,
                    answered_tokens + asked.answered_tokens,
                )
            step()
    return found, _Spent(asked_tokens, answered_tokens), failed


def _jobs(cases: list[_Case], collection: Collection) -> list[_Job]:
    found = []
    for case in cases:
        entry = collection.by_id.get(case.entry)
        if entry is None:
            raise click.UsageError(f"there is no entry {visible(case.entry)} that can be read.")
        sources = within_bounds(case.sources or facts_of_entry(entry))
        guards = guards_of(entry, collection.products.get(entry.product), sources)
        found.append(_Job(entry.id, messages_for(entry.title, sources, SECTIONS), guards))
    return found


def _read(path: Path) -> _Cases:
    """The entries of a file, and goals. Raises click.BadParameter, with the line."""
    found = _Cases([], {})
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            if "goals" in value:
                found.goals.update({name: float(goal) for name, goal in value["goals"].items()})
            else:
                found.cases.append(_case(value))
        except (ValueError, KeyError, TypeError, AttributeError):
            message = (
                f'{path}:{number}: expected {{"entry": …, "sources": [{{"name": …, "text": …}}]}}, or {{"goals": …}}'
            )
            raise click.BadParameter(message, param_hint="CASES") from None
    if len(found.cases) > MOST:
        raise click.BadParameter(f"{path}: {len(found.cases):,} entries are more than {MOST}", param_hint="CASES")
    return found


def _case(value: dict[str, Any]) -> _Case:
    sources = (SourceText(str(each["name"]), str(each["text"])) for each in value.get("sources", ()))
    return _Case(str(value["entry"]), tuple(sources))


def _summary(result: DraftEvaluation, spent: _Spent, short: list[str]) -> str:
    shares = result.shares
    said = counted(result.statements, "statement")
    dropped = result.statements - result.kept
    drafts = counted(result.entries, "draft")
    lines = [
        f"{drafts}, {said}: {result.right:,} with a right source ({shares['right']:.3f}).",
        f"The guards keep {result.kept:,}: {result.kept_right:,} with a right source ({shares['kept_right']:.3f}).",
        f"They drop {dropped:,}: {result.right - result.kept_right:,} with a right source.",
    ]
    if spent.asked or spent.answered:
        lines.append(f"{spent.asked:,} tokens asked, {spent.answered:,} answered.")
    return "\n".join((*lines, *(f"\nGoal missed: {visible(sentence)}" for sentence in short)))
