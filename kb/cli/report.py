"""The verb `report`: an issue, and what is linked with it."""

from __future__ import annotations

from pathlib import Path

import click

from kb.checks import json_text
from kb.cli.asking import asking, options
from kb.cli.collecting import collected
from kb.cli.matching import BAD_USE, fail, known_errors, site_option, url_option
from kb.cli.site_address import site_address
from kb.entry import write_whole
from kb.github import GitHubError, RefError
from kb.github.report import (
    Bounds,
    analyse,
    known_of,
    text_to_match,
    to_markdown,
)
from kb.match import SourceError

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
            snapshot = collected(client, ref, Bounds(depth, nodes, calls))
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
