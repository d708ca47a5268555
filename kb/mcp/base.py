"""The knowledge base that a server answers from: entries in a folder, or a published site. Opened once, kept fresh."""

from __future__ import annotations

import os
import re
import time
from abc import ABC, abstractmethod
from collections import OrderedDict
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Final

import kb
from kb.entry import load_collection, read_source
from kb.match import SourceError, from_site, site_reader
from kb.mcp.pages import page_from_site, page_of, page_of_fix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kb.entry import Collection
    from kb.match import Known
    from kb.mcp.pages import Page

    Read = Callable[[str], bytes]

ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,99}/[a-z0-9][a-z0-9-]{0,199}")
"""An entry's id. Nothing else is put into the name of a file or an address."""

LOOKED_AT_AGAIN: Final = 5.0
"""Seconds after which a folder of entries is looked at again: 10,000 names and times take a twentieth of a second."""

OPENED_AGAIN: Final = 600.0
"""Seconds after which a site is opened again: files of two builds contradict each other."""

TRIED_AGAIN: Final = 60.0
"""Seconds after which one that could not be opened again is tried once more; until then what is kept answers."""

SECONDS_A_FILE: Final = 10.0
SECONDS_A_CALL: Final = 30.0
"""What a site may take for a file, and for all files of an answer: a client waits for the answer a minute or less."""

MOST_KEPT: Final = 64_000_000
"""Bytes of a site's files that are kept: more than the whole index of 10,000 entries."""

_ENDINGS: Final = (".md", ".yml")


BUNDLED: Final = Path(kb.__file__).with_name("bundled") / "entries"
"""The entries that an installed package brings. A checkout has none: `scripts/backend` puts them into a wheel."""


class Base(ABC):
    """A knowledge base. Its methods raise SourceError where it can't be read."""

    site: str = ""
    """The address of the published pages; empty where there is none."""

    def open(self) -> None:
        """See whether it is there at all. Raises SourceError. What takes long may go on after that."""
        self.known()

    @abstractmethod
    def known(self) -> Known:
        """What errors and words are looked up with, as fresh as the base is."""

    @abstractmethod
    def page(self, entry_id: str) -> Page | None:
        """An entry's texts; None where there is no such entry."""

    def collection(self) -> Collection | None:
        """The entries themselves, to check a draft against; None where a site is all there is."""
        return None

    def address(self, entry_id: str) -> str | None:
        """The page of an entry for people."""
        return f"{self.site.rstrip('/')}/{entry_id}/" if self.site else None


class EntriesFolder(Base):
    """Entries in a folder: what is saved there is in the next answer but a few seconds."""

    def __init__(self, folder: Path, compiled: Callable[[Path], Known], site: str = "") -> None:
        """`compiled` makes, or has kept, what is matched with; `site` is where the pages are published."""
        self.site = site
        self._folder = folder
        self._compiled = compiled
        self._looked = -LOOKED_AT_AGAIN
        self._state: object = None
        self._known: Known | None = None
        self._alone = Lock()

    def open(self) -> None:
        """Begin to compile: 10,000 entries take longer, the first time, than a client waits for a server to start."""
        if not self._folder.is_dir():
            raise SourceError(
                f"{self._folder} is no folder. Name a site with --site, or a folder with --folder, or start this where "
                "the entries are."
            )

        def compile_ahead() -> None:
            with suppress(SourceError):  # who asks is told
                self.known()

        Thread(target=compile_ahead, daemon=True).start()

    def known(self) -> Known:
        with self._alone:
            now = time.monotonic()
            if self._known is None or now - self._looked >= LOOKED_AT_AGAIN:
                state = _names_and_times(self._folder)
                if self._known is None or state != self._state:
                    self._known = _with_one_search_index(self._compiled(self._folder))
                    self._state = state
                self._looked = time.monotonic()
            return self._known

    def page(self, entry_id: str) -> Page | None:
        if not ID.fullmatch(entry_id):
            return None
        for ending in _ENDINGS:
            path = self._folder / f"{entry_id}{ending}"
            if path.is_file():
                entry = read_source(path, self._folder).entry
                if entry is None:
                    raise SourceError(f"{entry_id} can't be read; `kb check` says why")
                return page_of(entry)
        return None

    def collection(self) -> Collection | None:
        try:
            return load_collection(self._folder)
        except OSError as error:
            raise SourceError(f"{self._folder} can't be read: {error.strerror or 'no such folder'}") from None


class PublishedSite(Base):
    """A built site, by its address or in a folder: static files alone, each fetched once in ten minutes."""

    def __init__(self, site: str, seconds: float = SECONDS_A_FILE) -> None:
        self.site = site if site.startswith(("http://", "https://")) else ""
        self._place = site
        self._seconds = seconds
        self._opened: tuple[Known, Read] | None = None
        self._until = 0.0
        self._answered_by = 0.0

    def known(self) -> Known:
        return self._open()[0]

    def _open(self) -> tuple[Known, Read]:
        self._answered_by = time.monotonic() + SECONDS_A_CALL  # each call begins here
        if self._opened is None or time.monotonic() >= self._until:
            read = kept(self._in_time(site_reader(self._place, self._seconds)), MOST_KEPT)
            try:
                self._opened = _with_one_search_index(from_site(self._place, read=read)), read
                self._until = time.monotonic() + OPENED_AGAIN
            except SourceError:
                if self._opened is None:
                    raise
                self._until = time.monotonic() + TRIED_AGAIN
        return self._opened

    def _in_time(self, read: Read) -> Read:
        """The same files, none of which is asked for when the answer should be there. Raises what `read` raises."""

        def read_in_time(name: str) -> bytes:
            if time.monotonic() >= self._answered_by:
                raise OSError(f"{self._place} is too slow: its files took more than {SECONDS_A_CALL:g} s")
            return read(name)

        return read_in_time

    def page(self, entry_id: str) -> Page | None:
        if not ID.fullmatch(entry_id):
            return None
        known, read = self._open()
        try:
            page = page_from_site(read(f"api/v1/entries/{entry_id}.json"))
        except FileNotFoundError:
            fix = known.fix(entry_id)  # a site that is built with few_files has no more
            return page_of_fix(fix) if fix else None
        except OSError as error:
            raise SourceError(f"the file of {entry_id} can't be read: {error}") from None
        except ValueError as error:
            raise SourceError(f"{self._place}: {entry_id} is not as a build writes it: {error}") from None
        return page if ID.fullmatch(page.id) else None


def kept(read: Read, most: int) -> Read:
    """The same files, of which those that were asked for last are kept, so many bytes in all."""
    files: OrderedDict[str, bytes] = OrderedDict()

    def read_once(name: str) -> bytes:
        if name in files:
            files.move_to_end(name)
            return files[name]
        files[name] = content = read(name)
        while len(files) > 1 and sum(map(len, files.values())) > most:
            files.popitem(last=False)
        return content

    return read_once


def _with_one_search_index(known: Known) -> Known:
    return replace(known, search_index=cache(known.search_index))


def _names_and_times(folder: Path) -> frozenset[tuple[str, int, int]]:
    """What changes when a file of a folder is written, added or removed. Raises SourceError."""
    try:
        return frozenset(_files(os.fspath(folder)))
    except OSError as error:
        raise SourceError(f"{folder} can't be read: {error.strerror}") from None


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as listing:
        for each in listing:
            with suppress(FileNotFoundError):  # removed meanwhile, as editors do with files of their own
                if each.is_dir(follow_symlinks=False):
                    yield from _files(each.path)
                else:
                    status = each.stat(follow_symlinks=False)
                    yield each.path, status.st_mtime_ns, status.st_size
