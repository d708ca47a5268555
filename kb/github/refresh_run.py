"""A refresh of many entries: each is asked for, and what changed is written into its file."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from kb.entry import Source, edited, write_whole
from kb.github.errors import GitHubError, ends_a_run
from kb.github.refreshing import Refreshed, refresh
from kb.github.tracker import Tracker


@dataclass(frozen=True, slots=True)
class RefreshedFile:
    """What became of one entry."""

    found: Refreshed
    problem: str = ""
    """Why its facts could not be read or written; empty where all went well."""
    is_read: bool = True


def refresh_files(
    sources: Iterable[Source], client: Tracker, clock: Callable[[], datetime], *, dry_run: bool
) -> Iterator[RefreshedFile]:
    """Refresh the entries of good sources, and write what changed unless it is a `dry_run`.

    Raises RateLimited, and GitHubError where going on is of no use.
    """
    in_a_row = 0
    for source in sources:
        if source.entry is None:
            continue
        try:
            found = refresh(source.entry, client, clock())
        except GitHubError as error:
            in_a_row += 1
            if ends_a_run(error, in_a_row):
                raise
            yield RefreshedFile(Refreshed(source.id, {}), str(error), is_read=False)
        else:
            in_a_row = 0
            yield RefreshedFile(found, _write(source, found, dry_run))


def _write(source: Source, found: Refreshed, dry_run: bool) -> str:
    """Write the changes into the entry's file; what is wrong where they can't be."""
    if not found.changes:
        return ""
    try:
        after = edited(source, found.changes)
    except ValueError as error:
        return str(error)
    if not dry_run and after.text != source.text:
        write_whole(after.path, after.text)
    return ""
