"""One file out of a stranger's zip archive, read in memory and within bounds; nothing is unpacked to a disk."""

import io
import zipfile
import zlib
from typing import Final

_BOUNDED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Methods that `zipfile` reads piece by piece. A few hundred bytes in another are gigabytes in memory at once."""


class ArchiveError(ValueError):
    """An archive can't be read; the text says why."""


def member(content: bytes, name: str, most: int) -> bytes:
    """The first `most` bytes of the one file `name` of an archive. Raises ArchiveError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = [one for one in archive.infolist() if one.filename == name]
            if len(found) != 1:
                raise ArchiveError(f"it holds {len(found) or 'no'} files {name}")
            if found[0].compress_type not in _BOUNDED:
                raise ArchiveError("it is compressed in a way that is not read")
            with archive.open(found[0]) as file:
                return file.read(most)
    except ArchiveError:
        raise
    # RuntimeError for encrypted files, ValueError for places outside of the archive and for names that are no text.
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise ArchiveError(str(error) or "it is cut off") from None
