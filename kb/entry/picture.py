"""Pictures of entries: files in a folder that is called like the entry, which its prose shows.

`![What it shows](port-taken/dialog.webp)` in an entry `port-taken.md` shows `dialog.webp` of the folder beside it.
"""

import posixpath
import re
import stat
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote

from kb.entry.bounds import MAX_PICTURE_BYTES, MAX_PICTURE_SIDE
from kb.entry.picture_error import PictureError
from kb.entry.scheme import scheme_of
from kb.entry.still_svg import svg_size
from kb.entry.webp_header import webp_size

PICTURE_SUFFIXES: Final = (".webp", ".svg")
_ELSEWHERE: Final = re.compile(r"(?:[/#]|$)")
_FILE_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.(?:webp|svg)")
_SIZES: Final = {".webp": webp_size, ".svg": svg_size}
_DIGITS: Final = 10


class Picture(NamedTuple):
    """A picture that an entry shows."""

    name: str
    """Its file, relative to the entries folder."""
    width: int
    """In pixels, as its height."""
    height: int
    digest: str
    """Of its bytes, in hexadecimal digits."""

    @property
    def published(self) -> str:
        """Its file in a site: another one where its bytes are others, so that browsers may keep it."""
        stem, _, ending = self.name.rpartition(".")
        return f"{stem}.{self.digest}.{ending}"


def picture_name(target: str, source_name: str) -> str | None:
    """The file that an image's target names, seen from an entry's file, relative to the entries folder.

    None for what is no relative path: an address of another host, for instance.
    """
    if scheme_of(target) or _ELSEWHERE.match(target):
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(source_name), unquote(target)))


def read_picture(root: Path, name: str, source_name: str) -> tuple[Picture, bytes]:
    """A picture of an entry, and its bytes. Raises PictureError for one that is not where, or what, it has to be.

    `root` is the entries folder; `name` and `source_name` are the picture's and the entry's file, relative to it.
    """
    own = f"{source_name.rpartition('.')[0]}/"
    file_name = name.removeprefix(own)
    if not name.startswith(own) or "/" in file_name:
        raise PictureError("lies in another folder", f"Put it into `{own}`, the folder of this entry.")
    if not file_name.lower().endswith(PICTURE_SUFFIXES):
        raise PictureError("has another format", "Save it as WebP, or draw it as SVG: `.webp` or `.svg`.")
    if not _FILE_NAME.fullmatch(file_name):
        hint = "Name it in lower case, words joined by hyphens: `login-dialog.webp`."
        raise PictureError("has a name that can't be a part of an address", hint)
    content = _content(root / name)
    width, height = _SIZES[Path(file_name).suffix](content)
    if not (0 < width <= MAX_PICTURE_SIDE and 0 < height <= MAX_PICTURE_SIDE):
        message = f"is {width} by {height} pixels; each side has 1 to {MAX_PICTURE_SIDE}"
        raise PictureError(message, "Cut out the part that matters, or make it smaller.")
    return Picture(name, width, height, sha256(content).hexdigest()[:_DIGITS]), content


def _content(path: Path) -> bytes:
    """The bytes of a file that is simply one, of bounded size. Raises PictureError."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise PictureError("is not simply a file", "Put a copy of the picture there.")
        if status.st_size > MAX_PICTURE_BYTES:
            size = f"has {status.st_size / 1000:.0f} kB; the limit is {MAX_PICTURE_BYTES / 1000:.0f} kB"
            raise PictureError(size, "Cut out the part that matters, or compress it more: `cwebp -q 60`.")
        return path.read_bytes()
    except FileNotFoundError:
        raise PictureError("is not there", "Add the file, or take the picture out of the text.") from None
    except OSError as error:
        raise PictureError(f"can't be read: {error.strerror}", "Check the file and its rights.") from None
