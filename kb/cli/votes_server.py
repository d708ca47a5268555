"""The verb `votes serve`: the collector of taps, whose libraries are an extra and imported here alone."""

from __future__ import annotations

import socket
from functools import partial
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.collector.database import Database
    from kb.collector.proxies import Network

EXTRA: Final = 'This needs the collector\'s libraries: pip install "known-fixes[votes]"'
_ENTRIES: Final = "api/v1/entries.json"
_READING: Final = 20
"""Seconds in which a site's list of entries has to be there."""

database_option = click.option(
    "--database",
    envvar="KB_VOTES_DATABASE",
    default="votes.db",
    show_default=True,
    metavar="FILE|URL",
    help="Where the votes are: a file of SQLite, or postgresql://user:password@host/name. [env: KB_VOTES_DATABASE]",
)


def open_database(address: str, *, is_made: bool = True) -> Database:
    """The database, its tables made or brought up to date; one of SQLite is made where `is_made`.

    Raises ClickException.
    """
    try:
        from kb.collector.database import Database, DatabaseError  # noqa: PLC0415 - an extra's libraries
    except ImportError:
        raise click.ClickException(EXTRA) from None
    try:
        database = Database(address)
        if not is_made and not database.is_there:
            raise click.ClickException(f"There is no database {address}; name it with --database.")
        database.prepare()
    except DatabaseError as error:
        raise click.ClickException(f"The database can't be used: {error}") from None
    return database


def _bound(name: str, default: int, means: str) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """An option for how many taps are taken."""
    variable = f"KB_VOTES_{name.upper().replace('-', '_')}"
    return click.option(
        f"--{name}",
        envvar=variable,
        type=click.IntRange(1),
        default=default,
        show_default=True,
        help=f"{means} [env: {variable}]",
    )


@click.command("serve")
@click.option(
    "--site",
    envvar="KB_VOTES_SITE",
    required=True,
    metavar="URL|FOLDER",
    help="The published site, or a folder with it: its entries can be voted on. [env: KB_VOTES_SITE]",
)
@database_option
@click.option("--host", envvar="KB_VOTES_HOST", default="127.0.0.1", show_default=True, help="[env: KB_VOTES_HOST]")
@click.option(
    "--port",
    envvar="KB_VOTES_PORT",
    type=click.IntRange(0, 65535),
    default=8018,
    show_default=True,
    help="0 takes a free one. [env: KB_VOTES_PORT]",
)
@click.option(
    "--origin",
    "origins",
    envvar="KB_VOTES_ORIGINS",
    multiple=True,
    metavar="ORIGIN",
    help="Where pages that may send votes are: https://host. May be repeated. Default: the site's. "
    "[env: KB_VOTES_ORIGINS, with spaces between]",
)
@click.option(
    "--trusted-proxy",
    "proxies",
    envvar="KB_VOTES_TRUSTED_PROXIES",
    multiple=True,
    metavar="NETWORK",
    help="A proxy in front, as address or network: what its X-Forwarded-For says is believed. May be repeated. "
    "[env: KB_VOTES_TRUSTED_PROXIES, with spaces between]",
)
@_bound("per-reader", 60, "Taps of one reader in ten minutes.")
@_bound("per-network", 300, "Taps from one network (/24, or /48 of IPv6) in an hour.")
@_bound("per-answer", 20, "Votes from one network for one signal of one entry in a day.")
@_bound("per-second", 500, "Taps in all.")
def serve_command(
    *,
    site: str,
    database: str,
    host: str,
    port: int,
    origins: tuple[str, ...],
    proxies: tuple[str, ...],
    per_reader: int,
    per_network: int,
    per_answer: int,
    per_second: int,
) -> None:
    """Take readers' taps and count them, without accounts: a small HTTP server that pages of the site can ask.

    One vote a reader, entry and signal counts a day. Who voted is kept as a pseudonym that nobody can resolve once the
    day is over; no address is kept. Stops on SIGTERM, with all votes written down.
    """
    try:
        from kb.collector.app import application  # noqa: PLC0415 - an extra's libraries
        from kb.collector.limits import Allowance, Limits  # noqa: PLC0415
        from kb.collector.service import Collector, Settings  # noqa: PLC0415
        from kb.collector.serving import serve  # noqa: PLC0415
    except ImportError:
        raise click.ClickException(EXTRA) from None
    read_entries = _reader(site)
    settings = Settings(
        origins=_origins(site, origins),
        trusted=tuple(map(_network, proxies)),
        limits=Limits(
            reader=Allowance(per_reader, 600),
            network=Allowance(per_network, 3600),
            answers=Allowance(per_answer, 86_400),
            everyone=Allowance(per_second, 1),
        ),
    )
    opened = open_database(database)
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise click.ClickException(f"Nothing can listen on {host}, port {port}: {error.strerror or error}") from None
    with listener:
        started = serve(application(Collector(opened, read_entries, settings)), listener)
    opened.close()
    if not started:
        raise click.ClickException("The collector could not start; the line above says why.")


def _reader(site: str) -> Callable[[], bytes]:
    """What reads the list of entries of a site, from its address or its folder. It raises OSError."""
    if not site.startswith(("http://", "https://")):
        file = Path(site) / _ENTRIES
        if not file.is_file():
            hint = f"{site[:80]!a} is no https:// address, and no folder with a built site: {_ENTRIES} is not in it"
            raise click.BadParameter(hint, param_hint="--site")
        return file.read_bytes
    from kb.match.fetching import reader_of  # noqa: PLC0415 - for a site elsewhere alone

    return partial(reader_of(site, _READING), _ENTRIES)


def _origins(site: str, origins: tuple[str, ...]) -> frozenset[str]:
    wanted = origins or ((site,) if site.startswith(("http://", "https://")) else ())
    if not wanted:
        raise click.UsageError("Say with --origin where the pages are that send votes: --site is a folder.")
    return frozenset(map(_origin, wanted))


def _origin(address: str) -> str:
    """An origin as browsers send it. https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin"""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise click.BadParameter(f"{address[:80]!a} is no origin; write https://host", param_hint="--origin")
    default = {"http": 80, "https": 443}[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != default else "")


def _network(text: str) -> Network:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        hint = f"{text[:80]!a} is no address or network; write 10.0.0.0/8"
        raise click.BadParameter(hint, param_hint="--trusted-proxy") from None
