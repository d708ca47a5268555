"""The verb `eval`: how well errors are found."""

import sys
from pathlib import Path

import click

from kb.cli import queries, texts
from kb.cli.matching import FILE, fail, known_errors
from kb.match import SourceError

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
PATIENCE = 120
"""Seconds that a model's server may ask to wait."""


@click.command("eval")
@click.argument("cases", type=FILE)
@click.option("--signatures", type=FILE, help='JSON lines {"id": …, "text": …} instead of entries/.')
@click.option("--site", help="A built site, a folder or an address, instead of entries/.")
@click.option(
    "--draft", is_flag=True, help="CASES are entries that a model drafts: have its statements a right source?"
)
@click.option("--yes", is_flag=True, help="With --draft: ask nothing before several entries are drafted.")
@click.option("--folder", type=FOLDER, default="entries", show_default=True, help="With --draft: the entries folder.")
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=180,
    show_default=True,
    help="With --draft: seconds an answer.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def eval_command(
    cases: Path,
    *,
    signatures: Path | None,
    site: str | None,
    draft: bool,
    yes: bool,
    folder: Path,
    timeout: float,
    as_json: bool,
) -> None:
    """Measure how well errors are found, or queries, or how well a model drafts.

    CASES holds JSON lines {"text": …, "expect": "product/slug" or null or [several]}. Prints recall at 1 and 3, mean
    reciprocal rank, false exact and likely answers where nothing is expected, time for a case, and the misses.

    Queries are {"query": …, "expect": …, "kind": …}.

    A first line {"goals": …} says what has to be reached, and the command exits with 1 where it isn't: for texts
    {"recall_at_1", "recall_at_3", "false_exact" or "false_likely": share}, for queries {kind: {"first", "five" or
    "answered": share}}.

    With --draft they are {"entry": …}, each drafted anew by the model of KB_AI_BASE_URL, KB_AI_MODEL and KB_AI_KEY from
    "sources": [{"name": …, "text": …}], or without these from what the entry itself has: facts of its issue, message,
    sections. Prints which share of the statements has a right source, of all and of those that the guards keep; goals
    are {"right", "kept_right": share}.
    """
    try:
        if draft:
            from kb.cli import drafts_measured  # noqa: PLC0415 - other measures need no model

            code = drafts_measured.measure(cases, folder, as_json=as_json, yes=yes, timeout=timeout, patience=PATIENCE)
        elif queries.are_in(cases):
            code = queries.measure(queries.read(cases), known_errors(site, signatures), as_json=as_json)
        else:
            code = texts.measure(texts.read(cases), known_errors(site, signatures), as_json=as_json)
    except SourceError as error:
        fail(error)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = f"{cases}:{line}: not UTF-8: byte 0x{error.object[error.start]:02x}. Save the file as UTF-8."
        raise click.BadParameter(message, param_hint="CASES") from None
    sys.exit(code)
