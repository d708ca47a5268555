"""The verb `import`: issues as draft entries."""  # noqa: N999 - found by the name of its verb

import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from kb.cli.asking import FAILED, asking, counted, echo_safely, options
from kb.cli.progress import progress
from kb.cli.settings import rule_levels
from kb.drafts import Checking, EntriesBook, Importer, Outcome, open_book
from kb.entry import IssueRef
from kb.github import Issue, RefError, Tracker, parse_ref
from kb.site.urls import RESERVED

_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)
KINDS: Final = ("new", "report", "known", "refused", "failed")


@click.command("import")
@click.argument("refs", nargs=-1, metavar="REF...")
@click.option("--search", "query", help='Import what a search finds: "repo:owner/name label:bug".')
@click.option("--product", help="The product to file the drafts under, whatever repository they come from.")
@click.option("--folder", type=_FOLDER, default="entries", help="The entries folder.", show_default=True)
@options
def import_command(
    *, refs: tuple[str, ...], query: str | None, product: str | None, folder: Path, patience: float, cache: Path | None
) -> None:
    """Import issues as draft entries, each named by owner/name#123 or its address.

    An issue whose error is known already becomes a report of that entry. Importing again changes nothing: an import
    that was stopped is gone on with by starting it again. Exits with 0, 1 if an issue was refused or GitHub failed in
    it, 2 for bad use, 75 if GitHub's rate limit wants a pause.
    """
    if bool(refs) == bool(query):
        raise click.UsageError("Name issues, or search for them with --search.")
    try:
        book = open_book(folder, Checking(datetime.now(UTC).date(), RESERVED, rule_levels(folder)), product)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--product") from None
    with asking(cache, patience) as client:
        try:
            named = [parse_ref(ref, client.web_url) for ref in refs]
            names = list({ref.key: ref for ref in reversed(named)}.values())[::-1]
        except RefError as error:
            raise click.BadParameter(str(error), param_hint="REF") from None
        sys.exit(_import(names, query, client, book))


def _import(names: list[IssueRef], query: str | None, client: Tracker, book: EntriesBook) -> int:
    """Import, telling what becomes of each issue. The exit code."""
    kinds: Counter[str] = Counter()
    importer = Importer(client, book, lambda: datetime.now(UTC))
    try:
        with progress("Importing", len(names) or None) as (step, total):
            found: Iterable[IssueRef | Issue] = client.search(_for_issues(query), total) if query else names
            for outcome in importer.take_all(found):
                kinds[outcome.kind] += 1
                echo_safely(_line(outcome))
                step()
    finally:
        told = ", ".join(f"{kinds[kind]:,} {kind}" for kind in KINDS if kinds[kind])
        click.echo(
            f"{told or 'nothing found'}; {counted(client.requests, 'request')} to {client.service.name}", err=True
        )
    return FAILED if kinds["refused"] or kinds["failed"] else 0


def _for_issues(query: str) -> str:
    """A search that finds no pull requests."""
    return query if any(word in query for word in ("is:", "type:")) else f"{query} is:issue"


def _line(outcome: Outcome) -> str:
    end = f": {outcome.reason}" if outcome.reason else ""
    if outcome.is_partial:
        end += " (a long timeline: counted are its start and its end)"
    return f"{outcome.kind:<8} {outcome.ref}{' ' + outcome.entry if outcome.entry else ''}{end}"
