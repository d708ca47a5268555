"""Copies of everything, for who wants all of it at once: entries as data and as Markdown, one file each.

Both are the same bytes for the same entries: nothing in them says when, or by whom, they were packed.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from gzip import GzipFile
from io import BytesIO
from typing import TYPE_CHECKING, Final

from kb.site import api_files
from kb.site.api import ARCHIVE, WHOLE
from kb.site.markdown_pages import MarkdownPages

if TYPE_CHECKING:
    from kb.site.parts import Parts

_LEVEL: Final = 1
"""Of compression: both are made anew with each change, and 6 takes three times as long for a fifth less."""
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can name."""


def copies(parts: Parts) -> Iterator[tuple[str, bytes]]:
    """File name in the site and content of both."""
    whole, archive = BytesIO(), BytesIO()
    before, between, after = api_files.around_entries(parts.site)
    with (
        GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=whole, mtime=0) as data,
        zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as pages,
    ):
        data.write(before)
        for number, (name, entry, page) in enumerate(_each(parts)):
            data.write(between * bool(number) + entry.rstrip())
            info = zipfile.ZipInfo(name, _NO_TIME)
            info.create_system, info.external_attr = 3, 0o644 << 16  # as on Unix, whatever packs it
            info.compress_type = zipfile.ZIP_DEFLATED
            pages.writestr(info, page, compresslevel=_LEVEL)
        data.write(after)
    yield WHOLE, whole.getvalue()
    yield ARCHIVE, archive.getvalue()


def _each(parts: Parts) -> Iterator[tuple[str, bytes, bytes]]:
    """Name in the archive, data and Markdown of each entry, made now where they are not kept."""
    site, markdown = parts.site, MarkdownPages(parts.site)
    entries = site.collection.entries
    for entry, kept in zip(entries, parts.files(entries), strict=True):
        files = dict(kept)
        data = next(api_files.entry_names(entry))
        if data not in files:
            files |= dict(api_files.entry_files(site, entry)) | dict((markdown.entry(entry),))
        yield f"{entry.id}.md", files[data], files[f"{entry.id}/index.md"]
