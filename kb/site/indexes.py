"""The indexes for errors and for words: they follow from the entries alone, and are written while the rest is made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from kb.entry import Entries
from kb.match import files_of_search, index_files, signatures_of
from kb.match.search import Document
from kb.process import digest_of, program_digest
from kb.site.jobs import Job, write_files
from kb.site.store import Store


def index_jobs(entries: Entries, digests: Mapping[str, str]) -> Iterator[Job]:
    """What writes the indexes, the longest first. `digests` has for each entry, by its id, one of all that it says."""
    catalogs = repr(entries.products), repr(entries.synonyms)
    yield Job(
        "search",
        digest_of(*(digests[entry.id] for entry in entries.entries), *catalogs),
        ("search/index/",),
        partial(_write_search, entries, digests),
    )
    signatures = [signature for entry in entries.entries for signature in signatures_of(entry)]
    index = digest_of(*map(repr, signatures))
    yield Job("index", index, ("match/index/",), partial(_write_index, entries))


def _write_index(entries: Entries, folder: Path) -> None:
    """Write the index of errors, which the match page and `kb match --site` read."""
    write_files(folder, index_files(entries).items())


def _write_search(entries: Entries, digests: Mapping[str, str], folder: Path) -> None:
    """Write what a search in a reader's own words reads."""
    write_files(folder, files_of_search(_documents(entries, digests), entries.synonyms).items())


def _documents(entries: Entries, digests: Mapping[str, str]) -> list[Document]:
    """All entries as they are searched."""
    products = entries.products
    by_key = {
        digest_of(program_digest(), digests[entry.id], repr(products.get(entry.product))): entry
        for entry in entries.entries
    }
    store = Store("documents")
    read = store.read(by_key)
    new = {key: Document.of(entry, products.get(entry.product)) for key, entry in by_key.items() if key not in read}
    store.take({key: json.dumps(document).encode() for key, document in new.items()})
    return [new[key] if key in new else Document.kept(json.loads(read[key])) for key in by_key]
