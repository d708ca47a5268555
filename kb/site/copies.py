"""Copies of everything, for who wants all of it at once: entries as data and as Markdown, one file each.

Both are the same bytes for the same entries: nothing in them says when, or by whom, they were packed. The entries of a
product are packed together and kept, so that an edit packs those of one product anew. Both formats can be put together
of packed pieces: a stream of deflated data goes on where a piece was flushed (RFC 1951, 3.2.4; RFC 1952 has what stands
around it), and an archive lists at its end where each file begins (APPNOTE.TXT of PKWARE, 4.3.12).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from kb.process import digest_of, program_digest
from kb.site import api_files
from kb.site.api import ARCHIVE, WHOLE
from kb.site.markdown_pages import MarkdownPages
from kb.site.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kb.entry import Entry
    from kb.site.parts import Parts

_LEVEL: Final = 1
"""Of compression: 6 takes three times as long for a fifth less."""
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can name."""
_GZIP_HEAD: Final = b"\x1f\x8b\x08\0\0\0\0\0\x04\xff"
"""Deflated, of no time, in the fastest way, by an unknown system."""
_LENGTH: Final = struct.Struct("<Q")


class _Piece(NamedTuple):
    """Some entries, packed."""

    data: bytes
    """As data, deflated and flushed."""
    pages: bytes
    """As Markdown, in an archive of their own."""

    @classmethod
    def unpacked(cls, kept: bytes) -> Self:
        (length,) = _LENGTH.unpack_from(kept)
        data = kept[_LENGTH.size : _LENGTH.size + length]
        return cls(data, kept[_LENGTH.size + length :])

    def packed(self) -> bytes:
        return _LENGTH.pack(len(self.data)) + self.data + self.pages


def copies(parts: Parts) -> Iterator[tuple[str, bytes]]:
    """File name in the site and content of both."""
    before, between, after = api_files.around_entries(parts.site)
    pieces = _pieces(parts, between)
    data = [_deflated(before)]
    for number, piece in enumerate(pieces):
        data += [_deflated(between)] * bool(number) + [piece.data]
    yield WHOLE, _gzip([*data, _deflated(after)])
    yield ARCHIVE, _archive([piece.pages for piece in pieces])


def _pieces(parts: Parts, between: bytes) -> list[_Piece]:
    """The entries of each product, packed now where that is not kept."""
    entries = parts.site.collection.entries
    groups = [tuple(own) for _, own in groupby(entries, key=lambda entry: entry.product)]
    keys = [digest_of(program_digest(), *(parts.keys[entry.id] for entry in own)) for own in groups]
    store = Store("copies")
    kept = store.read(keys)
    new = {key: _piece(parts, own, between) for key, own in zip(keys, groups, strict=True) if key not in kept}
    store.take({key: piece.packed() for key, piece in new.items()})
    return [new[key] if key in new else _Piece.unpacked(kept[key]) for key in keys]


def _piece(parts: Parts, entries: Sequence[Entry], between: bytes) -> _Piece:
    data, archive = [], BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as pages:
        for name, entry, page in _each(parts, entries):
            data.append(entry.rstrip())
            info = zipfile.ZipInfo(name, _NO_TIME)
            info.create_system, info.external_attr = 3, 0o644 << 16  # as on Unix, whatever packs it
            info.compress_type = zipfile.ZIP_DEFLATED
            pages.writestr(info, page, compresslevel=_LEVEL)
    return _Piece(_deflated(between.join(data)), archive.getvalue())


def _each(parts: Parts, entries: Sequence[Entry]) -> Iterator[tuple[str, bytes, bytes]]:
    """Name in the archive, data and Markdown of each entry, made now where they are not kept."""
    site, markdown = parts.site, MarkdownPages(parts.site)
    for entry, kept in zip(entries, parts.files(entries), strict=True):
        files = dict(kept)
        data = next(api_files.entry_names(entry))
        if data not in files:
            files |= dict(api_files.entry_files(site, entry)) | dict((markdown.entry(entry),))
        yield f"{entry.id}.md", files[data], files[f"{entry.id}/index.md"]


def _deflated(data: bytes) -> bytes:
    """A piece of a deflated stream, after which another one may follow."""
    packing = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packing.compress(data) + packing.flush(zlib.Z_FULL_FLUSH)


def _gzip(pieces: Iterable[bytes]) -> bytes:
    """One gzip file of deflated pieces. (As files behind one another, browsers would read the first alone.)"""
    pieces = list(pieces)
    checksum = length = 0
    for piece in pieces:
        data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(piece)
        checksum, length = zlib.crc32(data, checksum), length + len(data)
    end = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS).flush()
    return b"".join((_GZIP_HEAD, *pieces, end, struct.pack("<II", checksum, length & 0xFFFFFFFF)))


def _archive(pieces: Sequence[bytes]) -> bytes:
    """One archive of several: their files one after the other, listed once at its end."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as pages:
        for piece in pieces:
            with zipfile.ZipFile(BytesIO(piece)) as own:
                infos, end = own.infolist(), own.start_dir
            for info in infos:
                info.header_offset += pages.start_dir
            whole.seek(pages.start_dir)
            whole.write(piece[:end])
            pages.filelist += infos
            pages.start_dir = whole.tell()
    return whole.getvalue()
