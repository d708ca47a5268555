"""Verbs that bring GitHub in: `import`, `refresh`."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from kb.cli.asking import FAILED, asking, counted, echo_safely, options
from kb.drafts import Checking, EntriesBook, Importer, Outcome, open_book
from kb.entry import (
    EditError,
    Entry,
    IssueRef,
    Source,
    edit_front_matter,
    load_collection,
    parse_source,
    write_whole,
)
from kb.github import (
    Client,
    GitHubError,
    Issue,
    RefError,
    Refreshed,
    ends_a_run,
    in_turn,
    parse_ref,
    refresh,
)
from kb.site.urls import RESERVED

FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)
SEARCH_LIMIT: Final = 1000
KINDS: Final = ("new", "report", "known", "refused", "failed")

Step = Callable[[], None]


@click.command("import")
@click.argument("refs", nargs=-1, metavar="REF...")
@click.option("--search", "query", help='Import what a search finds: "repo:owner/name label:bug".')
@click.option("--product", help="The product to file the drafts under, whatever repository they come from.")
@click.option("--folder", type=FOLDER, default="entries", help="The entries folder.", show_default=True)
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
        book = open_book(folder, Checking(datetime.now(UTC).date(), RESERVED), product)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--product") from None
    with asking(cache, patience) as client:
        try:
            named = [parse_ref(ref, client.web_url) for ref in refs]
            names = list({ref.key: ref for ref in reversed(named)}.values())[::-1]
        except RefError as error:
            raise click.BadParameter(str(error), param_hint="REF") from None
        sys.exit(_import(names, query, client, book))


def _import(names: list[IssueRef], query: str | None, client: Client, book: EntriesBook) -> int:
    """Import, telling what becomes of each issue. The exit code."""
    kinds: Counter[str] = Counter()
    importer = Importer(client, book, lambda: datetime.now(UTC))
    try:
        with _progress("Importing", len(names) or None) as (step, total):
            found: Iterable[IssueRef | Issue] = client.search(_for_issues(query), total) if query else names
            for outcome in importer.take_all(found):
                kinds[outcome.kind] += 1
                echo_safely(_line(outcome))
                step()
    finally:
        told = ", ".join(f"{kinds[kind]:,} {kind}" for kind in KINDS if kinds[kind])
        click.echo(f"{told or 'nothing found'}; {counted(client.requests, 'request')} to GitHub", err=True)
    return FAILED if kinds["refused"] or kinds["failed"] else 0


def _for_issues(query: str) -> str:
    """A search that finds no pull requests."""
    return query if any(word in query for word in ("is:", "type:")) else f"{query} is:issue"


def _line(outcome: Outcome) -> str:
    end = f": {outcome.reason}" if outcome.reason else ""
    if outcome.is_partial:
        end += " (a long timeline: counted are its start and its end)"
    return f"{outcome.kind:<8} {outcome.ref}{' ' + outcome.entry if outcome.entry else ''}{end}"


@click.command("refresh")
@click.argument("ids", nargs=-1, metavar="[ENTRY]...")
@click.option("--folder", type=FOLDER, default="entries", help="The entries folder.", show_default=True)
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@options
def refresh_command(ids: tuple[str, ...], folder: Path, dry_run: bool, patience: float, cache: Path | None) -> None:
    """Bring what entries say of their issues up to date: counts, status, pull requests.

    Without ENTRY all entries are asked for, those first whose facts are older than a month. Where nothing changed
    nothing is written. Exits with 0, 1 if an entry can't be read or written, 2 for bad use, 75 if GitHub's rate limit
    wants a pause; what was done until then is kept.
    """
    collection = load_collection(folder)
    sources = {source.id: source for source in collection.sources}
    unknown = [name for name in ids if name not in sources]
    if unknown:
        raise click.BadParameter(f"there is no entry {unknown[0]!r} in {folder}", param_hint="ENTRY")
    broken = [name for name in ids if sources[name].entry is None]
    if broken:
        raise click.BadParameter(f"{broken[0]} can't be read; see `kb check`", param_hint="ENTRY")
    wanted = [sources[name].entry for name in ids] if ids else list(collection.entries)
    entries = in_turn((entry for entry in wanted if entry), datetime.now(UTC))
    with asking(cache, patience) as client:
        sys.exit(_refresh(entries, sources, client, dry_run))


def _refresh(entries: list[Entry], sources: dict[str, Source], client: Client, dry_run: bool) -> int:
    """Refresh entries, telling what changes. The exit code."""
    done, changed, failed, in_a_row = 0, 0, 0, 0
    try:
        with _progress("Refreshing", len(entries)) as (step, _):
            for entry in entries:
                try:
                    found = refresh(entry, client, datetime.now(UTC))
                except GitHubError as error:
                    in_a_row += 1
                    if ends_a_run(error, in_a_row):
                        raise
                    found, problem = Refreshed(entry.id, {}), str(error)
                else:
                    done, in_a_row = done + 1, 0
                    problem = _write(sources[entry.id], found, dry_run)
                changed, failed = changed + bool(found.changes), failed + bool(problem)
                for line in (*found.told, *(f"note: {note}" for note in found.notes), problem):
                    if line:
                        echo_safely(f"{entry.id}: {line}")
                step()
    finally:
        entries_read = f"{done:,} of {counted(len(entries), 'entry', 'entries')}"
        click.echo(
            f"{entries_read} read, {changed:,} changed; {counted(client.requests, 'request')} to GitHub", err=True
        )
    return FAILED if failed else 0


def _write(source: Source, found: Refreshed, dry_run: bool) -> str:
    """Write the changes into the entry's file; what is wrong where they can't be."""
    if not found.changes:
        return ""
    try:
        text = edit_front_matter(source.text, source.name, found.changes)
    except (EditError, ValueError) as error:
        return str(error)
    if parse_source(source.path, source.name, text).entry is None:
        return "what GitHub says can't be written into it"
    if not dry_run and text != source.text:
        write_whole(source.path, text)
    return ""


@contextmanager
def _progress(what: str, total: int | None) -> Iterator[tuple[Step, Callable[[int, bool], None]]]:
    """A bar on a terminal's standard error: functions that count one more, and that say how many there are."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    is_shown = console.is_terminal and (total is None or total > 1)
    # Lines that go into a pipe or file go there, and not above the bar.
    above = sys.stdout.isatty()
    with Progress(*columns, console=console, transient=True, disable=not is_shown, redirect_stdout=above) as progress:
        task = progress.add_task(what, total=total)

        def say_total(found: int, is_complete: bool) -> None:
            progress.update(task, total=min(found, SEARCH_LIMIT))
            if told:
                return
            told.append(found)
            if not is_complete:
                click.echo("kb: GitHub's search was too slow to look through everything; run it again later.", err=True)
            if found > SEARCH_LIMIT:
                click.echo(
                    f"kb: the search finds {found:,} issues, and GitHub gives {SEARCH_LIMIT:,} of them. "
                    "Import the rest by narrower searches, such as created:>2026-01-01.",
                    err=True,
                )

        told: list[int] = []
        yield lambda: progress.advance(task), say_total
