"""Texts for `kb eval`: reading them, and what they measure as text and as data."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, NamedTuple

import click

from kb.checks import json_text, visible
from kb.match import Case, evaluate

if TYPE_CHECKING:
    from pathlib import Path

    from kb.match import Evaluation, Known


class Asked(NamedTuple):
    """Texts with what they show, and goals: measure -> value."""

    cases: list[Case]
    goals: dict[str, float]


def read(path: Path) -> Asked:
    """The texts of a file. Raises click.BadParameter, with the line."""
    found = Asked([], {})
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                value = json.loads(line)
                if "goals" in value:
                    found.goals.update({name: float(goal) for name, goal in value["goals"].items()})
                else:
                    found.cases.append(Case.of(value["text"], value["expect"]))
            except (ValueError, KeyError, TypeError, AttributeError):
                message = f'{path}:{number}: expected {{"text": …, "expect": …}}, or {{"goals": …}}'
                raise click.BadParameter(message, param_hint="CASES") from None
    return found


def measure(asked: Asked, known: Known, *, as_json: bool) -> int:
    """Match all, print what comes out, and return the exit code: 1 where a goal is missed."""
    result = evaluate(asked.cases, known.matcher)
    try:
        short = result.below(asked.goals)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="CASES") from None
    if as_json:
        click.echo(json_text(asdict(result) | {"short": short}))
    else:
        click.echo(_summary(result, short))
    return 1 if short else 0


def _summary(result: Evaluation, short: list[str]) -> str:
    lines = [
        f"cases                {result.cases:>8,}",
        f"recall at 1          {result.recall_at_1:>8.4f}",
        f"recall at 3          {result.recall_at_3:>8.4f}",
        f"mean reciprocal rank {result.mean_reciprocal_rank:>8.4f}",
        f"false exact answers  {result.false_exact:>8,} of {result.unknown:,} unknown",
        f"false likely answers {result.false_likely:>8,}",
        f"time a case          {result.milliseconds:>8.2f} ms",
    ]
    for miss in result.misses:
        got = ", ".join(f"{answer.id} ({answer.tier})" for answer in miss.answers) or "nothing"
        text = visible(" ".join(miss.case.text.split()))[:100]
        expected = ", ".join(miss.case.expect) or "nothing"
        lines.append(f"\n{visible(f'expected {expected}; got {got}')}\n  {text}")
    return "\n".join((*lines, *(f"\nGoal missed: {sentence}" for sentence in short)))
