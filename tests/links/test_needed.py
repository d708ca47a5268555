"""The order in which people need entries, and the few of a list that stand for all of it."""

from kb.links import by_need, varied


def ids(entries) -> list[str]:
    return [entry.id for entry in entries]


def test_proven_ones_come_first_then_votes_then_trend_then_titles(folder):
    folder.entry("git/reported.md", reports=["o/n#1"])
    folder.entry("git/b.md", title="Beta fails")
    folder.entry("git/a.md", title="alpha fails")
    folder.entry("git/voted.md", votes={"works": 1}, updated="2020-01-01")
    folder.entry("git/proven.md", updated="2020-01-01")
    found = by_need(folder.load().entries, lambda entry: entry.id == "git/proven")
    assert ids(found) == ["git/proven", "git/voted", "git/reported", "git/a", "git/b"]


def test_a_few_of_a_list_are_of_many_products_and_in_its_order(folder):
    for name in ("git/a", "git/b", "git/c", "git/d", "pip/a", "pip/b"):
        folder.entry(f"{name}.md")
    entries = folder.load().entries
    assert ids(varied(entries, 4, 2)) == ["git/a", "git/b", "pip/a", "pip/b"]


def test_where_other_products_have_too_few_one_fills_the_rest(folder):
    for name in ("git/a", "git/b", "git/c", "git/d", "pip/a"):
        folder.entry(f"{name}.md")
    entries = folder.load().entries
    assert ids(varied(entries, 4, 2)) == ["git/a", "git/b", "git/c", "pip/a"]


def test_a_short_list_is_shown_whole(folder):
    folder.entry("git/a.md")
    assert ids(varied(folder.load().entries, 4, 2)) == ["git/a"]
    assert varied([], 4, 2) == ()
