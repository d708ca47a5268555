"""The verb `refresh`: what entries say of their issues, brought up to date."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from kb.cli.asking import FAILED, asking, counted, echo_safely, options
from kb.cli.progress import progress
from kb.entry import Source, load_collection
from kb.github import Tracker, in_turn, refresh_files

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
    in_order = [sources[entry.id] for entry in in_turn(filter(None, wanted), datetime.now(UTC))]
    with asking(cache, patience) as client:
        sys.exit(_refresh(in_order, client, dry_run=dry_run))


def _refresh(sources: list[Source], client: Tracker, *, dry_run: bool) -> int:
    """Refresh entries, telling what changes. The exit code."""
    read, changed, failed = 0, 0, 0
    try:
        with progress("Refreshing", len(sources)) as (step, _):
            for one in refresh_files(sources, client, lambda: datetime.now(UTC), dry_run=dry_run):
                found = one.found
                read, changed = read + one.is_read, changed + bool(found.changes)
                failed += bool(one.problem)
                for line in (*found.told, *(f"note: {note}" for note in found.notes), one.problem):
                    if line:
                        echo_safely(f"{found.entry}: {line}")
                step()
    finally:
        entries = f"{read:,} of {counted(len(sources), 'entry', 'entries')}"
        click.echo(
            f"{entries} read, {changed:,} changed; {counted(client.requests, 'request')} to {client.service.name}",
            err=True,
        )
    return FAILED if failed else 0
