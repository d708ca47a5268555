"""Groups of entries: by tag, by code, by product, and the newest."""

from kb.links import by_need, compute_links


def ids(groups: dict) -> dict[str, list[str]]:
    return {key: [entry.id for entry in entries] for key, entries in groups.items()}


def test_tags_stand_in_alphabetical_order_with_their_entries(folder):
    folder.entry("git/a.md", tags=["ssh", "proxy"])
    folder.entry("git/b.md", tags=["ssh"])
    links = compute_links(folder.load())
    assert list(ids(links.tags).items()) == [("proxy", ["git/a"]), ("ssh", ["git/a", "git/b"])]


def test_entries_of_a_group_stand_in_the_order_of_their_titles(folder):
    """A reader sees no ids."""
    folder.entry("git/a.md", title="zlib fails", tags=["ssh"], codes=["E1"])
    folder.entry("git/b.md", title="Authentication fails", tags=["ssh"], codes=["E1"])
    folder.entry("git/c.md", title="proxy fails", tags=["ssh"], codes=["E1"])
    links = compute_links(folder.load())
    in_order = ["git/b", "git/c", "git/a"]
    assert [ids(links.tags), ids(links.codes), ids(links.products)] == [
        {"ssh": in_order},
        {"E1": in_order},
        {"git": in_order},
    ]


def test_codes_are_ordered_without_regard_to_case(folder):
    folder.entry("git/a.md", codes=["TS2322", "eacces", "HTTP 400"])
    assert list(compute_links(folder.load()).codes) == ["eacces", "HTTP 400", "TS2322"]


def test_codes_that_differ_in_case_are_one_group(folder):
    """They would have one address: `codes/eacces/`."""
    folder.entry("git/a.md", codes=["EACCES"])
    folder.entry("git/b.md", codes=["eacces"])
    assert [[entry.id for entry in group] for group in compute_links(folder.load()).codes.values()] == [
        ["git/a", "git/b"]
    ]


def test_products_are_those_that_have_entries(folder):
    folder.entry("pip/a.md")
    folder.entry("pip/b.md")
    assert ids(compute_links(folder.load()).products) == {"pip": ["pip/a", "pip/b"]}


def test_an_entry_with_a_tag_twice_stands_in_its_group_once(folder):
    folder.entry("git/a.md", tags=["ssh", "ssh"])
    assert ids(compute_links(folder.load()).tags) == {"ssh": ["git/a"]}


def test_the_newest_come_first_and_ties_in_the_order_of_the_ids(folder):
    folder.entry("git/c.md", updated="2026-02-01")
    folder.entry("git/b.md", updated="2026-03-01")
    folder.entry("git/a.md", updated="2026-02-01")
    assert [entry.id for entry in compute_links(folder.load()).newest] == ["git/b", "git/a", "git/c"]


def test_covered_issues_are_known_to_the_pages(folder):
    folder.entry("git/a.md", issue={"ref": "O/n#1"})
    assert {str(ref): entry for ref, entry in compute_links(folder.load()).covered.items()} == {"o/n#1": "git/a"}


def test_what_nobody_has_reviewed_stands_behind_the_others_of_each_list(folder):
    drafted = {"model": "m", "day": "2026-01-02", "sources": ["acme/app#1"], "text": "0123456789abcdef0123"}
    keys = {"tags": ["ssh", "proxy"], "codes": ["E1", "E2", "E3"]}
    votes = {"works": 9}
    folder.entry("git/a.md", title="A", updated="2026-03-01", votes=votes, provenance={"cause": drafted}, **keys)
    folder.entry("git/b.md", title="B", updated="2026-01-02", **keys)
    folder.entry("git/c.md", title="C", updated="2026-01-02", **keys)
    links, behind = compute_links(folder.load()), ["git/b", "git/c", "git/a"]
    for groups, key in ((links.tags, "ssh"), (links.codes, "E1"), (links.products, "git")):
        assert ids(groups)[key] == behind
    assert [entry.id for entry in links.newest] == [entry.id for entry in links.trending] == behind
    assert links.related["git/b"] == ("git/c", "git/a")
    assert [entry.id for entry in by_need(links.products["git"], lambda entry: entry.id == "git/a")] == behind
