"""The indexes for errors and for words: they follow from the entries alone, and are written while the rest is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from kb.entry import Entries
from kb.match import files_of_search, index_files, signatures_of
from kb.match.search import Document
from kb.process import digest_of, program_digest
from kb.site.jobs import Job
from kb.site.overview import Overview
from kb.site.store import Store


def index_jobs(entries: Entries, digests: Mapping[str, str], overview: Overview) -> Iterator[Job]:
    """What writes the indexes, the longest first. `digests` has for each entry, by its id, one of all that it says."""
    catalogs = repr(entries.products), repr(entries.synonyms)
    yield Job(
        "search",
        digest_of(*(digests[entry.id] for entry in entries.entries), *catalogs),
        ("search/index/",),
        partial(_search_files, entries, digests),
    )

    def key() -> str:
        signatures = (signature for entry in entries.entries for signature in signatures_of(entry))
        return digest_of(*map(repr, signatures))

    yield Job("index", overview.key("index", key), ("match/index/",), partial(_index_files, entries))


def _index_files(entries: Entries) -> Iterable[tuple[str, bytes]]:
    """The index of errors, which the match page and `kb match --site` read."""
    return index_files(entries).items()


def _search_files(entries: Entries, digests: Mapping[str, str]) -> Iterable[tuple[str, bytes]]:
    """What a search in a reader's own words reads."""
    return files_of_search(_documents(entries, digests), entries.synonyms).items()


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
    store.take({key: document.packed() for key, document in new.items()})
    return [new[key] if key in new else Document.unpacked(read[key]) for key in by_key]
