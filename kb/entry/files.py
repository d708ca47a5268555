"""Files: what lies in an entries folder, and the text of a file, read in bounded time and memory."""

import codecs
import os
import stat
from pathlib import Path
from typing import Final, NamedTuple

from kb.entry.bounds import MAX_BYTES
from kb.entry.source import START, Defect, DefectKind, Position

ENTRY_SUFFIXES: Final = (".md", ".yml", ".yaml")
_PICTURES: Final = (".webp", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".avif", ".bmp", ".ico", ".tif", ".tiff")
"""Endings of pictures, those included that no entry may show: whoever adds one is told what to do with it."""
DATA_FILES: Final = ("products.yml", "tools.yml", "synonyms.yml", "coverage.yml")


class Stray(NamedTuple):
    """Something that has no place in an entries folder, and why."""

    path: Path
    defect: Defect


class Listing(NamedTuple):
    """What lies in an entries folder, besides the data files and what is hidden."""

    entries: list[Path]
    """Files that are named like entries, in the order of the entries' ids."""
    strays: list[Stray]
    """Everything else: MkDocs would publish it as it is, scripts too."""
    pictures: list[Path]
    """Files that are named like pictures, in the folders of entries: `<product>/<slug>/`."""


def list_files(root: Path) -> Listing:
    """All that lies under `root`. Folders that are symbolic links are strays, and are not followed."""
    entries: list[tuple[str, str]] = []
    strays: list[Stray] = []
    pictures: list[Path] = []

    def note_unlisted(error: OSError) -> None:
        message = f"the folder can't be read: {error.strerror}"
        strays.append(Stray(Path(error.filename), Defect(DefectKind.UNREADABLE, START, message, "Check its rights.")))

    for folder, folders, names in os.walk(root, onerror=note_unlisted):
        folders[:] = [name for name in folders if not name.startswith(".")]
        strays += [_linked_folder(path) for name in folders if (path := Path(folder, name)).is_symlink()]
        is_of_entry = len(Path(folder).relative_to(root).parts) == 2
        data_files = DATA_FILES if folder == os.fspath(root) else ()
        for name in names:
            if name.startswith(".") or name in data_files:
                continue
            if name.endswith(ENTRY_SUFFIXES):
                stem, _, ending = name.rpartition(".")
                entries.append((f"{folder}/{stem}", f".{ending}"))
            elif is_of_entry and name.lower().endswith(_PICTURES):
                pictures.append(Path(folder, name))
            else:
                strays.append(_stray_file(Path(folder, name)))
    return Listing([Path(stem + suffix) for stem, suffix in sorted(entries)], sorted(strays), sorted(pictures))


def entry_files(root: Path) -> list[Path]:
    """The files under `root` that are named like entries, in the order of the entries' ids."""
    return list_files(root).entries


def _linked_folder(path: Path) -> Stray:
    hint = "Put a copy of the folder here instead of the link."
    return Stray(path, Defect(DefectKind.OUTSIDE, START, "a symbolic link to a folder", hint))


def _stray_file(path: Path) -> Stray:
    hint = "Keep everything but entries out of this folder."
    if path.suffix.lower() in (*ENTRY_SUFFIXES, ".markdown"):
        hint = "Let its name end in .md, .yml or .yaml, in lower case."
    if path.suffix.lower() in _PICTURES:
        hint = "A picture lies in the folder of the entry that shows it: `<product>/<slug>/`."
    return Stray(path, Defect(DefectKind.STRAY, START, "neither an entry nor a data file", hint))


def read_text(path: Path, real_root: Path) -> str | Defect:
    """The text of a regular UTF-8 file of bounded size that really lies under `real_root`, or why it can't be had."""
    try:
        # `realpath` and not `resolve`, which raises where a link leads to itself.
        if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(real_root):
            message = f"a symbolic link that leads out of {real_root.name}/"
            return Defect(DefectKind.OUTSIDE, START, message, "Put a copy of the file here instead of the link.")
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return Defect(DefectKind.UNREADABLE, START, "not a regular file", "Replace it by a text file.")
        if status.st_size > MAX_BYTES:
            size = f"{status.st_size / 1e6:.1f} MB; the limit is {MAX_BYTES / 1e6:.0f} MB"
            return Defect(DefectKind.UNREADABLE, START, size, "Keep the telling part of the log and drop the rest.")
        content = path.read_bytes()
    except OSError as error:
        return Defect(
            DefectKind.UNREADABLE, START, f"can't be read: {error.strerror}", "Check the file and its rights."
        )
    return decode(content)


def decode(content: bytes) -> str | Defect:
    """UTF-8 text whose lines end in LF, or the place of the first byte that isn't text."""
    content = content.removeprefix(codecs.BOM_UTF8)
    if not content.strip():
        return Defect(DefectKind.UNREADABLE, START, "the file is empty", "Write an entry, or delete the file.")
    zero = content.find(b"\0")
    if zero >= 0:
        message = "a binary file (it has a zero byte)"
        return Defect(DefectKind.UNREADABLE, _place_after(content[:zero]), message, "Entries are UTF-8 text.")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        return Defect(
            DefectKind.UNREADABLE,
            _place_after(content[: error.start]),
            f"not UTF-8: byte 0x{content[error.start]:02x}",
            "Save the file as UTF-8 (the byte looks like Latin-1 or Windows-1252).",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _place_after(content: bytes) -> Position:
    """The place of the character that follows."""
    last_line = content[content.rfind(b"\n") + 1 :]
    return Position(content.count(b"\n") + 1, len(last_line.decode(errors="replace")) + 1)
