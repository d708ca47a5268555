"""Where a matcher's signatures and an answer's fix come from: entries, or a built site (folder or address).

Both are read as files of a site: those of entries are made first (`kb.match.compiling`), or were made before.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kb.match.fixes import read_fix
from kb.match.known import Known, SourceError
from kb.match.matcher import Matcher
from kb.match.shards import Index
from kb.match.site_files import CONTRADICTIONS, checked

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.entry import Entries
    from kb.match.fixes import Fix
    from kb.match.matcher import Answer
    from kb.match.search import SearchIndex

    Read = Callable[[str], bytes]

SECONDS: Final = 30
"""What a site may take for a file, all of it: one that answers byte by byte never runs into a timeout."""


_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,99}/[a-z0-9][a-z0-9-]{0,199}")
"""An entry's id: what a site has in its place may be meant for a terminal."""


def from_entries(folder: Path) -> Known:
    """The entries of a folder, those that can be read. Raises SourceError."""
    return from_compiled(compiled_to_match(folder).__getitem__, lambda: compiled_to_search(folder).__getitem__, folder)


def compiled_to_match(folder: Path) -> dict[str, bytes]:
    """What `from_compiled` reads of the entries of a folder to match: file name -> content. Raises SourceError."""
    from kb.entry import SignatureError  # noqa: PLC0415 - what makes files of entries takes long to load
    from kb.match.compiling import match_files  # noqa: PLC0415

    try:
        return match_files(_entries_in(folder))
    except SignatureError as error:
        raise SourceError(f"{folder}: a signature can't be read: {error}") from None


def compiled_to_search(folder: Path) -> dict[str, bytes]:
    """What it reads for a search by words. Raises SourceError."""
    from kb.match.compiling import search_files  # noqa: PLC0415 - as above

    return search_files(_entries_in(folder))


def _entries_in(folder: Path) -> Entries:
    from kb.entry import load_collection  # noqa: PLC0415 - as above

    try:
        return load_collection(folder)
    except NotADirectoryError as error:
        raise SourceError(f"{error}. Name a site with --site, or run this where the entries are.") from None


def from_compiled(read_match: Read, open_search: Callable[[], Read], folder: Path) -> Known:
    """What was compiled of the entries of a folder; for a search it is opened when it is needed."""
    matcher = Matcher(Index(lambda name: read_match(f"match/index/{name}")))
    return Known(matcher, _fixes(read_match, str(folder)), search_index=lambda: _search_index(open_search()))


def from_site(site: str, seconds: float = SECONDS, read: Read | None = None) -> Known:
    """A built site: a folder, or an http(s) address, which may take so many seconds for a file. Raises SourceError.

    `read` reads its files instead, for one who keeps them.
    """
    read = checked(read or site_reader(site, seconds))
    try:
        matcher = _SiteMatcher(Index(lambda name: read(f"match/index/{name}")), site)
    except (OSError, ValueError, *CONTRADICTIONS) as error:
        raise SourceError(f"{site} has no index of errors (match/index/): {error}") from None
    return Known(matcher, _fixes(read, site), search_index=lambda: _search_index(read))


def _fixes(read: Read, site: str) -> Callable[[str], Fix | None]:
    def fix(entry_id: str) -> Fix | None:
        try:
            return read_fix(entry_id, lambda name: read(f"match/fixes/{name}"))
        except (OSError, ValueError, *CONTRADICTIONS) as error:
            raise SourceError(f"{site}: the fix of {entry_id} can't be read: {error}") from None

    return fix


def _search_index(read: Read) -> SearchIndex:
    from kb.match.search import SearchIndex  # noqa: PLC0415 - needed where nothing was matched

    return SearchIndex(lambda name: read(f"search/index/{name}"))


class _SiteMatcher(Matcher):
    """A matcher that reads its index from a site while it matches. Raises SourceError."""

    def __init__(self, index: Index, site: str) -> None:
        super().__init__(index)
        self._site = site

    def match(self, text: str, top: int | None = None, *, for_readers: bool = True) -> list[Answer]:
        """Raises SourceError where a file is missing, or the files contradict each other."""
        try:
            found = super().match(text, top, for_readers=for_readers)
            answers = [answer for answer in found if _ID.fullmatch(answer.id)]
            if found and not answers:
                raise ValueError("an id has to be product/slug")
            return answers
        except (OSError, ValueError, *CONTRADICTIONS) as error:
            why = str(error) if isinstance(error, OSError | ValueError) else "its files contradict each other"
            raise SourceError(f"{self._site}: the index of errors can't be read: {why}") from None


def site_reader(site: str, seconds: float = SECONDS) -> Read:
    """A function that reads a file of the site by its path. It raises OSError."""
    if not site.startswith(("http://", "https://")):
        folder = Path(site)
        return lambda name: (folder / name).read_bytes()
    from kb.match.fetching import reader_of  # noqa: PLC0415 - most sites are folders, and HTTP takes long to load

    return reader_of(site, seconds)
