"""The verb `translated`: notes of translations that they say what their entries say now."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.checks import visible
from kb.entry import EditError, edit_front_matter, open_folder, text_digest, translated_name, write_whole

if TYPE_CHECKING:
    from kb.entry import Source


@click.command("translated")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def translated_command(files: tuple[Path, ...]) -> None:
    """Note of translations that they say what their entries say now.

    FILES are translations, such as `entries/git/index-lock.de.md`. The digest of the entry's title and prose is
    written as `translates`: when that text changes, `kb check` and the page say that the translation is older. Compare
    the two before: nobody else does.
    """
    failed = False
    for path in files:
        shown = visible(str(path))
        try:
            written = _noted(path)
        except (EditError, OSError) as error:
            failed = True
            click.echo(f"{shown}: {error.strerror if isinstance(error, OSError) else error}", err=True)
            continue
        click.echo(f"{shown}: {'noted' if written else 'it says so already'}")
    sys.exit(1 if failed else 0)


def _noted(path: Path) -> bool:
    """Write the digest into a translation; whether it was another one. Raises EditError, and OSError."""
    # A link is the place where it lies, not the one that it leads to.
    file = Path(os.path.abspath(path))  # noqa: PTH100
    root = file.parent.parent
    source = _source(root, file)
    if source.original is None:
        raise EditError("its entry is not there, or can't be read: `kb check` says why")
    text = edit_front_matter(source.text, source.name, {"translates": text_digest(source.original)})
    if text == source.text:
        return False
    write_whole(file, text)
    return True


def _source(root: Path, file: Path) -> Source:
    name = file.relative_to(root).as_posix()
    if not translated_name(name):
        raise EditError("it is not called like a translation: `<slug>.<language>.md`, as in index-lock.de.md")
    source = open_folder(root).read(name)
    if source.translation is None:
        raise EditError("it can't be read as a translation: `kb check` says why")
    return source
