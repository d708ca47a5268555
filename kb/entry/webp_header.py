"""The size of a WebP picture, read from its header, and what else the file holds besides a still picture.

The container and its chunks are those of RFC 9649, section 2: `RIFF`, the size of all that follows in four bytes,
`WEBP`, then chunks of a name, a size and as many bytes. The first is `VP8 ` (lossy; the frame header of RFC 6386,
section 9.1), `VP8L` (lossless; RFC 9649, section 3.4), or `VP8X`, whose flags say what the file has besides.
"""

from typing import Final

from kb.entry.picture_error import PictureError

_FLAGS: Final = {0x02: "moves", 0x04: "carries metadata (XMP)", 0x08: "carries metadata (EXIF)"}
_START_CODE: Final = b"\x9d\x01\x2a"


def webp_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels. Raises PictureError for what is no still WebP picture, or not the whole of one."""
    again = "Write it anew as WebP, for example with `cwebp -metadata none picture.png -o picture.webp`."
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or len(content) < 30:
        raise PictureError("is no WebP picture, whatever its name says", again)
    if int.from_bytes(content[4:8], "little") + 8 != len(content):
        raise PictureError("is cut off, or has something behind its end", again)
    chunk, data = content[12:16], content[20:]
    if chunk == b"VP8X":
        for flag, what in _FLAGS.items():
            if data[0] & flag:
                raise PictureError(what, again)
        return int.from_bytes(data[4:7], "little") + 1, int.from_bytes(data[7:10], "little") + 1
    if chunk == b"VP8L" and data[0] == 0x2F:
        bits = int.from_bytes(data[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 " and data[3:6] == _START_CODE:
        return int.from_bytes(data[6:8], "little") & 0x3FFF, int.from_bytes(data[8:10], "little") & 0x3FFF
    raise PictureError("is no WebP picture that browsers show", again)
