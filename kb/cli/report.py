"""Verbs that answer on GitHub: `report` and `reply`."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, cast

import click

from kb.checks import visible
from kb.cli.asking import asking, options
from kb.cli.known import KnownFixes
from kb.entry import IssueRef, write_whole
from kb.github import Client, GitHubError, Missing, RefError, parse_ref
from kb.github.reply import reply_text
from kb.github.report import (
    Bounds,
    Known,
    Problem,
    Snapshot,
    analyse,
    collect,
    text_to_match,
    to_markdown,
)
from kb.github.report.references import name_on
from kb.match import SourceError, fill_prose

if TYPE_CHECKING:
    from kb.github.report.model import Json

BAD = 2
"""Exit code: GitHub or the knowledge base could not be asked."""

MOST_KNOWN = 5

_FOLDER = click.Path(file_okay=False, path_type=Path)
_site = click.option("--site", help="A built site, a folder or an address, instead of entries/.")
_url = click.option("--url", envvar="KB_SITE_URL", help="Where the site's pages are, if mkdocs.yml doesn't say it.")


@click.command("report")
@click.argument("ref")
@click.option("--depth", type=click.IntRange(1, 2), default=1, show_default=True, help="How many steps from REF.")
@click.option("--format", "form", type=click.Choice(["md", "json"]), default="md", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@click.option("--nodes", type=click.IntRange(1, 1000), default=200, show_default=True, help="Issues at most.")
@click.option("--calls", type=click.IntRange(2, 5000), default=400, show_default=True, help="Calls to GitHub at most.")
@_site
@_url
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
        known = KnownFixes.open(site, Path("entries"), url)
        with asking(cache, patience, BAD) as client:
            snapshot = _collected(client, ref, Bounds(depth, nodes, calls))
        found: list[Known] = [
            {
                "id": fixed.id,
                "url": fixed.url,
                "title": fixed.title,
                "tier": fixed.tier,
                "score": fixed.score,
                "summary": fixed.summary,
                "step": fixed.step,
            }
            for fixed in known.find(text_to_match(snapshot), MOST_KNOWN)
        ]
    except (SourceError, RefError, GitHubError) as error:
        _fail(str(error))
    report = analyse(snapshot, found)
    text = to_markdown(report) if form == "md" else json.dumps(report, indent=2, ensure_ascii=False) + "\n"
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        write_whole(output, text)
    except OSError as error:
        _fail(f"{output}: {error.strerror}")


@click.command("reply")
@click.argument("ref")
@_site
@_url
@options
def reply_command(ref: str, *, site: str | None, url: str | None, patience: float, cache: Path | None) -> None:
    """Print a reply to the issue REF, or to the text on standard input if REF is `-`.

    Markdown to paste: the permanent link, the first workaround with the values from the text, and how sure it is. Exits
    with 0 if the error is known, 1 if it isn't, 2 for bad use, 75 if GitHub's rate limit wants a pause.
    """
    try:
        known = KnownFixes.open(site, Path("entries"), url)
        if ref == "-":
            text = _standard_input()
        else:
            with asking(cache, patience, BAD) as client:
                text = _issue_text(client, ref)
        found = known.find(text, 1)
    except (SourceError, RefError, GitHubError) as error:
        _fail(str(error))
    if not found:
        click.echo("Nothing known of this yet.", err=True)
        sys.exit(1)
    click.echo(reply_text(found[0], fill_prose), nl=False)


class _FromClient:
    """A client as the source of a report."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def issue(self, ref: str) -> Json | Problem:
        found = self._client.issue(IssueRef.parse(ref, self._client.host))
        return Problem(found.reason) if isinstance(found, Missing) else cast("Json", found)

    def timeline(self, ref: str) -> list[Json] | Problem:
        found = self._client.timeline(IssueRef.parse(ref, self._client.host))
        return Problem(found.reason) if isinstance(found, Missing) else [cast("Json", event) for event in found.events]


def _collected(client: Client, ref: str, bounds: Bounds) -> Snapshot:
    """The snapshot of an issue. Raises RefError, GitHubError."""
    root = name_on(client.host, parse_ref(ref, client.web_url))
    fetched = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    shows = sys.stderr.isatty()

    def tell(done: int, known: int) -> None:
        if shows:
            click.echo(f"\r{done} of {known} issues read …", nl=False, err=True)

    found = collect(root, _FromClient(client), client.web_url, fetched, bounds=bounds, on_progress=tell)
    if shows:
        click.echo("\r\x1b[K", nl=False, err=True)
    if isinstance(found, Problem):
        raise GitHubError(f"{root}: {found.reason}. Where the repository is private, GITHUB_TOKEN has to read it.")
    return found


def _issue_text(client: Client, ref: str) -> str:
    """An issue's title and text. Raises RefError, GitHubError."""
    issue = client.issue(parse_ref(ref, client.web_url))
    if isinstance(issue, Missing):
        raise GitHubError(f"{issue}.")
    return f"{issue['title']}\n\n{issue.get('body') or ''}"


def _standard_input() -> str:
    if sys.stdin.isatty():
        click.echo("Paste the text, then press Ctrl-D.", err=True)
    return sys.stdin.buffer.read().decode("utf-8", "replace")


def _fail(message: str) -> NoReturn:
    click.echo(f"kb: {visible(message)}", err=True)
    sys.exit(BAD)
