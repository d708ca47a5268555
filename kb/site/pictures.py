"""The pictures that entries show, as a site has them."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kb.entry import EntryFile, Picture, PictureError, picture_name, read_picture


def pictures_of(root: Path, file: EntryFile) -> tuple[Picture, ...]:
    """The pictures that an entry shows, each once. What the checks would refuse is none."""
    return tuple(picture for picture, _ in _read(root, file))


def picture_files(root: Path, file: EntryFile) -> Iterator[tuple[str, bytes]]:
    """File name in the site and content of each of them."""
    return ((picture.published, content) for picture, content in _read(root, file))


def _read(root: Path, file: EntryFile) -> Iterator[tuple[Picture, bytes]]:
    names = (picture_name(link.target, file.name) for link in file.links if link.is_image)
    for name in dict.fromkeys(filter(None, names)):
        with suppress(PictureError):
            yield read_picture(root, name, file.name)
