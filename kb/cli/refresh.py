"""The verb `refresh`: what entries say of their issues, brought up to date."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from kb.cli.asking import FAILED, asking, counted, echo_safely, options
from kb.cli.progress import progress
from kb.entry import EditError, Entry, Source, edit_front_matter, load_collection, parse_source, write_whole
from kb.github import Client, GitHubError, Refreshed, ends_a_run, in_turn, refresh

_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("refresh")
@click.argument("ids", nargs=-1, metavar="[ENTRY]...")
@click.option("--folder", type=_FOLDER, default="entries", help="The entries folder.", show_default=True)
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
        with progress("Refreshing", len(entries)) as (step, _):
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
