"""What matching and searching read of a folder of entries: made from them, the files that a site publishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.entry import SignatureError, load_collection
from kb.match.filling import types_of
from kb.match.fixes import Fix, fix_files
from kb.match.index import build_index
from kb.match.indexed import platforms_of, signatures_of
from kb.match.known import SourceError
from kb.match.proven import step_and_proofs
from kb.match.search import Document, Synonyms, build_search
from kb.match.versions import versions_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kb.entry import Collection, Entry, Product


def match_files(folder: Path) -> dict[str, bytes]:
    """The index of errors and the fixes of the entries that can be read: file name in a site -> content.

    Raises SourceError.
    """
    collection = _collection(folder)
    signatures = [signature for entry in collection.entries for signature in signatures_of(entry)]
    try:
        index = build_index(signatures)
    except SignatureError as error:
        raise SourceError(f"{folder}: a signature can't be read: {error}") from None
    fixes = fix_files(_fix_of(entry, collection.products) for entry in collection.entries)
    parts = (("match/index/", index), ("match/fixes/", fixes))
    return {f"{place}{name}": content for place, files in parts for name, content in files.items()}


def search_files(folder: Path) -> dict[str, bytes]:
    """The index for a search by words, in the same way. Raises SourceError."""
    collection = _collection(folder)
    documents = (Document.of(entry, collection.products.get(entry.product)) for entry in collection.entries)
    files = build_search(documents, Synonyms(collection.synonyms))
    return {f"search/index/{name}": content for name, content in files.items()}


def _collection(folder: Path) -> Collection:
    try:
        return load_collection(folder)
    except NotADirectoryError as error:
        raise SourceError(f"{error}. Name a site with --site, or run this where the entries are.") from None


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
