"""Verbs about votes, which are issues of the repository: `votes collect`, `close`, `void`, `audit`."""

import sys
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Final

import click
from pydantic import TypeAdapter, ValidationError

from kb.cli.asking import FAILED, asking, counted, echo_safely, options
from kb.cli.votes_hosting import host_command
from kb.cli.votes_keeping import (
    audit_taps,
    backup_command,
    block_command,
    forget_command,
    missing_command,
    outcomes_command,
    restore_command,
)
from kb.cli.votes_server import serve_command
from kb.entry import Collection, Repository, load_collection
from kb.votes import (
    Box,
    Stuffed,
    Vote,
    blocked_names,
    bursts,
    chosen,
    close_counted,
    count,
    open_votes,
    read_counts,
    stuffed,
    taken_over,
    void,
)

BLOCK_LIST: Final = Path(".github/blocked-voters.txt")
_ANSWERING: Final = 20
"""Seconds in which a collector has to give its counts."""
SHOWN_PEOPLE: Final = 8
"""Accounts of a burst that are named."""


@click.group("votes")
def votes_command() -> None:
    """Count, close, take back and examine the votes that readers sent as issues.

    A vote stands while its issue is open, and after `kb votes close` closed it; closed by anyone else it is withdrawn.
    """


_OF_COLLECTORS: Final = (
    *(
        serve_command,
        host_command,
        missing_command,
        outcomes_command,
        block_command,
        forget_command,
        backup_command,
        restore_command,
    ),
)
for _command in _OF_COLLECTORS:
    votes_command.add_command(_command)


def _shared(command: Callable[..., None]) -> Callable[..., None]:
    """The options that all of these verbs have."""
    repository = click.option(
        "--repo",
        envvar="GITHUB_REPOSITORY",
        metavar="OWNER/NAME",
        callback=lambda context, _, value: _repository(context, value),
        help="Where the vote issues are. Default: GITHUB_REPOSITORY.",
    )
    folder = click.option(
        "--folder",
        type=click.Path(path_type=Path),
        default="entries",
        show_default=True,
        callback=lambda context, _, value: _folder(context, value),
        help="The entries folder.",
    )
    blocked = click.option(
        "--block-list",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help=f"Accounts without a vote, one a line; `#` starts a comment. Default: {BLOCK_LIST}, if it is there.",
    )
    return repository(folder(blocked(options(command))))


@votes_command.command("collect")
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option(
    "--from", "collector", metavar="URL", is_eager=True, help="Bring in the taps of a collector instead: its address."
)
@click.option("--fewer", is_flag=True, help="With --from: take over less than half of what was counted before.")
@_shared
def collect_command(
    *,
    repo: str,
    folder: Path,
    block_list: Path | None,
    dry_run: bool,
    collector: str | None,
    fewer: bool,
    patience: float,
    cache: Path | None,
) -> None:
    """Count the votes, and write what changed into the entries.

    One vote a person, entry and signal; the latest counts. Votes whose issues were deleted, unlabelled or moved away
    count no more. Votes for entries and signals that don't exist are told. Collecting twice changes nothing.
    """
    entries = load_collection(folder)
    if collector:
        sys.exit(_collect_taps(entries, collector, fewer=fewer, dry_run=dry_run))
    with asking(cache, patience) as client:
        cast = _box(entries, block_list).read(client, repo)
        changed, failed = _count(entries, cast.votes, dry_run)
        told = [one for one in cast.spoilt if one.is_told]
        for one in told:
            echo_safely(f"{repo}#{one.number}: {one.reason}", err=True)
        on = len({vote.entry for vote in cast.votes})
        click.echo(
            f"{counted(len(cast.votes), 'vote')} on {counted(on, 'entry', 'entries')}, {changed:,} changed; "
            f"{len(told):,} unknown, {len(cast.spoilt) - len(told):,} left out",
            err=True,
        )
        sys.exit(FAILED if failed else 0)


@votes_command.command("close")
@click.option("--most", type=click.IntRange(1), default=400, show_default=True, help="Close so many at most.")
@click.option("--dry-run", is_flag=True, help="Print the numbers of the issues, and close none.")
@_shared
def close_command(
    *,
    repo: str,
    folder: Path,
    block_list: Path | None,
    most: int,
    dry_run: bool,
    patience: float,
    cache: Path | None,
) -> None:
    """Close the open vote issues that count, as completed and with the label `counted`.

    They go on to count. To be run after the counts were published. Votes for what doesn't exist stay open.
    """
    box = _box(load_collection(folder), block_list)
    closed = 0
    with asking(cache, patience) as client:
        try:
            for ref, labels in open_votes(client, repo, box, most):
                if dry_run:
                    click.echo(ref.number)
                elif gone := close_counted(client, ref, labels):
                    echo_safely(f"{gone}; it counts no more", err=True)
                else:
                    closed += 1
        finally:
            click.echo(f"{counted(closed, 'vote')} closed", err=True)


@votes_command.command("void")
@click.argument("numbers", nargs=-1, type=click.IntRange(1), metavar="[NUMBER]...")
@click.option("--by", "people", multiple=True, metavar="LOGIN", help="The votes of this account; may be repeated.")
@click.option("--entry", metavar="ENTRY", help="The votes on this entry; with --by, those of these accounts on it.")
@click.option("--dry-run", is_flag=True, help="Say which votes they are; close and write nothing.")
@_shared
def void_command(
    *,
    numbers: tuple[int, ...],
    people: tuple[str, ...],
    entry: str | None,
    repo: str,
    folder: Path,
    block_list: Path | None,
    dry_run: bool,
    patience: float,
    cache: Path | None,
) -> None:
    """Take votes back, such as a burst that `kb votes audit` showed, and count anew.

    NUMBER is a vote issue's. Closes the issues as not planned, which can't be undone by who sent them, and writes the
    new counts into the entries. The Votes workflow would write the same; a pull request with the counts passes its
    checks from the branch votes/recount of the repository itself. Exits with 1 if there is no such vote.
    """
    if not (numbers or people or entry):
        raise click.UsageError("Name issues by their numbers, or votes with --by or --entry.")
    entries = load_collection(folder)
    box = _box(entries, block_list)
    if entry is not None and entry not in box.ids:
        raise click.BadParameter(f"there is no entry {entry[:80]!a} in {folder}", param_hint="--entry")
    with asking(cache, patience) as client:
        votes = {vote.number: vote for vote in box.read(client, repo).votes}
        logins = {name.lower().removeprefix("@") for name in people}
        taken = chosen(votes.values(), numbers, logins, entry and box.ids[entry])
        for number in sorted(set(numbers) - {vote.number for vote in taken}):
            echo_safely(f"{repo}#{number}: no vote that counts", err=True)
        done = 0
        try:
            for vote in taken:
                gone = None if dry_run else void(client, repo, vote)
                votes[vote.number] = vote._replace(stands=False)
                done += 1
                echo_safely(f"{repo}#{vote.number}: {vote.signal} on {vote.entry} by {vote.person}", err=True)
                if gone:
                    echo_safely(f"{gone}; it counts no more", err=True)
        finally:
            _, failed = _count(entries, votes.values(), dry_run) if done else (0, 0)
            click.echo(f"{counted(done, 'vote')} taken back", err=True)
        sys.exit(FAILED if failed or not taken else 0)


@votes_command.command("audit")
@click.option(
    "--database",
    envvar="KB_VOTES_DATABASE",
    metavar="FILE|URL",
    is_eager=True,
    help="Look at the taps of a collector's database instead.",
)
@click.option("--least", type=click.IntRange(2), default=10, show_default=True, help="Votes that make a burst.")
@click.option("--hours", type=click.FloatRange(0.1), default=24, show_default=True, help="The time they come in.")
@click.option("--days", type=click.IntRange(1), default=30, show_default=True, help="The age of a new account.")
@click.option("--share", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="New accounts in a burst.")
@_shared
def audit_command(
    *,
    database: str | None,
    repo: str,
    folder: Path,
    block_list: Path | None,
    least: int,
    hours: float,
    days: int,
    share: float,
    patience: float,
    cache: Path | None,
) -> None:
    """Show bursts: many votes on one entry in a short time, most of them from new accounts.

    Exits with 1 if there is one. `kb votes void` takes such votes back.
    """
    if database:
        found = audit_taps(database, least)
        click.echo(counted(found, "burst"), err=True)
        sys.exit(FAILED if found else 0)
    box = _box(load_collection(folder), block_list)
    with asking(cache, patience) as client:
        votes = box.read(client, repo).votes
        found = 0
        for one in stuffed(bursts(votes, timedelta(hours=hours), least), client, timedelta(days=days), share):
            found += 1
            echo_safely(_line(one, days))
        click.echo(f"{counted(len(votes), 'vote')}, {counted(found, 'burst')}", err=True)
        sys.exit(FAILED if found else 0)


def _collect_taps(entries: Collection, collector: str, *, fewer: bool, dry_run: bool) -> int:
    """Bring a collector's counts into the entries; the exit code."""
    from kb.match.fetching import reader_of  # noqa: PLC0415 - for taps alone

    if not collector.startswith(("http://", "https://")):
        raise click.BadParameter("write the collector's address: https://…", param_hint="--from")
    try:
        tapped = read_counts(reader_of(collector, _ANSWERING)("v1/counts.json"))
    except (OSError, ValueError) as error:
        raise click.ClickException(str(error)) from None
    before = sum(sum(entry.taps.values()) for entry in entries.entries)
    if tapped.total < before / 2 and not fewer:
        raise click.ClickException(
            f"The collector counts {counted(tapped.total, 'tap')}, the entries {before:,}: is it another database? "
            "Nothing was written; --fewer takes them over."
        )
    changed, failed = 0, 0
    for one in taken_over(entries.sources, tapped, dry_run=dry_run):
        echo_safely(str(one), err=bool(one.problem))
        changed, failed = changed + (not one.problem), failed + bool(one.problem)
    ids = {alias for entry in entries.entries for alias in (entry.id, *entry.aliases)}
    for unknown in sorted(set(tapped.entries) - ids):
        echo_safely(f"{unknown[:80]}: no such entry", err=True)
    click.echo(f"{counted(tapped.total, 'tap')}, {counted(changed, 'entry', 'entries')} changed", err=True)
    return FAILED if failed else 0


def _line(found: Stuffed, days: int) -> str:
    burst = found.burst
    people = ", ".join(burst.people[:SHOWN_PEOPLE]) + (", …" if len(burst.people) > SHOWN_PEOPLE else "")
    return (
        f"{burst.entry}: {len(burst.votes)} votes from {burst.votes[0].at} on, within {burst.lasted}; "
        f"{found.new} of {counted(len(burst.people), 'account')} younger than {days} days: {people}"
    )


def _count(entries: Collection, votes: Iterable[Vote], dry_run: bool) -> tuple[int, int]:
    """Count, telling what changes: how many entries changed, and how many can't be written."""
    changed, failed = 0, 0
    for one in count(entries.sources, votes, dry_run=dry_run):
        echo_safely(str(one), err=bool(one.problem))
        changed, failed = changed + (not one.problem), failed + bool(one.problem)
    return changed, failed


def _box(entries: Collection, block_list: Path | None) -> Box:
    path = block_list or (BLOCK_LIST if BLOCK_LIST.is_file() else None)
    return Box.of(entries, frozenset(blocked_names(path.read_text("utf-8")) if path else ()))


def _folder(context: click.Context, value: Path) -> Path:
    """The entries folder; none is needed where a database is looked at."""
    if not context.params.get("database") and not value.is_dir():
        raise click.BadParameter(f"Directory {str(value)!r} does not exist.")
    return value


def _repository(context: click.Context, value: str | None) -> str:
    """The repository; none is needed where the votes are a collector's."""
    if value is None:
        if context.params.get("collector") or context.params.get("database"):
            return ""
        raise click.MissingParameter(param_hint="--repo", param_type="option")
    try:
        return TypeAdapter(Repository).validate_python(value)
    except ValidationError:
        raise click.BadParameter(f"{value[:80]!a} is no repository; write owner/name") from None
