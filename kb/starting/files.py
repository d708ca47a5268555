"""Files that somebody gets to keep: those of a folder of the package, with values in their blanks."""

import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template
from typing import Final

from kb.entry import write_whole

PACKAGE: Final = files("kb")
_SUFFIX: Final = ".in"
"""Ending of a file in which values are filled in; the others are copied byte for byte."""
_OPEN: Final = 0o666
_SECRET: Final = 0o600
"""Who may read a file, before what the system takes off; a file of passwords is its owner's."""


class _Blank(Template):
    """Text in which `@@name` stands for a value. No other `$` or `{{` means anything, so entries and workflows may."""

    delimiter = "@@"


def former_starts() -> object:
    """What starters were before bases began to say from what they were made; `kb.starting.former` reads it."""
    return json.loads((PACKAGE / "starting/former.json").read_bytes())


def changes_for_keepers() -> str:
    """What the changelog says to keepers, newest release first."""
    return (PACKAGE / "starting/changes.md").read_text("utf-8")


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
    return dict(filled_file(name, file.read_bytes(), blanks) for name, file in _files(template))


def filled_file(name: str, content: bytes, blanks: Mapping[str, str]) -> tuple[str, bytes]:
    """The path and the content of one file of a template."""
    path = re.sub("^dot-", ".", name).replace("PRODUCT", blanks.get("product", ""))
    if not name.endswith(_SUFFIX):
        return path, content
    return path.removesuffix(_SUFFIX), _Blank(content.decode()).substitute(blanks).encode()


def present_texts(folder: Path, paths: Iterable[str]) -> tuple[dict[str, str], set[str]]:
    """The texts of those of these files that are there, with line feeds alone; and which are there, but no text.

    No text has what is no regular file, is reached through a link, or is not in UTF-8.
    """
    texts, others = {}, set()
    for path in paths:
        file = folder / path
        steps = [file, *file.parents[: len(Path(path).parts) - 1]]
        if any(step.is_symlink() for step in steps) or (file.exists() and not file.is_file()):
            others.add(path)
        elif file.exists():
            try:
                texts[path] = file.read_bytes().decode().replace("\r\n", "\n")
            except UnicodeDecodeError:
                others.add(path)
    return texts, others


def first_product(folder: Path) -> str:
    """A product of a base, for where nothing says with which it was started."""
    found = sorted(path.name for path in (folder / "entries").glob("*/") if not path.name.startswith("."))
    return found[0] if found else "example"


def renew(folder: Path, path: str, text: str | None) -> None:
    """Let a file of a base hold this text; None removes it, and folders that are empty then. Raises OSError."""
    file = folder / path
    if text is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, text)
        return
    file.unlink(missing_ok=True)
    for above in file.parents[: len(Path(path).parts) - 1]:
        if any(above.iterdir()):
            break
        above.rmdir()


def _files(folder: Traversable, path: str = "") -> Iterator[tuple[str, Traversable]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _files(item, f"{path}{item.name}/")
        else:
            yield f"{path}{item.name}", item
