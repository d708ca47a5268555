"""What verbs that match do alike: get what to match against, and end where it can't be had."""

import sys
from pathlib import Path
from typing import Final, NoReturn

import click

from kb.checks import visible
from kb.entry import DATA_FILES
from kb.match import (
    Known,
    SourceError,
    compiled_to_match,
    compiled_to_search,
    from_compiled,
    from_entries,
    from_signatures,
    from_site,
)
from kb.process import kept_files, state_of

site_option = click.option("--site", help="A built site, a folder or an address, instead of entries/.")
url_option = click.option(
    "--url", envvar="KB_SITE_URL", help="Where the site's pages are, if mkdocs.yml doesn't say it."
)
with_option = click.option(
    "--with",
    "given",
    multiple=True,
    metavar="TOOL=VERSION",
    callback=lambda _context, _parameter, values: tuple(map(_tool_and_version, values)),
    help="The version of a tool that is used: `pip=26.3`. Repeatable.",
)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
BAD_USE = 2

COMPILED_BY: Final = ("entry", "match", "words")
"""The rooms of this program that what is matched against is compiled by: to read all of it would take longer."""


def _tool_and_version(value: str) -> tuple[str, str]:
    tool, _, version = value.partition("=")
    if not tool or not any(letter.isdigit() for letter in version):
        raise click.BadParameter(f"{value!r} is not TOOL=VERSION, such as `pip=26.3`.")
    return tool, version


def known_errors(site: str | None, signatures: Path | None, or_exit: int = BAD_USE) -> Known:
    """What to match against. Ends the program with the code `or_exit` where it can't be had."""
    if site and signatures:
        raise click.UsageError("--site and --signatures can't be had together.")
    try:
        if site:
            return from_site(site)
        known = from_signatures(signatures) if signatures else known_entries(Path("entries"))
    except SourceError as error:
        fail(error, or_exit)
    for sentence in known.left_out:
        click.echo(f"kb: {visible(sentence)}", err=True)
    return known


def known_entries(folder: Path) -> Known:
    """The entries of a folder, as they were compiled when they last were as they are. Raises SourceError."""
    state = state_of(folder, DATA_FILES, rooms=COMPILED_BY)
    if state is None:
        return from_entries(folder)
    read = kept_files("match", state.whole, lambda: compiled_to_match(folder))
    return from_compiled(read, lambda: kept_files("search", state.whole, lambda: compiled_to_search(folder)), folder)


def fail(error: Exception | str, code: int = BAD_USE) -> NoReturn:
    """End the program with a message."""
    click.echo(f"kb: {visible(str(error))}", err=True)
    sys.exit(code)
