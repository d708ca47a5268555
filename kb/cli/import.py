"""The verb `import`: issues as draft entries, and old pages as entries and drafts."""  # noqa: N999 - found by the name of its verb

import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click

from kb.cli.asking import FAILED, asking, counted, echo_safely, options
from kb.cli.moving import Into, Old, move
from kb.cli.progress import progress
from kb.cli.settings import rule_levels
from kb.drafts import Checking, EntriesBook, Importer, Outcome, open_book
from kb.entry import IssueRef
from kb.github import Issue, RefError, Tracker, parse_ref
from kb.site.urls import RESERVED

_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_PATH: Final = click.Path(exists=True, path_type=Path)
_NEW_FOLDER: Final = click.Path(file_okay=False, path_type=Path)
KINDS: Final = ("new", "report", "known", "refused", "failed")


@click.command("import")
@click.argument("refs", nargs=-1, metavar="REF...")
@click.option("--search", "query", help='Import what a search finds: "repo:owner/name label:bug".')
@click.option("--csv", type=_FILE, help="Move in a table, a row an error.")
@click.option("--markdown", type=_PATH, help="Move in a folder of Markdown: runbooks, a wiki in a repository.")
@click.option("--confluence", type=_PATH, help="Move in the HTML export of a Confluence space, a folder or its zip.")
@click.option("--stackoverflow", type=_PATH, help="Move in the JSON export of Stack Overflow for Teams.")
@click.option("--discussions", metavar="OWNER/NAME", help="Move in a category of a repository's discussions.")
@click.option("--category", default="q-a", show_default=True, help="The category of --discussions.")
@click.option("--map", "mapping", multiple=True, metavar="FIELD=COLUMN,…", help="What columns of --csv are.")
@click.option("--delimiter", default="", help="What parts the columns of --csv. Default: found out.")
@click.option("--encoding", default="", help="The encoding of --csv. Default: UTF-8, or else Windows-1252.")
@click.option("--headings", multiple=True, metavar="HEADING=PART,…", help='What headings stand for: "Lösung=fix".')
@click.option("--address", default="", metavar="URL", help="Where the old pages are read, for links back to them.")
@click.option("--drafts", type=_NEW_FOLDER, help="The folder for drafts. Default: drafts/, beside the entries.")
@click.option("--dry-run", is_flag=True, help="Say what would become of old pages, and write nothing.")
@click.option("--product", help="The product to file the drafts under, whatever repository or page they come from.")
@click.option("--folder", type=_FOLDER, default="entries", help="The entries folder.", show_default=True)
@options
def import_command(
    *,
    refs: tuple[str, ...],
    query: str | None,
    product: str | None,
    folder: Path,
    drafts: Path | None,
    dry_run: bool,
    patience: float,
    cache: Path | None,
    **old: Any,
) -> None:
    """Import issues as draft entries, each named by owner/name#123 or its address; or move old pages in.

    An issue whose error is known already becomes a report of that entry. Importing again changes nothing: an import
    that was stopped is gone on with by starting it again.

    An old page becomes an entry that passes the checks, or else a draft in drafts/ that says what it lacks. What was
    moved stands in imported.jsonl: a page that has changed renews what nobody edited here, and says what stays.

    Exits with 0, 1 if an issue or page was refused or could not be read or GitHub failed in it, 2 for bad use, 75 if
    GitHub's rate limit wants a pause.
    """
    pages = Old(**old)
    if bool(refs) + bool(query) + pages.sources != 1:
        raise click.UsageError("Name issues, or search for them with --search, or name one source of old pages.")
    if pages.sources:
        sys.exit(move(pages, folder, Into(product, drafts, is_trial=dry_run), cache, patience))
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
