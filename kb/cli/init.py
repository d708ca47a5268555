"""The verb `init`: a knowledge base of someone else's, with all it needs to be built, checked and published."""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from kb.entry import Forge
from kb.site.palette import PaletteError, palette_css
from kb.site.urls import RESERVED
from kb.starting import (
    PLACES,
    Choices,
    blanks_of,
    forge_of_choice,
    generator_from,
    pages_of,
    running_generator,
    write_starter,
)
from kb.words import Language, LanguageError


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="What the knowledge base is called.")
@click.option(
    "--repo",
    help="Its repository: owner/name on GitHub, or an address, of GitLab too. Its issues take votes and mistakes.",
)
@click.option("--product", help="The first product whose errors it will hold.")
@click.option("--site-url", help="Where it will be published. Default: its GitHub Pages, on github.com.")
@click.option("--forge", type=click.Choice(["github", "gitlab"]), help="What --repo is on. Default: by its address.")
@click.option(
    "--publish",
    "places",
    multiple=True,
    type=click.Choice(PLACES),
    help="Write what it takes to publish there, too; may be repeated. GitHub and GitLab Pages need none.",
)
@click.option("--accent", metavar="COLOR", help='The color of buttons and chips: "#7a1fa2". Default: a green.')
@click.option("--language", metavar="CODE", help="The language of its pages: de, ja, … Default: en.")
@click.option(
    "--generator", metavar="SPEC", help="A folder, a wheel, an address or a requirement that pip installs it from."
)
def init_command(
    *,
    folder: Path,
    name: str | None,
    repo: str | None,
    product: str | None,
    site_url: str | None,
    forge: str | None,
    places: tuple[str, ...],
    accent: str | None,
    language: str | None,
    generator: str | None,
) -> None:
    """Start a knowledge base of your own in DIR, a new or empty folder.

    Asks for what the options leave open. What it writes is yours: mkdocs.yml, entries, workflows or a pipeline for
    GitLab, forms for issues, README, and two commands, scripts/build.py and scripts/test.py, that work at once.
    """
    if folder.is_symlink() or (folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))):
        raise click.UsageError(f"{folder} exists and is not an empty folder. Name another one, or empty it.")
    name, repo, product = _asked(
        {"--name": ("Name of the knowledge base", name), "--repo": ("Its repository (owner/name)", repo)}
        | {"--product": ("First product", product)}
    )
    try:
        if not site_url and pages_of(repo) is None:
            (site_url,) = _asked({"--site-url": ("Where its pages will be (https://…)", None)})
        requirement = generator_from(generator) if generator else running_generator()
        if accent:
            palette_css({"accent": accent})
        if language:
            Language.of(language)
        kind = Forge(forge) if forge else forge_of_choice(repo)
        chosen = Choices(name, repo, product, site_url, accent, requirement, language, kind, places)
        write_starter(folder, chosen, blanks_of(chosen, RESERVED, datetime.now(UTC).date()))
    except PaletteError as error:
        raise click.BadParameter(str(error), param_hint="--accent") from None
    except LanguageError as error:
        raise click.BadParameter(str(error), param_hint="--language") from None
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        click.echo(f"kb init: {folder} can't be written: {error.strerror}", err=True)
        sys.exit(1)
    click.echo(
        f"Started {name} in {folder}. Next:\n\n  cd {folder}\n"
        "  python3 scripts/build.py --serve    see it\n"
        "  python3 scripts/test.py             check it\n\n"
        f"README.md says what to set on {kind.label}. The example entry is there to be replaced."
    )
    if "file:" in requirement:
        click.echo(
            "\nrequirements.txt takes the generator from a folder of this computer. Before others build it, put an "
            "address there that they can reach, such as git+https://….",
            err=True,
        )


def _asked(questions: Mapping[str, tuple[str, str | None]]) -> list[str]:
    """The answers, asked for where no option gave them. Raises click.UsageError where nobody can be asked."""
    missing = [option for option, (_, answer) in questions.items() if not answer]
    if missing and not sys.stdin.isatty():
        raise click.UsageError(f"Nobody can be asked here. Give {', '.join(missing)}.")
    return [answer or click.prompt(question, type=str) for question, answer in questions.values()]
