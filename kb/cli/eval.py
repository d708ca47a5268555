"""The verb `eval`: how well errors are found."""

import sys
from pathlib import Path

import click

from kb.cli import queries, texts
from kb.cli.matching import FILE, fail, known_errors
from kb.match import SourceError


@click.command("eval")
@click.argument("cases", type=FILE)
@click.option("--signatures", type=FILE, help='JSON lines {"id": …, "text": …} instead of entries/.')
@click.option("--site", help="A built site, a folder or an address, instead of entries/.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def eval_command(cases: Path, signatures: Path | None, site: str | None, as_json: bool) -> None:
    """Measure how well errors are found, or queries.

    CASES holds JSON lines {"text": …, "expect": "product/slug" or null or [several]}. Prints recall at 1 and 3, mean
    reciprocal rank, false exact and likely answers where nothing is expected, time for a case, and the misses.

    Queries are {"query": …, "expect": …, "kind": …}.

    A first line {"goals": …} says what has to be reached, and the command exits with 1 where it isn't: for texts
    {"recall_at_1", "recall_at_3", "false_exact" or "false_likely": share}, for queries {kind: {"first", "five" or
    "answered": share}}.
    """
    try:
        if queries.are_in(cases):
            code = queries.measure(queries.read(cases), known_errors(site, signatures), as_json=as_json)
        else:
            code = texts.measure(texts.read(cases), known_errors(site, signatures), as_json=as_json)
    except SourceError as error:
        fail(error)
    sys.exit(code)
