"""What a model drafted and nobody has reviewed comes behind other answers that are as sure, in both languages."""

from dataclasses import asdict

import pytest

from kb.match import Matcher, from_entries, index_files, match_files, search_files
from kb.match.search import SearchIndex, search

from .in_node import HERE, in_node, laid

DRAFTED = {"model": "example-model", "day": "2026-01-02", "sources": ["acme/app#1"], "text": "0123456789abcdef0123"}
REVIEWED = DRAFTED | {"reviewed": {"by": "rosa", "day": "2026-01-03"}}
DRAFT = "fatal: the reference database {{name}} of the repository is locked by another process"
OTHER = "error: the worker stopped"
BOTH = "fatal: the reference database main of the repository is locked by another process\nerror: the worker stopped\n"


def entries(folder, section: str = "cause", provenance: dict = DRAFTED):
    """An entry with a draft that tells more of a text than the other one does."""
    titles = {"title": "The database of references is locked"}
    folder.entry("git/a.md", signatures=[{"text": DRAFT}], provenance={section: provenance}, **titles)
    folder.entry("git/b.md", signatures=[{"text": OTHER}], **titles)
    return folder.load()


@pytest.mark.parametrize("section", ["summary", "cause", "workarounds"])
def test_of_exact_matches_a_draft_is_the_last(folder, tmp_path, section):
    index = laid(index_files(entries(folder, section)), tmp_path / "site") / "match/index"
    texts = [BOTH, BOTH.replace(" by another process", ""), BOTH.partition("\n")[0]]
    ours = [[asdict(answer) for answer in Matcher.from_files(index).match(text)] for text in texts]
    assert [[(each["id"], each["tier"]) for each in answers] for answers in ours] == [
        [("git/b", "exact"), ("git/a", "exact")],
        [("git/b", "exact"), ("git/a", "likely")],
        [("git/a", "exact")],
    ]
    assert in_node(HERE / "conformance.mjs", index, [{"text": text} for text in texts], tmp_path) == ours


@pytest.mark.parametrize(("section", "provenance"), [("cause", REVIEWED), ("notes", DRAFTED)])
def test_a_review_of_what_answers_are_made_of_puts_it_back(folder, section, provenance):
    entries(folder, section, provenance)
    assert [found.entry for found in from_entries(folder.root).find(BOTH, 5)] == ["git/a", "git/b"]


def test_a_draft_that_says_more_of_one_message_still_covers_the_other(folder):
    """A less telling signature within the same message is no better answer."""
    folder.entry("git/a.md", signatures=[{"text": DRAFT}], provenance={"cause": DRAFTED})
    folder.entry("git/b.md", signatures=[{"text": "is locked by another process"}])
    assert [found.entry for found in from_entries(folder.root).find(BOTH, 5)] == ["git/a"]


def test_of_a_long_log_a_draft_is_the_last_too(folder):
    entries(folder)
    found = from_entries(folder.root).find_best([BOTH, "\nand so on\n" * 100], 5)
    assert [known.entry for known in found] == ["git/b", "git/a"]


def test_in_a_search_a_draft_is_behind_what_fits_as_well(folder, tmp_path):
    files = search_files(entries(folder))
    index = SearchIndex(lambda name: files[f"search/index/{name}"])
    queries = ["database of references locked", "fatal reference database locked", "nothing of the kind"]
    found = [search(query, index) for query in queries]
    assert [[result.shown["id"] for result in each.results] for each in found] == [["git/b", "git/a"], ["git/a"], []]
    assert found[1].is_known
    laid(files, tmp_path / "site")
    asked = [{"query": query, "only": {}, "typed": False} for query in queries]
    theirs = in_node(HERE / "search/conformance.mjs", tmp_path / "site/search/index", asked, tmp_path)
    ours = [[[result.shown["id"], result.score, result.share] for result in each.results] for each in found]
    assert [each["found"] for each in theirs] == ours


def test_without_drafts_the_index_is_as_it_was(folder):
    folder.entry("git/a.md")
    files = match_files(folder.load()) | search_files(folder.load())
    assert not [name for name, content in files.items() if b"draft:" in content or b'"draft":true' in content]


def test_a_proof_asks_what_a_text_shows_reviewed_or_not(folder):
    entries(folder)
    known = from_entries(folder.root)
    assert [found.entry for found in known.find(BOTH, 3, for_readers=False)] == ["git/a", "git/b"]
