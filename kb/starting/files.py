"""Files that somebody gets to keep: those of a folder of the package, with values in their blanks."""

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template
from typing import Final

from kb.entry import Forge

PACKAGE: Final = files("kb")
_SUFFIX: Final = ".in"
"""Ending of a file in which values are filled in; the others are copied byte for byte."""
_OPEN: Final = 0o666
_SECRET: Final = 0o600
"""Who may read a file, before what the system takes off; a file of passwords is its owner's."""


class _Blank(Template):
    """Text in which `@@name` stands for a value. No other `$` or `{{` means anything, so entries and workflows may."""

    delimiter = "@@"


PLACES: Final = ("netlify", "cloudflare", "nginx", "caddy")
"""Where a site can be published besides the pages of the repository's own host."""
_OF_GITHUB: Final = ".github/"
_TAKE: Final = "scripts/take.sh"


def write_starter(folder: Path, blanks: Mapping[str, str], forge: Forge, places: Iterable[str] = ()) -> None:
    """Write the files of a new knowledge base, all or none; the folder is empty or not there. Raises OSError.

    `places` are of `PLACES`.
    """
    contents = filled(PACKAGE / "starter", blanks)
    if forge is Forge.GITLAB:
        take = contents[f"{_OF_GITHUB}{_TAKE}"]
        contents = {name: content for name, content in contents.items() if not name.startswith(_OF_GITHUB)}
        contents |= filled(PACKAGE / "starting/gitlab", blanks) | {f".gitlab/{_TAKE}": take}
    for place in places:
        contents |= filled(PACKAGE / "starting/places" / place, blanks)
    write_files(folder, contents)


def write_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder that is empty or not there, all or none. Raises OSError."""
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Beside the folder, so that one rename puts it in its place.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as work:
        new = Path(work) / "new"
        for name, content in contents.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(_SECRET if path.name == ".env" else _OPEN)
            path.write_bytes(content)
        if folder.exists():
            shutil.copymode(folder, new)
            folder.rmdir()
        new.rename(folder)


def content_of(folder: Traversable, *names: str) -> dict[str, bytes]:
    """Files of a folder of the package, as they are."""
    return {name: (folder / name).read_bytes() for name in names}


def filled(template: Traversable, blanks: Mapping[str, str]) -> dict[str, bytes]:
    """Path and content of each file of a template, `PRODUCT` in a path and blanks in a content filled in."""
    found = {}
    for name, file in _files(template):
        path = re.sub("^dot-", ".", name).replace("PRODUCT", blanks.get("product", ""))
        content = file.read_bytes()
        if name.endswith(_SUFFIX):
            path = path.removesuffix(_SUFFIX)
            content = _Blank(content.decode()).substitute(blanks).encode()
        found[path] = content
    return found


def _files(folder: Traversable, path: str = "") -> Iterator[tuple[str, Traversable]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _files(item, f"{path}{item.name}/")
        else:
            yield f"{path}{item.name}", item
