"""What the tests of searching share: the repository's entries as an index, and the queries in tests/data/match."""

import json
from pathlib import Path

import pytest

from kb.entry import load_collection
from kb.match.search import Document, SearchIndex, Synonyms, build_search

ROOT = Path(__file__).parents[3]
DATA = ROOT / "tests/data/match"


def load_queries(name: str) -> list[dict[str, object]]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if "query" in json.loads(line)]


@pytest.fixture(scope="session")
def search_files() -> dict[str, bytes]:
    """The index of the repository's own entries: file name -> content."""
    collection = load_collection(ROOT / "entries")
    documents = [Document.of(entry, collection.products.get(entry.product)) for entry in collection.entries]
    return build_search(documents, Synonyms())


@pytest.fixture(scope="session")
def search_index(search_files) -> SearchIndex:
    return SearchIndex(search_files.__getitem__)
