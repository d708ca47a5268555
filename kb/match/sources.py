"""Where a matcher's signatures and an answer's fix come from: entries, a built site (folder or address), or a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import urlopen

from kb.entry import SignatureError, load_collection
from kb.match.fixes import Fix, read_fix
from kb.match.matcher import Matcher
from kb.match.shards import Index

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.entry import Entry

TIMEOUT = 20
"""Seconds to wait for a site's answer."""


class SourceError(Exception):
    """Signatures can't be had; the text says from where and why."""


class Known(NamedTuple):
    """A matcher, what is known of the entries it finds, and what was left out, one sentence each.

    What is known is None for signatures that come without entries.
    """

    matcher: Matcher
    fix: Callable[[str], Fix | None]
    left_out: tuple[str, ...] = ()


def from_entries(folder: Path) -> Known:
    """The entries of a folder, those that can be read. Raises SourceError."""
    try:
        collection = load_collection(folder)
    except NotADirectoryError as error:
        raise SourceError(f"{error}. Name a site with --site, or run this where the entries are.") from None
    products = collection.products
    signatures = [(entry.id, signature.text) for entry in collection.entries for signature in entry.signatures]

    def fix(entry_id: str) -> Fix | None:
        entry = collection.by_id.get(entry_id)
        if entry is None:
            return None
        product = products.get(entry.product)
        return _fix_of(entry, product.name if product else entry.product)

    return Known(_matcher(signatures, str(folder)), fix)


def from_site(site: str) -> Known:
    """A built site: a folder, or an http(s) address. Raises SourceError."""
    read = _reader(site)
    try:
        matcher = Matcher(Index(lambda name: read(f"match/index/{name}")))
    except (OSError, ValueError, KeyError) as error:
        raise SourceError(f"{site} has no index of errors (match/index/): {error}") from None
    return Known(matcher, lambda entry_id: read_fix(entry_id, lambda name: read(f"match/fixes/{name}")))


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


def _matcher(signatures: list[tuple[str, str]], where: str) -> Matcher:
    try:
        return Matcher.from_signatures(signatures)
    except SignatureError as error:
        raise SourceError(f"{where}: a signature can't be read: {error}") from None


def _fix_of(entry: Entry, product: str) -> Fix:
    step = entry.workarounds[0]
    return Fix(
        id=entry.id,
        title=entry.title,
        product=product,
        summary=entry.summary,
        step=step.title,
        markdown=step.body,
        html="",
    )


def _reader(site: str) -> Callable[[str], bytes]:
    """A function that reads a file of the site by its path."""
    if not site.startswith(("http://", "https://")):
        folder = Path(site)
        return lambda name: (folder / name).read_bytes()
    base = site.rstrip("/") + "/"

    def fetch(name: str) -> bytes:
        try:
            with urlopen(urljoin(base, name), timeout=TIMEOUT) as response:  # noqa: S310 - http(s) only, see above
                content: bytes = response.read()
        except URLError as error:
            raise OSError(f"{urljoin(base, name)}: {error}") from None
        return content

    return fetch
