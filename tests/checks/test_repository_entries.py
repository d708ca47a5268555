"""The content of this repository passes its own checks."""

import pytest

from kb.checks import check, to_report
from kb.entry import load_collection


@pytest.fixture(scope="module")
def collection(repository_root):
    return load_collection(repository_root / "entries")


def test_every_file_of_the_repository_passes(collection):
    """Checked as on the day of its newest entry, so that the result is the same on any day."""
    problems = check(collection, max(entry.updated for entry in collection.entries))
    assert problems == [], to_report(problems)


def test_every_file_of_the_repository_is_an_entry(collection):
    assert [source.name for source in collection.sources if source.entry is None] == []


def test_every_signature_of_the_repository_has_an_example(collection):
    assert [
        f"{entry.id}: {signature.text}"
        for entry in collection.entries
        for signature in entry.signatures
        if not signature.examples
    ] == []


def test_the_design_s_example_passes(data):
    collection = load_collection(data / "entries/example")
    assert check(collection, max(entry.updated for entry in collection.entries)) == []


def test_the_design_s_example_passes_as_yaml(data):
    collection = load_collection(data / "entries/example-yml")
    assert check(collection, max(entry.updated for entry in collection.entries)) == []
