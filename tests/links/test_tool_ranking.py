"""Tools for an entry: rare tags weigh more, its product's category counts, ties stand by name."""

import json

import pytest

from kb.entry import load_collection
from kb.links import compute_links


@pytest.fixture
def ranked(folder):
    """Names of the tools for an entry of `git` (category version-control, tag git), best first."""

    def rank(tools: list[dict], **keys: object) -> list[str]:
        folder.file("tools.yml", json.dumps(tools))
        folder.entry("git/a.md", **keys)
        collection = folder.load()
        assert collection.tool_catalog.defects == ()
        return [tool.name for tool in compute_links(collection).ranking.rank(collection.by_id["git/a"])]

    return rank


def tool(name: str, *tags: str, category: str = "other") -> dict:
    return {"name": name, "url": "https://tool.example", "summary": "S", "tags": list(tags), "category": category}


def test_a_tool_that_shares_a_rare_tag_comes_first(ranked):
    tools = [tool("Often", "common"), tool("Also", "common"), tool("Seldom", "rare")]
    assert ranked(tools, tags=["common", "rare"]) == ["Seldom", "Also", "Often"]


def test_two_shared_tags_say_more_than_one_of_them(ranked):
    tools = [tool("One", "a"), tool("Both", "a", "b"), tool("Other", "b")]
    assert ranked(tools, tags=["a", "b"])[0] == "Both"


def test_ties_stand_by_name_whatever_the_order_of_the_file(ranked):
    tools = [tool("beta", "a"), tool("Gamma", "a"), tool("Alpha", "a")]
    assert ranked(tools, tags=["a"]) == ranked(tools[::-1], tags=["a"]) == ["Alpha", "beta", "Gamma"]


def test_tools_that_share_nothing_are_not_ranked(ranked):
    assert ranked([tool("Alien", "x")], tags=["a"]) == []


def test_a_tool_of_the_product_s_category_is_ranked_without_a_shared_tag(ranked):
    assert ranked([tool("Near", "x", category="version-control"), tool("Far", "x")], tags=["a"]) == ["Near"]


def test_of_two_with_the_same_tags_the_one_of_the_product_s_category_comes_first(ranked):
    tools = [tool("Alpha", "a"), tool("Beta", "a", category="version-control")]
    assert ranked(tools, tags=["a"]) == ["Beta", "Alpha"]


def test_a_tag_of_the_product_counts_for_all_its_entries(ranked):
    assert ranked([tool("Lens", "git")], tags=[]) == ["Lens"]


def test_a_tag_of_the_entry_says_more_than_one_of_its_product(ranked):
    assert ranked([tool("Alpha", "git"), tool("Beta", "own")], tags=["own"]) == ["Beta", "Alpha"]


def test_a_tag_of_both_counts_as_one_of_the_entry(ranked):
    tools = [tool("Alpha", "own"), tool("Beta", "git")]
    assert ranked(tools, tags=["own", "git"]) == ["Alpha", "Beta"]


def test_a_tag_that_a_tool_has_twice_counts_once(ranked):
    tools = [tool("Alpha", "a"), tool("Twice", "a", "a")]
    assert ranked(tools, tags=["a"]) == ["Alpha", "Twice"]


def test_the_order_of_an_entry_s_tags_does_not_matter(ranked):
    tools = [tool("One", "a"), tool("Two", "b", "c"), tool("Three", "c")]
    assert ranked(tools, tags=["a", "b", "c"]) == ranked(tools, tags=["c", "b", "a"])


def test_an_entry_of_an_unknown_product_is_ranked_by_its_tags(folder):
    folder.file("tools.yml", json.dumps([tool("Lens", "a")]))
    folder.entry("nowhere/a.md", tags=["a"])
    collection = folder.load()
    assert [found.name for found in compute_links(collection).ranking.rank(collection.entries[0])] == ["Lens"]


def test_every_entry_of_the_repository_has_the_twelve_tools_that_its_page_shows(repository_root):
    collection = load_collection(repository_root / "entries")
    ranking = compute_links(collection).ranking
    assert [entry.id for entry in collection.entries if len(ranking.rank(entry)) < 12] == []
