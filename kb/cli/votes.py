"""Verbs about votes, which are issues of the repository: `votes collect`, `votes close`, `votes audit`."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import click
from pydantic import TypeAdapter, ValidationError

from kb.cli.asking import FAILED, asking, counted, echo_safely, options
from kb.entry import (
    EditError,
    IssueRef,
    Repository,
    Source,
    edit_front_matter,
    load_collection,
    parse_source,
    write_whole,
)
from kb.github import Client, Issue, Missing, is_pull
from kb.github.votes import COUNTED, Spoilt, Vote, ballot, bursts, changes_of, is_stuffed, tally

FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)
LABEL: Final = "vote"
"""The label that the vote form puts on its issues."""
BLOCK_LIST: Final = Path(".github/blocked-voters.txt")
SHOWN_PEOPLE: Final = 8
"""Accounts of a burst that are named."""


@click.group("votes")
def votes_command() -> None:
    """Count, close and examine the votes that readers sent as issues.

    A vote stands while its issue is open, and after `kb votes close` closed it; closed by anyone else it is withdrawn.
    """


def _shared(command: Callable[..., None]) -> Callable[..., None]:
    """The options that all of these verbs have."""
    repository = click.option(
        "--repo",
        envvar="GITHUB_REPOSITORY",
        required=True,
        metavar="OWNER/NAME",
        callback=lambda _, __, value: _repository(value),
        help="Where the vote issues are. Default: GITHUB_REPOSITORY.",
    )
    folder = click.option("--folder", type=FOLDER, default="entries", help="The entries folder.", show_default=True)
    blocked = click.option(
        "--block-list",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help=f"Accounts without a vote, one a line; `#` starts a comment. Default: {BLOCK_LIST}, if it is there.",
    )
    return repository(folder(blocked(options(command))))


@votes_command.command("collect")
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@_shared
def collect_command(
    *, repo: str, folder: Path, block_list: Path | None, dry_run: bool, patience: float, cache: Path | None
) -> None:
    """Count the votes, and write what changed into the entries.

    One vote a person, entry and signal; the latest counts. Votes for entries and signals that don't exist are told.
    Collecting twice changes nothing.
    """
    box = _Box.of(folder, block_list)
    with asking(cache, patience) as client:
        votes, spoilt = box.read(client, repo)
        counts = tally(votes, (one.meant for one in spoilt if one.meant))
        changed, failed = 0, 0
        for entry_id in sorted(counts):
            try:
                changed += _write(box.sources[entry_id], counts[entry_id], dry_run)
            except (EditError, ValueError) as error:
                failed += 1
                echo_safely(f"{entry_id}: {error}", err=True)
        told = [one for one in spoilt if one.is_told]
        for one in told:
            echo_safely(f"{repo}#{one.number}: {one.reason}", err=True)
        click.echo(
            f"{counted(len(votes), 'vote')} on {counted(len(counts), 'entry', 'entries')}, {changed:,} changed; "
            f"{len(told):,} unknown, {len(spoilt) - len(told):,} left out",
            err=True,
        )
        sys.exit(FAILED if failed else 0)


@votes_command.command("close")
@click.option("--most", type=click.IntRange(1), default=400, show_default=True, help="Close so many at most.")
@_shared
def close_command(
    *, repo: str, folder: Path, block_list: Path | None, most: int, patience: float, cache: Path | None
) -> None:
    """Close the open vote issues that count, as completed and with the label `counted`.

    They go on to count. To be run after the counts were published. Votes for what doesn't exist stay open.
    """
    box = _Box.of(folder, block_list)
    closed = 0
    with asking(cache, patience) as client:
        try:
            for issue in list(client.issues(repo, (LABEL,), "open"))[:most]:
                if isinstance(box.ballot(issue), Vote):
                    labels = [name for label in issue.get("labels") or () if (name := label.get("name"))]
                    client.close_issue(IssueRef(client.host, repo, issue["number"]), labels=(*labels, COUNTED))
                    closed += 1
        finally:
            click.echo(f"{counted(closed, 'vote')} closed", err=True)


@votes_command.command("audit")
@click.option("--least", type=click.IntRange(2), default=10, show_default=True, help="Votes that make a burst.")
@click.option("--hours", type=click.FloatRange(0.1), default=24, show_default=True, help="The time they come in.")
@click.option("--days", type=click.IntRange(1), default=30, show_default=True, help="The age of a new account.")
@click.option("--share", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="New accounts in a burst.")
@_shared
def audit_command(
    *,
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

    Exits with 1 if there is one.
    """
    box = _Box.of(folder, block_list)
    young, found = timedelta(days=days), 0
    with asking(cache, patience) as client:
        votes, _ = box.read(client, repo)
        created: dict[str, str] = {}
        for burst in bursts(votes, timedelta(hours=hours), least):
            _look_up(burst.people, created, client)
            stuffed, new = is_stuffed(burst, created, young, share)
            if stuffed:
                found += 1
                people = ", ".join(burst.people[:SHOWN_PEOPLE]) + (", …" if len(burst.people) > SHOWN_PEOPLE else "")
                echo_safely(
                    f"{burst.entry}: {len(burst.votes)} votes from {burst.votes[0].at} on, within {burst.lasted}; "
                    f"{new} of {counted(len(burst.people), 'account')} younger than {days} days: {people}"
                )
        click.echo(f"{counted(len(votes), 'vote')}, {counted(found, 'burst')}", err=True)
        sys.exit(FAILED if found else 0)


def _look_up(people: tuple[str, ...], created: dict[str, str], client: Client) -> None:
    """Add when accounts were made; those that are gone have no such time."""
    for person in people:
        if person not in created:
            user = client.user(person)
            if not isinstance(user, Missing) and (time := user.get("created_at")):
                created[person] = time


@dataclass(frozen=True)
class _Box:
    """What it takes to read vote issues: the entries there are, under all their names, and who has no vote."""

    sources: dict[str, Source]
    ids: dict[str, str]
    blocked: frozenset[str]

    @classmethod
    def of(cls, folder: Path, block_list: Path | None) -> "_Box":
        collection = load_collection(folder)
        ids = {alias: entry.id for entry in collection.entries for alias in entry.aliases}
        ids |= {entry.id: entry.id for entry in collection.entries}
        path = block_list or (BLOCK_LIST if BLOCK_LIST.is_file() else None)
        return cls({source.id: source for source in collection.sources}, ids, frozenset(_names(path)))

    def ballot(self, issue: Issue) -> Vote | Spoilt:
        return ballot(issue, self.ids, self.blocked)

    def read(self, client: Client, repo: str) -> tuple[list[Vote], list[Spoilt]]:
        """All votes of a repository, and what is none. Keeps of each issue what counts, so that many fit in memory."""
        votes: list[Vote] = []
        spoilt: list[Spoilt] = []
        for issue in client.issues(repo, (LABEL,)):
            if is_pull(issue):
                continue
            one = self.ballot(issue)
            if isinstance(one, Vote):
                votes.append(one)
            else:
                spoilt.append(one)
        return votes, spoilt


def _names(path: Path | None) -> Iterator[str]:
    """The accounts of a block list, in lower case."""
    for line in path.read_text("utf-8").splitlines() if path else ():
        name = line.partition("#")[0].strip().lower().removeprefix("@")
        if name:
            yield name


def _write(source: Source, counts: dict[str, int], dry_run: bool) -> bool:
    """Write counts into an entry's file; whether they changed. Raises ValueError where they can't be written."""
    if source.entry is None:
        return False
    changes = list(changes_of(source.entry, counts))
    if not changes:
        return False
    text = edit_front_matter(source.text, source.name, {change.path: change.after for change in changes})
    if parse_source(source.path, source.name, text).entry is None:
        raise ValueError("the counts can't be written into it")
    if not dry_run:
        write_whole(source.path, text)
    click.echo(f"{source.id}: {', '.join(map(str, changes))}")
    return True


def _repository(value: str) -> str:
    try:
        return TypeAdapter(Repository).validate_python(value)
    except ValidationError:
        raise click.BadParameter(f"{value[:80]!a} is no repository; write owner/name") from None
