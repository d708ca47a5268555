"""The files of an export, whether it lies in a folder or in the zip archive that it came as."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from kb.drafts.moving.page import Unreadable

MOST_BYTES: Final = 20_000_000
"""Largest file that is read: a page has 100 kB, a table of 10,000 rows some megabytes."""
MOST_FILES: Final = 100_000


class ExportError(ValueError):
    """An export can't be read at all; the text says why, and what to do."""


class File(NamedTuple):
    """A file of an export: its name there, with `/`, and how to read it."""

    name: str
    read: Callable[[], bytes]


def files_in(path: Path, *endings: str) -> list[File]:
    """The files of an export whose names end so, in the order of their names. Raises ExportError.

    A folder's symbolic links and what is hidden are passed over.
    """
    if path.is_dir():
        found = sorted(
            one
            for one in path.rglob("*")
            if one.name.lower().endswith(endings) and one.is_file() and not _is_hidden(one.relative_to(path))
        )
        inside = [one for one in found if not one.is_symlink()]
        files = [File(one.relative_to(path).as_posix(), _reader_of(one)) for one in inside]
    elif zipfile.is_zipfile(path):
        files = list(_zipped(path, endings))
    elif path.is_file() and path.name.lower().endswith(endings):
        files = [File(path.name, _reader_of(path))]
    else:
        raise ExportError(f"{path}: no folder, no zip archive, and no file that ends in {' or '.join(endings)}")
    if len(files) > MOST_FILES:
        raise ExportError(f"{path}: {len(files):,} files; an import takes {MOST_FILES:,}")
    return files


def content_of(file: File) -> bytes | Unreadable:
    """What a file holds, or why it can't be had."""
    try:
        content = file.read()
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        return Unreadable(file.name, f"can't be read: {getattr(error, 'strerror', None) or error}")
    if len(content) > MOST_BYTES:
        return Unreadable(file.name, f"more than {MOST_BYTES // 1_000_000} MB: split it, or leave it out")
    return content


def text_of_file(file: File) -> str | Unreadable:
    """The UTF-8 text of a file with LF line ends, or where and why it is none."""
    content = content_of(file)
    if isinstance(content, Unreadable):
        return content
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        wrong = f"byte 0x{content[error.start]:02x} is no UTF-8 (it may be Windows-1252): save the file as UTF-8"
        return Unreadable(f"{file.name}:{line}", wrong)
    if "\0" in text:
        return Unreadable(
            f"{file.name}:{text.count(chr(10), 0, text.index(chr(0))) + 1}", "a binary file: leave it out"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _reader_of(path: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)

    return read


def _zipped(path: Path, endings: tuple[str, ...]) -> Iterator[File]:
    archive = zipfile.ZipFile(path)  # kept open by the readers
    for info in sorted(archive.infolist(), key=lambda info: info.filename):
        if info.is_dir() or not info.filename.lower().endswith(endings) or _is_hidden(Path(info.filename)):
            continue

        def read(info: zipfile.ZipInfo = info) -> bytes:
            with archive.open(info) as stream:
                return stream.read(MOST_BYTES + 1)

        yield File(info.filename, read)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in path.parts)
