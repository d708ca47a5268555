"""Verbs for who keeps a collector: `block`, `forget`, `missing`, `outcomes`, `backup`, `restore`; the audit of taps."""

from __future__ import annotations

import gzip
import os
import re
import zlib
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kb.cli.asking import counted, echo_safely
from kb.cli.votes_server import database_option, open_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.collector.database import Database

_PSEUDONYM: Final = re.compile(r"[0-9a-f]{16}|[0-9a-f]{32}")
_DAY: Final = 86_400


@contextmanager
def _opened(address: str, *, is_made: bool = False) -> Iterator[Database]:
    """The database, closed at the end; it has to be there unless `is_made`. What goes wrong is said in a line."""
    database = open_database(address, is_made=is_made)
    from kb.collector.database import DatabaseError  # noqa: PLC0415 - an extra's libraries

    try:
        yield database
    except DatabaseError as error:
        raise click.ClickException(f"The database can't be used: {error}") from None
    finally:
        database.close()


@click.command("block")
@click.argument("pseudonym")
@database_option
def block_command(*, pseudonym: str, database: str) -> None:
    """Take back all votes of a reader or network, as `kb votes audit --database` names it, and take no more today."""
    if not _PSEUDONYM.fullmatch(pseudonym):
        raise click.UsageError("That is no reader or network; `kb votes audit --database` names them.")
    with _opened(database) as opened:
        from kb.collector.keeping import block  # noqa: PLC0415

        click.echo(f"{counted(block(opened, pseudonym), 'vote')} taken back", err=True)


@click.command("forget")
@click.argument("receipt")
@database_option
def forget_command(*, receipt: str, database: str) -> None:
    """Delete all that is kept of the reader who shows this receipt, and their votes with it."""
    if not re.fullmatch(r"[0-9a-f]{32}", receipt):
        raise click.UsageError("A receipt has 32 hexadecimal digits; the reader's browser keeps it.")
    with _opened(database) as opened:
        from kb.collector.keeping import forget  # noqa: PLC0415

        click.echo(f"{counted(forget(opened, receipt), 'vote')} forgotten", err=True)


@click.command("missing")
@click.option("--top", type=click.IntRange(1), default=50, show_default=True, help="Show so many at most.")
@database_option
def missing_command(*, top: int, database: str) -> None:
    """List the errors that readers looked for in vain, the most wanted first: what to write next.

    `*` stands where a value stood: values are never sent.
    """
    with _opened(database) as opened:
        from kb.collector.keeping import sought  # noqa: PLC0415

        found = sought(opened, top)
        for each in found:
            echo_safely(f"{each.times:6,}  {_date(each.last_day * _DAY)}  {each.skeleton}")
        if not found:
            click.echo("nothing was looked for in vain yet", err=True)


@click.command("outcomes")
@click.option("--top", type=click.IntRange(1), default=50, show_default=True, help="Show so many at most.")
@database_option
def outcomes_command(*, top: int, database: str) -> None:
    """List what coding agents report of workarounds that they tried, those that failed most often first.

    `kb mcp --votes-url` sends these reports. No reader's vote is among them, and they are in no count of a page.
    """
    with _opened(database) as opened:
        from kb.collector.keeping import reported  # noqa: PLC0415

        found = reported(opened, top)
        for each in found:
            version = f"  {each.version}" if each.version else ""
            counts = f"{each.helped:6,} helped  {each.failed:6,} failed"
            echo_safely(f"{counts}  {_date(each.last_day * _DAY)}  {each.entry}  {each.workaround}{version}")
        if not found:
            click.echo("no outcome is reported yet", err=True)


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@database_option
def backup_command(*, file: Path, database: str) -> None:
    """Write all votes into FILE, compressed, while the collector runs. `kb votes restore` reads it."""
    with _opened(database) as opened:
        from kb.collector.archive import back_up  # noqa: PLC0415

        new = file.with_name(f"{file.name}.new")
        try:
            with gzip.open(new, "wt", encoding="utf-8") as out:
                count = back_up(opened, out)
            os.replace(new, file)  # noqa: PTH105 - in one step, over an older one
        except OSError as error:
            raise click.ClickException(f"{file} can't be written: {error.strerror or error}") from None
        click.echo(f"{counted(count, 'row')} written", err=True)


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@database_option
def restore_command(*, file: Path, database: str) -> None:
    """Fill an empty database from FILE, of SQLite or PostgreSQL, whichever it was written from."""
    with _opened(database, is_made=True) as opened:
        from kb.collector.archive import restore  # noqa: PLC0415

        try:
            count = restore(opened, _lines(file))
        except ValueError as error:
            raise click.ClickException(f"{file} is not restored: {error}") from None
        click.echo(f"{counted(count, 'row')} restored", err=True)


def _lines(file: Path) -> Iterator[str]:
    """The lines of a backup. Raises ValueError, whatever is wrong with it: an OSError is the database's."""
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            yield from lines
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(str(error)) from None


def audit_taps(database: str, least: int) -> int:
    """Print bursts of taps; how many there are."""
    with _opened(database) as opened:
        from kb.collector.keeping import bursts  # noqa: PLC0415

        found = bursts(opened, least)
        for one in found:
            echo_safely(
                f"{one.entry}: {one.readers} readers of network {one.network} said {one.signal}, "
                f"{one.standing} count, from {_date(one.first * 60)} on, within {counted(one.minutes + 1, 'minute')}"
            )
    return len(found)


def _date(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")
