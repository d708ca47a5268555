"""The verb `report`: an issue, and what is linked with it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from kb.checks import json_text
from kb.cli.asking import asking, options
from kb.cli.matching import BAD_USE, fail, known_errors, site_option, url_option
from kb.cli.site_address import site_address
from kb.entry import IssueRef, write_whole
from kb.github import GitHubError, Missing, RefError, Tracker, parse_ref
from kb.github.report import (
    Bounds,
    Problem,
    Snapshot,
    analyse,
    collect,
    known_of,
    text_to_match,
    to_markdown,
)
from kb.github.report.references import name_on
from kb.github.service import GITHUB_SERVICE
from kb.match import SourceError

if TYPE_CHECKING:
    from kb.github.report.model import Json

MOST_KNOWN = 5


@click.command("report")
@click.argument("ref")
@click.option("--depth", type=click.IntRange(1, 2), default=1, show_default=True, help="How many steps from REF.")
@click.option("--format", "form", type=click.Choice(["md", "json"]), default="md", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@click.option("--nodes", type=click.IntRange(1, 1000), default=200, show_default=True, help="Issues at most.")
@click.option("--calls", type=click.IntRange(2, 5000), default=400, show_default=True, help="Calls to GitHub at most.")
@site_option
@url_option
@options
def report_command(
    ref: str,
    *,
    depth: int,
    form: str,
    output: Path | None,
    nodes: int,
    calls: int,
    site: str | None,
    url: str | None,
    patience: float,
    cache: Path | None,
) -> None:
    """Report on the issue REF and on what is linked with it.

    REF is owner/name#123 or an address. Follows what the issue mentions and what mentions it, its duplicates and its
    pull requests, and says what is known of its error. GITHUB_TOKEN raises GitHub's limits; GITHUB_API_URL names an
    Enterprise server. The report is safe to post: it mentions nobody. Exits with 2 where the issue can't be had, 75 if
    GitHub's rate limit wants a pause.
    """
    try:
        base, address = known_errors(site, None), site_address(site, url)
        with asking(cache, patience, BAD_USE) as client:
            snapshot = _collected(client, ref, Bounds(depth, nodes, calls))
        found = [known_of(known, address) for known in base.find(text_to_match(snapshot), MOST_KNOWN)]
    except (SourceError, RefError, GitHubError) as error:
        fail(error)
    report = analyse(snapshot, found)
    text = to_markdown(report) if form == "md" else json_text(report, 2) + "\n"
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        write_whole(output, text)
    except OSError as error:
        fail(f"{output}: {error.strerror}")


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


def _collected(client: Tracker, ref: str, bounds: Bounds) -> Snapshot:
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
