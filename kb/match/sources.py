"""Where a matcher's signatures and an answer's fix come from: entries, a built site (folder or address), or a file."""

from __future__ import annotations

import json
import re
import time
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from kb.entry import SignatureError, load_collection
from kb.match.filling import types_of
from kb.match.fixes import Fix, read_fix
from kb.match.indexed import Indexed, platforms_of, signatures_of
from kb.match.known import Known, SourceError
from kb.match.matcher import Matcher
from kb.match.proven import step_and_proofs
from kb.match.search import Document, SearchIndex, Synonyms, build_search
from kb.match.shards import Index
from kb.match.site_files import CONTRADICTIONS, checked, open_address
from kb.match.versions import versions_of
from kb.web import OverdueError, within

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kb.entry import Entry, Product
    from kb.match.matcher import Answer

SECONDS: Final = 30
"""What a site may take for a file, all of it: one that answers byte by byte never runs into a timeout."""
MOST_BYTES: Final = 32_000_000
"""Largest file of a site that is read: a part of the index of 100,000 signatures is a hundredth of it."""


_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,99}/[a-z0-9][a-z0-9-]{0,199}")
"""An entry's id: what a site has in its place may be meant for a terminal."""


def from_entries(folder: Path) -> Known:
    """The entries of a folder, those that can be read. Raises SourceError."""
    try:
        collection = load_collection(folder)
    except NotADirectoryError as error:
        raise SourceError(f"{error}. Name a site with --site, or run this where the entries are.") from None
    products = collection.products
    signatures = [signature for entry in collection.entries for signature in signatures_of(entry)]

    def fix(entry_id: str) -> Fix | None:
        entry = collection.by_id.get(entry_id)
        if entry is None:
            return None
        return _fix_of(entry, products)

    def search_index() -> SearchIndex:
        documents = [Document.of(entry, products.get(entry.product)) for entry in collection.entries]
        return SearchIndex(build_search(documents, Synonyms(collection.synonyms)).__getitem__)

    return Known(_matcher(signatures, str(folder)), fix, search_index=search_index)


def from_site(site: str, seconds: float = SECONDS) -> Known:
    """A built site: a folder, or an http(s) address, which may take so many seconds for a file. Raises SourceError."""
    read = checked(_reader(site, seconds))
    try:
        matcher = _SiteMatcher(Index(lambda name: read(f"match/index/{name}")), site)
    except (OSError, ValueError, *CONTRADICTIONS) as error:
        raise SourceError(f"{site} has no index of errors (match/index/): {error}") from None

    def fix(entry_id: str) -> Fix | None:
        try:
            return read_fix(entry_id, lambda name: read(f"match/fixes/{name}"))
        except (OSError, ValueError, *CONTRADICTIONS) as error:
            raise SourceError(f"{site}: the fix of {entry_id} can't be read: {error}") from None

    return Known(matcher, fix, search_index=lambda: SearchIndex(lambda name: read(f"search/index/{name}")))


class _SiteMatcher(Matcher):
    """A matcher that reads its index from a site while it matches. Raises SourceError."""

    def __init__(self, index: Index, site: str) -> None:
        super().__init__(index)
        self._site = site

    def match(self, text: str, top: int | None = None) -> list[Answer]:
        """Raises SourceError where a file is missing, or the files contradict each other."""
        try:
            found = super().match(text, top)
            answers = [answer for answer in found if _ID.fullmatch(answer.id)]
            if found and not answers:
                raise ValueError("an id has to be product/slug")
            return answers
        except (OSError, ValueError, *CONTRADICTIONS) as error:
            why = str(error) if isinstance(error, OSError | ValueError) else "its files contradict each other"
            raise SourceError(f"{self._site}: the index of errors can't be read: {why}") from None


def from_signatures(file: Path) -> Known:
    """JSON lines `{"id": ..., "text": ...}`; those that can't be matched are left out. Raises SourceError."""
    signatures: list[tuple[str, str]] = []
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{file}: {error}") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            signatures.append((str(value["id"]), str(value["text"])))
        except (ValueError, KeyError, TypeError):
            raise SourceError(f'{file}:{number}: expected {{"id": …, "text": …}}') from None
    left_out: list[str] = []

    def refuse(name: str, error: SignatureError) -> None:
        left_out.append(f"{file}: {name} is left out: {error}")

    matcher = Matcher.from_signatures(signatures, refuse)
    return Known(matcher, lambda _: None, tuple(left_out))


def _matcher(signatures: list[Indexed], where: str) -> Matcher:
    try:
        return Matcher.from_signatures(signatures)
    except SignatureError as error:
        raise SourceError(f"{where}: a signature can't be read: {error}") from None


def _fix_of(entry: Entry, products: Mapping[str, Product]) -> Fix:
    product = products.get(entry.product)
    step, proofs = step_and_proofs(entry, products)
    return Fix(
        id=entry.id,
        title=entry.title,
        product=product.name if product else entry.product,
        summary=entry.summary,
        number=step.number,
        step=step.workaround.title,
        markdown=step.workaround.body,
        html="",
        types=types_of(signature.text for signature in entry.signatures),
        platforms=platforms_of(entry),
        proven=proofs,
        versions=versions_of(entry, products),
    )


def _reader(site: str, seconds: float) -> Callable[[str], bytes]:
    """A function that reads a file of the site by its path. It raises OSError."""
    if not site.startswith(("http://", "https://")):
        folder = Path(site)
        return lambda name: (folder / name).read_bytes()
    base = site.rstrip("/") + "/"

    def read(name: str) -> bytes:
        address = urljoin(base, name)
        try:
            return within(seconds, partial(_fetch, address, seconds))
        except OverdueError:
            raise OSError(f"{address}: no whole answer within {seconds:g} s") from None
        except (OSError, HTTPException, ValueError) as error:
            raise OSError(f"{address}: {error or type(error).__name__}") from None

    return read


def _fetch(address: str, seconds: float) -> bytes:
    """What is at an http(s) address. Raises OSError, HTTPException, ValueError."""
    end = time.monotonic() + seconds
    content = bytearray()
    with open_address(address, timeout=seconds) as response:
        # `read1` gives what has come, so that an answer that nobody waits for any more ends.
        while part := response.read1(1 << 16):
            content += part
            if len(content) > MOST_BYTES:
                raise ValueError(f"more than {MOST_BYTES // 1_000_000} MB")
            if time.monotonic() > end:
                raise OverdueError
    return bytes(content)
