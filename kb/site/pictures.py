"""The pictures that entries show, as a site has them."""

from collections.abc import Iterator
from contextlib import suppress

from kb.entry import Entries, EntryFile, Picture, PictureError, picture_name, read_picture


def pictures_of(collection: Entries, file: EntryFile) -> tuple[Picture, ...]:
    """The pictures that an entry and its translations show, each once. What the checks would refuse is none."""
    return tuple(picture for picture, _ in _read(collection, file))


def picture_files(collection: Entries, file: EntryFile) -> Iterator[tuple[str, bytes]]:
    """File name in the site and content of each of them."""
    return ((picture.published, content) for picture, content in _read(collection, file))


def _read(collection: Entries, file: EntryFile) -> Iterator[tuple[Picture, bytes]]:
    names = (picture_name(link.target, file.name) for link in collection.links_of(file) if link.is_image)
    for name in dict.fromkeys(filter(None, names)):
        with suppress(PictureError):
            yield read_picture(collection.root, name, file.name)
