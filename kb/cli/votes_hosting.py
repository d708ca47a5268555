"""The verb `votes host`: what a collector needs to run somewhere, written into a folder."""

from __future__ import annotations

from pathlib import Path

import click

from kb.starting import HOSTS, generator_from, running_generator, write_host


@click.command("host")
@click.argument("kind", type=click.Choice(HOSTS))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--site", required=True, metavar="URL", help="The published site: its entries can be voted on.")
@click.option(
    "--origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Where pages that may send votes are: https://host. May be repeated. Default: the site's.",
)
@click.option(
    "--at",
    default="votes.example.com",
    show_default=True,
    metavar="HOST",
    help="The name under which browsers will reach the collector. A worker is given one by Cloudflare.",
)
@click.option(
    "--generator", metavar="SPEC", help="A folder, a wheel, an address or a requirement that pip installs it from."
)
def host_command(
    *, kind: str, folder: Path, site: str, origins: tuple[str, ...], at: str, generator: str | None
) -> None:
    """Write what the collector needs to run on a host of some KIND into DIR, a new or empty folder.

    worker: a Cloudflare Worker with D1, which speaks the same protocol without a server of your own. compose: a
    Dockerfile, with PostgreSQL and a proxy for TLS. systemd: a unit that may do little else. README.md in the folder
    says the steps.
    """
    if folder.is_symlink() or (folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))):
        raise click.UsageError(f"{folder} exists and is not an empty folder. Name another one, or empty it.")
    try:
        requirement = generator_from(generator) if generator else running_generator()
        write_host(folder, kind, site=site, origins=origins, at=at, generator=requirement)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{folder} can't be written: {error.strerror}") from None
    click.echo(f"Written to {folder}; its README.md says how to start it.", err=True)
    if "file:" in requirement and kind != "worker":
        click.echo(
            "requirements.txt takes the generator from a folder of this computer. Elsewhere it needs an address that "
            "can be reached there, such as git+https://….",
            err=True,
        )
