"""The verb `eval`: how well errors are found."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from kb.checks import json_text, visible
from kb.cli import queries
from kb.cli.matching import FILE, fail, known_errors
from kb.match import Case, Evaluation, SourceError, evaluate


@click.command("eval")
@click.argument("cases", type=FILE)
@click.option("--signatures", type=FILE, help='JSON lines {"id": …, "text": …} instead of entries/.')
@click.option("--site", help="A built site, a folder or an address, instead of entries/.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def eval_command(cases: Path, signatures: Path | None, site: str | None, as_json: bool) -> None:
    """Measure how well errors are found, or queries.

    CASES holds JSON lines {"text": …, "expect": "product/slug" or null or [several]}. Prints recall at 1 and 3, mean
    reciprocal rank, false exact and likely answers where nothing is expected, time for a case, and the misses.

    Queries are {"query": …, "expect": …, "kind": …}; a first line {"goals": {kind: {"first", "five" or "answered":
    share}}} says what those of a kind have to reach, and the command exits with 1 where they don't.
    """
    asked = queries.read(cases)
    try:
        base = known_errors(site, signatures)
        if asked is not None:
            sys.exit(queries.measure(asked, base, as_json=as_json))
        result = evaluate(_cases(cases), base.matcher)
    except SourceError as error:
        fail(error)
    if as_json:
        click.echo(json_text(asdict(result)))
    else:
        click.echo(_summary(result))


def _cases(path: Path) -> Iterator[Case]:
    """The cases of a file. Raises click.BadParameter, with the line."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                value = json.loads(line)
                yield Case.of(value["text"], value["expect"])
            except (ValueError, KeyError, TypeError):
                message = f'{path}:{number}: expected {{"text": …, "expect": …}}'
                raise click.BadParameter(message, param_hint="CASES") from None


def _summary(result: Evaluation) -> str:
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
    return "\n".join(lines)
