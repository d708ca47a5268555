"""What writes the files of a unit of a site (`kb/site/standing.py`), in a process of its own where that can be done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


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
    write: Callable[[Path], None]
    """Writes them below a folder."""


def write_files(site_dir: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files below a folder; those with the same content are one file under several names.

    They are many and small, so what costs is what the system has to make: a name takes a tenth of a file. All that is
    beside the pages takes 1.4 s of processor time instead of 1.9 at 1,000 entries, and the same 0.2 s at 92.
    """
    first_of: dict[bytes, str] = {}
    for name, content in files:
        path = f"{site_dir}/{name}"
        first = first_of.setdefault(content, path)
        try:
            _write(path, content, first)
        except FileNotFoundError:
            _make_folder(path.rpartition("/")[0])
            _write(path, content, first)
        except FileExistsError:
            # What an earlier build left may have other names, too, under which it has to stay as it is.
            os.unlink(path)  # noqa: PTH108 - a third of what a `Path` takes, as below
            _write(path, content, first)


def _write(path: str, content: bytes, same: str) -> None:
    """Write a new file, or give the file `same`, which has this content, another name where the system can do that.

    Raises FileNotFoundError where there is no such folder, FileExistsError where there is such a file.
    """
    if same != path:
        try:
            os.link(same, path)
        except (FileNotFoundError, FileExistsError):
            raise
        except OSError:
            pass
        else:
            return
    with open(path, "xb") as file:  # noqa: PTH123
        file.write(content)


def _make_folder(path: str) -> None:
    """Make a folder and those it lies in. Another process may be making them, too."""
    try:
        os.mkdir(path)  # noqa: PTH102 - as above
    except FileNotFoundError:
        _make_folder(path.rpartition("/")[0])
        _make_folder(path)
    except FileExistsError:
        pass
