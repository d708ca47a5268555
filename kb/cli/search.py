"""The verb `search`: entries by a reader's own words."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from kb.checks import json_text
from kb.cli import answers
from kb.cli.matching import fail, known_errors, site_option
from kb.match import SourceError

if TYPE_CHECKING:
    from kb.match import Found

NEAR: Final = 3
"""Entries that are named where nothing is known."""


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line instead of text.")
@click.option("--top", type=click.IntRange(1), default=10, show_default=True, help="Print so many results at the most.")
@click.option("--product", help="Only entries of this product.")
@click.option("--tag", help="Only entries with this tag.")
@click.option("--status", help="Only entries of this status: open, workaround, fixed, wontfix or duplicate.")
@site_option
def search_command(
    *,
    words: tuple[str, ...],
    as_json: bool,
    top: int,
    product: str | None,
    tag: str | None,
    status: str | None,
    site: str | None,
) -> None:
    """Find entries by WORDS: your own, half a message with your values in it, or a code.

    Exits with 0 if something is known, 1 if nothing is (what comes nearest is named all the same), 2 for bad use.
    """
    chosen = {"product": product, "tag": tag, "status": status}
    known = known_errors(site, None)
    try:
        found = known.by_words(" ".join(words), top, {name: value for name, value in chosen.items() if value})
    except SourceError as error:
        fail(error)
    if as_json:
        for result in found.results:
            click.echo(json_text(answers.result_to_data(result, is_known=found.is_known)))
    elif found.is_known:
        click.echo("\n\n".join(answers.result_to_text(result, site) for result in found.results))
        more = found.total - len(found.results) - found.lost
        if more:
            click.echo(f"\n{more:,} more; --top shows them.", err=True)
    if found.lost:
        click.echo(
            f"\n{found.lost:,} more can't be read: the site's search index is not as a build writes it.", err=True
        )
    if not found.is_known:
        if not as_json:
            say_nothing_known(found)
        sys.exit(1)


def say_nothing_known(found: Found | None) -> None:
    """Say on standard error that nothing is known, and what comes nearest."""
    click.echo("Nothing known of this yet.", err=True)
    if found and found.results:
        click.echo("By its words these come nearest:", err=True)
        for result in found.results[:NEAR]:
            click.echo(answers.result_to_line(result), err=True)
