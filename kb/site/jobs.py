"""What writes the files of a unit of a site (`kb/site/standing.py`), in a process of its own where that can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kb.site.site_files import write_unit


class Shards(NamedTuple):
    """Files that each are a unit, and what writes some of them at once."""

    keys: Mapping[str, str]
    """File name -> a digest of all that it follows from, but for the settings."""
    write: Callable[[Path, Sequence[str]], None]
    """Writes those with these names below a folder."""


class Job(NamedTuple):
    """The files of a unit, and what writes them."""

    unit: str
    key: str
    """A digest of all that they follow from, but for the settings."""
    names: tuple[str, ...]
    """Their names, as `Standing.keep` takes them."""
    files: Callable[[], Iterable[tuple[str, bytes]]]
    """Makes them: file name in the site and content of each."""

    def write(self, folder: Path) -> None:
        """Write them below a folder, over those that an earlier build left there."""
        write_unit(folder, self.names, self.files())
