"""Backlinks: every link can be walked both ways, and none is shown twice."""

from hypothesis import given
from hypothesis import strategies as st

from kb.links import Links, compute_links

IDS = ["git/a", "git/b", "git/c", "pip/d", "pip/e"]

# For each entry: what it has in common with others, whom it names, and whom its prose links.
COLLECTIONS = st.fixed_dictionaries(
    {
        entry_id: st.fixed_dictionaries(
            {
                "codes": st.lists(st.sampled_from(["E1", "E2", "E3"]), max_size=2, unique=True),
                "tags": st.lists(st.sampled_from(["x", "y"]), max_size=2, unique=True),
                "related": st.lists(st.sampled_from(IDS), max_size=3),
                "linked": st.lists(st.sampled_from(IDS), max_size=2),
            }
        )
        for entry_id in IDS
    }
)


def prose(linked: list[str]) -> str:
    links = " ".join(f"[see](../{entry_id}.md)" for entry_id in linked)
    return f"## Summary\n\nS\n\n## Cause\n\n{links or 'C'}\n\n## Workaround: W\n\nB\n"


def links_of(folder, collection: dict) -> Links:
    for entry_id, keys in collection.items():
        front_matter = {key: value for key, value in keys.items() if key != "linked"}
        folder.entry(f"{entry_id}.md", prose(keys["linked"]), **front_matter)
    return compute_links(folder.load())


def shown(links: Links, entry_id: str) -> tuple[str, ...]:
    """The entries to which a page leads, beside those that its prose links."""
    return links.related[entry_id] + links.backlinks.get(entry_id, ())


@given(collection=COLLECTIONS)
def test_every_related_entry_leads_back(new_folder, collection):
    links = links_of(new_folder(), collection)
    one_way = [(a, b) for a in IDS for b in links.related[a] if a not in shown(links, b)]
    assert one_way == []


@given(collection=COLLECTIONS)
def test_every_entry_that_prose_links_leads_back(new_folder, collection):
    links = links_of(new_folder(), collection)
    one_way = [(a, b) for a in IDS for b in collection[a]["linked"] if a != b and a not in shown(links, b)]
    assert one_way == []


@given(collection=COLLECTIONS)
def test_a_backlink_comes_from_an_entry_that_leads_here(new_folder, collection):
    links = links_of(new_folder(), collection)
    unfounded = [
        (a, b)
        for b in IDS
        for a in links.backlinks.get(b, ())
        if b not in links.related[a] and b not in collection[a]["linked"]
    ]
    assert unfounded == []


@given(collection=COLLECTIONS)
def test_no_entry_is_shown_twice_or_to_itself(new_folder, collection):
    links = links_of(new_folder(), collection)
    lists = {entry_id: shown(links, entry_id) for entry_id in IDS}
    assert [a for a, found in lists.items() if a in found or len(set(found)) < len(found)] == []


def test_an_entry_that_is_named_elsewhere_links_back(folder):
    folder.entry("git/a.md", related=["git/b"])
    folder.entry("git/b.md")
    assert compute_links(folder.load()).backlinks == {"git/b": ("git/a",)}


def test_entries_that_name_each_other_have_no_backlinks(folder):
    folder.entry("git/a.md", related=["git/b"])
    folder.entry("git/b.md", related=["git/a"])
    assert compute_links(folder.load()).backlinks == {}


def test_those_whose_prose_leads_here_come_before_those_that_are_only_related(folder):
    folder.entry("git/a.md", related=["git/c"])
    folder.entry("git/b.md", prose(["git/c"]))
    folder.entry("git/c.md")
    assert compute_links(folder.load()).backlinks["git/c"] == ("git/b", "git/a")
