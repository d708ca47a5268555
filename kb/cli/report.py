"""The verb `report`: an issue, and what is linked with it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.checks import json_text
from kb.cli.asking import asking, options
from kb.cli.collecting import collected, told_of
from kb.cli.matching import BAD_USE, fail, known_errors, site_option, url_option
from kb.cli.site_address import site_address
from kb.entry import write_whole
from kb.github import GitHubError, RefError
from kb.github.report import Bounds, known_of, text_to_match, to_markdown
from kb.github.report import analyse as report_of
from kb.match import SourceError

if TYPE_CHECKING:
    from kb.drafts.model import Analysis, ModelSettings
    from kb.github.report import NamedText, Report

MOST_KNOWN = 5


@click.command("report")
@click.argument("ref")
@click.option("--depth", type=click.IntRange(1, 2), default=1, show_default=True, help="How many steps from REF.")
@click.option("--format", "form", type=click.Choice(["md", "json"]), default="md", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@click.option("--nodes", type=click.IntRange(1, 1000), default=200, show_default=True, help="Issues at most.")
@click.option("--calls", type=click.IntRange(2, 5000), default=400, show_default=True, help="Calls to GitHub at most.")
@click.option("--analyse", is_flag=True, help="Have a model say what it is about, marked as such.")
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=180,
    show_default=True,
    help="Seconds for the model's answer.",
)
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
    analyse: bool,
    timeout: float,
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

    With --analyse a model, set by KB_AI_BASE_URL, KB_AI_MODEL and KB_AI_KEY, drafts summary, cause, guidance, example,
    notes and recommendation from what was collected. They stand at the report's end, marked as a model's, each
    statement with its source. Where it gives none, the report is as without it, and the command exits with 1.
    """
    settings = _model_settings() if analyse else None
    told: list[NamedText] = []
    try:
        base, address = known_errors(site, None), site_address(site, url)
        with asking(cache, patience, BAD_USE) as client:
            snapshot = collected(client, ref, Bounds(depth, nodes, calls))
            if settings:
                told = told_of(client, snapshot)
        known = base.find(text_to_match(snapshot), MOST_KNOWN)
    except (SourceError, RefError, GitHubError) as error:
        fail(error)
    report = report_of(snapshot, [known_of(found, address) for found in known])
    analysis, code = None, 0
    if settings:
        from kb.cli.analysing import analysed, neighbours_of  # noqa: PLC0415 - other reports need no model

        neighbours = neighbours_of(base, known, report["title"])
        analysis, code = analysed(report, told, neighbours, settings, timeout=timeout, patience=patience)
    text = _as_markdown(report, analysis) if form == "md" else _as_json(report, analysis)
    if output is None:
        click.echo(text, nl=False)
    else:
        try:
            write_whole(output, text)
        except OSError as error:
            fail(f"{output}: {error.strerror}")
    sys.exit(code)


def _model_settings() -> ModelSettings:
    """The model that is set. Ends the program with a line where there is none."""
    from kb.drafts.model import SettingsError, model_settings  # noqa: PLC0415 - other reports need no model

    try:
        return model_settings(os.environ)
    except SettingsError as error:
        fail(error)


def _as_markdown(report: Report, analysis: Analysis | None) -> str:
    if analysis is None:
        return to_markdown(report)
    from kb.cli.analysis_output import as_markdown  # noqa: PLC0415 - other reports have none

    addresses = {node["ref"].lower(): node["url"] for node in report["nodes"]}
    return f"{to_markdown(report)}\n{as_markdown(analysis, addresses)}"


def _as_json(report: Report, analysis: Analysis | None) -> str:
    if analysis is None:
        return json_text(report, 2) + "\n"
    from kb.cli.analysis_output import as_data  # noqa: PLC0415 - other reports have none

    return json_text({**report, "analysis": as_data(analysis)}, 2) + "\n"
