"""The files of a new knowledge base, and what says from what they were made."""

from collections.abc import Mapping
from pathlib import Path

from kb import __version__
from kb.starting.changes import newest_release
from kb.starting.choices import Choices
from kb.starting.files import PACKAGE, filled, write_files
from kb.starting.origin import ORIGIN, Origin, renewable


def write_starter(folder: Path, chosen: Choices, blanks: Mapping[str, str]) -> None:
    """Write the files of a new knowledge base, all or none; the folder is empty or not there. Raises OSError."""
    contents = started(chosen, blanks)
    origin = origin_now(chosen, renewable(contents))
    write_files(folder, contents | {ORIGIN: origin.to_json().encode()})


def started(chosen: Choices, blanks: Mapping[str, str]) -> dict[str, bytes]:
    """The files that the running generator starts a base of these choices with, which have filled the blanks."""
    return filled(PACKAGE / "starter", blanks)


def origin_now(chosen: Choices, texts: Mapping[str, str]) -> Origin:
    """What a base says of its start where the running generator wrote it."""
    return Origin(__version__, newest_release(), chosen, texts)
