"""The verb `mcp`: a server for coding agents, whose library is an extra and imported here alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kb import __version__
from kb.checks import visible
from kb.cli.matching import known_entries
from kb.cli.site_address import address_of_pages
from kb.match import SourceError
from kb.site.urls import RESERVED

if TYPE_CHECKING:
    from kb.mcp import Base

EXTRA: Final = 'This needs the protocol\'s library: pip install "known-fixes[mcp]"'
PORT: Final = 8019


@click.command("mcp")
@click.option("--site", envvar="KB_SITE", help="Answer from a built site, a folder or an address, instead of entries/.")
@click.option("--folder", type=click.Path(path_type=Path), help="The entries, if not entries/.")
@click.option("--http", "is_http", is_flag=True, help="Serve over HTTP, to this machine alone, instead of stdio.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Of --http; 0: a free one."
)
@click.option(
    "--drafts", type=click.Path(file_okay=False, path_type=Path), help="Write drafts of fixes into this folder."
)
@click.option("--votes-url", default="", help="The collector that takes reports of outcomes.")
def mcp_command(
    *, site: str | None, folder: Path | None, is_http: bool, port: int, drafts: Path | None, votes_url: str
) -> None:
    """Serve the knowledge base to coding agents: a server of the Model Context Protocol.

    It answers over standard input and output, or over HTTP with --http. Its tools match an error, search, and read an
    entry; with --drafts they propose one, and with --votes-url they report what helped. Answers mark what strangers
    wrote, and commands that a person has to be asked about first.

    Where there is no entries/, and no other place is named, the entries answer that came with the package.
    """
    try:
        from kb.mcp import Drafts, serve_http, serve_stdio, server_of  # noqa: PLC0415
        from kb.mcp.serving import LOOPBACK, PATH, listener_on  # noqa: PLC0415
    except ImportError:
        raise click.ClickException(EXTRA) from None
    if votes_url and not votes_url.startswith(("http://", "https://")):
        raise click.BadParameter("write http://… or https://…", param_hint="--votes-url")
    if site and drafts:
        raise click.UsageError(
            "--drafts needs entries to check a draft against, and the built site of --site or KB_SITE has none."
        )
    entries = folder or _entries_here()
    try:
        base = _opened(site, entries)
        taking = Drafts(drafts, entries, RESERVED) if drafts else None
    except (SourceError, ValueError) as error:
        raise click.ClickException(visible(str(error))) from None
    server = server_of(base, taking, votes_url)
    if not is_http:
        serve_stdio(server)
        return
    try:
        listener = listener_on(port)
    except OSError as error:
        raise click.ClickException(f"Nothing can listen on {LOOPBACK}, port {port}: {error.strerror}") from None
    with listener:
        click.echo(f"http://{LOOPBACK}:{listener.getsockname()[1]}{PATH}", err=True)
        serve_http(server, listener)


def _entries_here() -> Path:
    """The entries of the current folder; where it has none, those that came with the package, if any did."""
    from kb.mcp import BUNDLED  # noqa: PLC0415

    here = Path("entries")
    return BUNDLED if BUNDLED.is_dir() and not here.is_dir() else here


def _opened(site: str | None, entries: Path) -> Base:
    """The base to answer from, which is there. Raises SourceError."""
    from kb.mcp import BUNDLED, EntriesFolder, PublishedSite  # noqa: PLC0415

    base = PublishedSite(site) if site else EntriesFolder(entries, known_entries, address_of_pages(entries))
    base.open()
    if not site and entries == BUNDLED:
        click.echo(f"There is no folder entries/ here: the entries that came with kb {__version__} answer.", err=True)
    return base
