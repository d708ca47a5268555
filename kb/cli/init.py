"""The verb `init`: a knowledge base of someone else's, with all it needs to be built, checked and published."""

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template
from typing import Final

import click

from kb.cli.generator import generator_from, running_generator, running_versions
from kb.site.palette import PaletteError, palette_css
from kb.site.urls import RESERVED, slug_of

_REPOSITORY: Final = re.compile(r"https://[A-Za-z0-9.-]+/([A-Za-z0-9][A-Za-z0-9-]*)/([A-Za-z0-9_-][A-Za-z0-9._-]*)")
_SHORT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9_-][A-Za-z0-9._-]*")
_URL: Final = re.compile(r"https?://[^\s/@\"'<>]+(/[^\s\"'<>]*)?")
_SUFFIX: Final = ".in"
"""Ending of a file in which values are filled in; the others are copied byte for byte."""


class _Blank(Template):
    """Text in which `@@name` stands for a value. No other `$` or `{{` means anything, so entries and workflows may."""

    delimiter = "@@"


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="What the knowledge base is called.")
@click.option("--repo", help="Its repository: owner/name on GitHub, or an address. Its issues take votes and mistakes.")
@click.option("--product", help="The first product whose errors it will hold.")
@click.option("--site-url", help="Where it will be published. Default: the repository's GitHub Pages.")
@click.option("--accent", metavar="COLOR", help='The color of buttons and chips: "#7a1fa2". Default: a green.')
@click.option("--generator", metavar="SPEC", help="A folder, an address or a requirement that pip installs it from.")
def init_command(
    *,
    folder: Path,
    name: str | None,
    repo: str | None,
    product: str | None,
    site_url: str | None,
    accent: str | None,
    generator: str | None,
) -> None:
    """Start a knowledge base of your own in DIR, a new or empty folder.

    Asks for what the options leave open. What it writes is yours: mkdocs.yml, entries, workflows, issue forms, README,
    and two commands, scripts/build.py and scripts/test.py, that work at once.
    """
    if folder.is_symlink() or (folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))):
        raise click.UsageError(f"{folder} exists and is not an empty folder. Name another one, or empty it.")
    name, repo, product = _asked(
        {"--name": ("Name of the knowledge base", name), "--repo": ("Its repository (owner/name)", repo)}
        | {"--product": ("First product", product)}
    )
    try:
        requirement = generator_from(generator) if generator else running_generator()
        values = _values(
            name=name, repo=repo, product=product, site_url=site_url, accent=accent, requirement=requirement
        )
        write_starter(folder, values)
    except PaletteError as error:
        raise click.BadParameter(str(error), param_hint="--accent") from None
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        click.echo(f"kb init: {folder} can't be written: {error.strerror}", err=True)
        sys.exit(1)
    click.echo(
        f"Started {name} in {folder}. Next:\n\n  cd {folder}\n"
        "  python3 scripts/build.py --serve    see it\n"
        "  python3 scripts/test.py             check it\n\n"
        "README.md says what to set on GitHub. The example entry is there to be replaced."
    )
    if "file:" in requirement:
        click.echo(
            "\nrequirements.txt takes the generator from a folder of this computer. Before others build it, put an "
            "address there that they can reach, such as git+https://….",
            err=True,
        )


def write_starter(folder: Path, values: Mapping[str, str]) -> None:
    """Write the files of a new knowledge base, all or none; the folder is empty or not there. Raises OSError."""
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Beside the folder, so that one rename puts it in its place.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as work:
        new = Path(work) / "new"
        for name, content in starter_files(values):
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if folder.exists():
            shutil.copymode(folder, new)
            folder.rmdir()
        new.rename(folder)


def starter_files(values: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Path in the new knowledge base and content of each of its files."""
    for name, file in _files(files("kb") / "starter"):
        path = re.sub("^dot-", ".", name).replace("PRODUCT", values["product"])
        content = file.read_bytes()
        if name.endswith(_SUFFIX):
            path = path.removesuffix(_SUFFIX)
            content = _Blank(content.decode()).substitute(values).encode()
        yield path, content


def _files(folder: Traversable, path: str = "") -> Iterator[tuple[str, Traversable]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _files(item, f"{path}{item.name}/")
        else:
            yield f"{path}{item.name}", item


def _asked(questions: Mapping[str, tuple[str, str | None]]) -> list[str]:
    """The answers, asked for where no option gave them. Raises click.UsageError where nobody can be asked."""
    missing = [option for option, (_, answer) in questions.items() if not answer]
    if missing and not sys.stdin.isatty():
        raise click.UsageError(f"Nobody can be asked here. Give {', '.join(missing)}.")
    return [answer or click.prompt(question, type=str) for question, answer in questions.values()]


def _values(
    *, name: str, repo: str, product: str, site_url: str | None, accent: str | None, requirement: str
) -> dict[str, str]:
    """What stands for each blank of the starter's files. Raises ValueError for what can't stand in them."""
    repo = repo.strip()
    address = f"https://github.com/{repo}" if _SHORT.fullmatch(repo) else repo
    found = _REPOSITORY.fullmatch(address.rstrip("/").removesuffix(".git"))
    if not found:
        raise ValueError(
            f"--repo: {repo!r} is no repository. Write owner/name, or an address: https://github.com/owner/name"
        )
    owner, repository = found.groups()
    if site_url is None:
        root = repository.lower() == f"{owner}.github.io".lower()
        site_url = f"https://{owner.lower()}.github.io/" + ("" if root else f"{repository}/")
    if not _URL.fullmatch(site_url):
        raise ValueError(f"--site-url: {site_url!r} is no address, such as https://fixes.example.org/.")
    slug = slug_of(product)
    if slug in RESERVED or slug.startswith(("index", "other")) or len(slug) > 80:
        raise ValueError(f"--product: {slug!r} can't be the folder of a product; name another one.")
    if any(not text.strip() or not text.isprintable() or len(text) > 200 for text in (name, product)):
        raise ValueError("--name and --product are one line of text each, up to 200 characters.")
    options = "      {}"
    if accent:
        palette_css({"accent": accent})
        options = f"      colors: {{accent: {json.dumps(accent)}}}"
    return {
        "name": _quoted(name),
        "name_text": re.sub(r"([\\`*_\[\]<>#|&])", r"\\\1", name),
        "description": _quoted(f"Paste an error of {product}, land on its fix."),
        "site_url": _quoted(site_url.rstrip("/") + "/"),
        "site_url_text": site_url.rstrip("/") + "/",
        "repo": _quoted(found[0]),
        "repository": _quoted(f"{owner}/{repository}"),
        "product": slug,
        "product_name": _quoted(product),
        "options": options,
        "generator": requirement,
        "constraints": "\n".join(running_versions()),
        "today": datetime.now(UTC).date().isoformat(),
    }


def _quoted(text: str) -> str:
    """Text as a YAML scalar. JSON's strings are YAML's too."""
    return json.dumps(text, ensure_ascii=False)
