"""An issue and what is around it, collected for a verb, which tells meanwhile how far it is."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

import click

from kb.entry import IssueRef
from kb.github import GitHubError, Missing, Tracker, parse_ref
from kb.github.report import Bounds, NamedText, Problem, Snapshot, collect, pulls_of, text_of_files, texts_of
from kb.github.report.references import name_on
from kb.github.service import GITHUB_SERVICE

if TYPE_CHECKING:
    from kb.github.report.model import Json


class _FromClient:
    """A client as the source of a report."""

    def __init__(self, client: Tracker) -> None:
        self._client = client

    def issue(self, ref: str) -> Json | Problem:
        found = self._client.issue(IssueRef.parse(ref, self._client.host))
        return Problem(found.reason) if isinstance(found, Missing) else cast("Json", found)

    def timeline(self, ref: str) -> list[Json] | Problem:
        found = self._client.timeline(IssueRef.parse(ref, self._client.host))
        return Problem(found.reason) if isinstance(found, Missing) else [cast("Json", event) for event in found.events]


def collected(client: Tracker, ref: str, bounds: Bounds) -> Snapshot:
    """The snapshot of an issue. Raises RefError, GitHubError."""
    root = name_on(client.host, parse_ref(ref, client.web_url), client.service)
    fetched = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    shows = sys.stderr.isatty()

    def tell(done: int, known: int) -> None:
        if shows:
            click.echo(f"\r{done} of {known} issues read …", nl=False, err=True)

    found = collect(
        root,
        _FromClient(client),
        client.web_url,
        fetched,
        bounds=bounds,
        on_gitlab=client.service is not GITHUB_SERVICE,
        on_progress=tell,
    )
    if shows:
        click.echo("\r\x1b[K", nl=False, err=True)
    if isinstance(found, Problem):
        raise GitHubError(
            f"{root}: {found.reason}. Where the repository is private, {client.service.token} has to read it."
        )
    return found


def told_of(client: Tracker, snapshot: Snapshot) -> list[NamedText]:
    """What a model may draft from: the texts of a snapshot, and which files its pull requests change.

    Raises GitHubError.
    """
    found = texts_of(snapshot)
    for pull in pulls_of(snapshot):
        names = client.changed_files(IssueRef.parse(pull, client.host))
        if not isinstance(names, Missing) and names:
            found.append(text_of_files(pull, names))
    return found
