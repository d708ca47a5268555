"""Queries for `kb eval`: reading them, and what they measure as text and as data."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from kb.checks import json_text, visible
from kb.match import Query, evaluate_queries

if TYPE_CHECKING:
    from pathlib import Path

    from kb.match import Known, QueryEvaluation


class Asked(NamedTuple):
    """Queries, and the goals of their kinds: kind -> measure -> value."""

    queries: list[Query]
    goals: dict[str, dict[str, float]]


def are_in(path: Path) -> bool:
    """Whether a file holds queries, and not texts."""
    lines = (line for line in path.read_text("utf-8").splitlines() if line.strip() and '"goals"' not in line)
    return '"query"' in next(lines, "")


def read(path: Path) -> Asked:
    """The queries of a file. Raises click.BadParameter, with the line."""
    found = Asked([], {})
    lines = [(number, line) for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if line.strip()]
    for number, line in lines:
        try:
            value = json.loads(line)
            if "goals" in value:
                found.goals.update(
                    {kind: {name: float(goal) for name, goal in of.items()} for kind, of in value["goals"].items()}
                )
            else:
                found.queries.append(_query(value))
        except (ValueError, KeyError, TypeError, AttributeError):
            message = f'{path}:{number}: expected {{"query": …, "expect": …, "kind": …}}, or {{"goals": …}}'
            raise click.BadParameter(message, param_hint="CASES") from None
    return found


def _query(value: dict[str, Any]) -> Query:
    expect = value["expect"]
    ids = () if expect is None else (expect,) if isinstance(expect, str) else tuple(map(str, expect))
    return Query(str(value["query"]), ids, str(value["kind"]))


def measure(asked: Asked, known: Known, *, as_json: bool) -> int:
    """Search for all, print what comes out, and return the exit code: 1 where a goal is missed."""
    index = known.search_index()
    if index is None:
        raise click.UsageError("--signatures have no words to search; leave it out.")
    result = evaluate_queries(asked.queries, index)
    short = result.below(asked.goals)
    if as_json:
        click.echo(json_text(asdict(result) | {"short": short}))
    else:
        click.echo(_summary(result, short))
    return 1 if short else 0


def _summary(result: QueryEvaluation, short: list[str]) -> str:
    lines = ["kind          queries   first    five  answered"]
    for kind, found in result.kinds.items():
        shares = f"{found.first:>8.3f}{found.five:>8.3f}{found.answered:>10.3f}"
        lines.append(f"{visible(kind):<14}{found.queries:>7,}{shares}")
    for miss in result.misses:
        got = ", ".join(miss.results) or "nothing"
        expected = ", ".join(miss.query.expect) or "nothing"
        lines.append(f"\n{visible(f'expected {expected}; got {got}')}\n  {visible(miss.query.text)[:100]}")
    return "\n".join((*lines, *(f"\nGoal missed: {visible(sentence)}" for sentence in short)))
