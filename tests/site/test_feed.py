"""The Atom feed of new and changed entries (RFC 4287), and what else tells of changes."""

import re
from datetime import datetime
from xml.etree import ElementTree

import pytest
from built_sites import KNOWLEDGE_BASES, UNCHECKED, Site, build

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://fixes.example/known-fixes/"


def feed_of(site: Site) -> ElementTree.Element:
    return ElementTree.fromstring((site.folder / "feed.xml").read_bytes())


def texts(element: ElementTree.Element, name: str) -> list[str]:
    return [found.text or "" for found in element.findall(ATOM + name)]


@pytest.mark.parametrize("where", ["small", "repository", "hostile"])
def test_a_feed_has_what_atom_asks_for(request, where):
    feed = feed_of(request.getfixturevalue(where))
    assert feed.tag == f"{ATOM}feed"
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        assert [len(part.findall(ATOM + name)) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert re.fullmatch(r"https://\S+", texts(part, "id")[0])
        assert texts(part, "title")[0]
        assert datetime.fromisoformat(texts(part, "updated")[0]).tzinfo
    assert texts(feed.find(f"{ATOM}author"), "name")


def test_a_feed_names_itself_and_the_page_that_it_tells_of(small):
    links = {link.get("rel"): link.get("href") for link in feed_of(small).findall(f"{ATOM}link")}
    assert links == {"self": f"{BASE}feed.xml", "alternate": f"{BASE}newest/"}


def test_entries_are_told_of_by_their_permanent_address_the_last_changed_first(small):
    entries = feed_of(small).findall(f"{ATOM}entry")
    assert [(texts(entry, "id")[0], texts(entry, "updated")[0]) for entry in entries] == [
        (f"{BASE}acme/port-taken/", "2025-02-04T00:00:00Z"),
        (f"{BASE}borealis/sync-refused/", "2025-02-01T00:00:00Z"),
        (f"{BASE}borealis/stale-lock/", "2025-01-31T00:00:00Z"),
        (f"{BASE}acme/config-missing/", "2025-01-02T00:00:00Z"),
        (f"{BASE}acme/quiet-exit/", "2024-12-24T00:00:00Z"),
    ]


def test_the_feed_changed_when_its_newest_entry_did(small):
    assert texts(feed_of(small), "updated") == ["2025-02-04T00:00:00Z"]


def test_an_entry_has_a_summary_a_link_and_its_tags(small):
    entry = feed_of(small).find(f"{ATOM}entry")
    assert texts(entry, "summary")[0].startswith("Another process, usually an old acme-server, holds port ‹port›.")
    assert [link.get("href") for link in entry.findall(f"{ATOM}link")] == [
        f"{BASE}acme/port-taken/",
        f"{BASE}acme/port-taken/index.md",
        "https://github.com/Acme-Tools/Acme/issues/101",
    ]
    assert [tag.get("term") for tag in entry.findall(f"{ATOM}category")] == ["acme", "ports", "processes"]


def test_a_changed_entry_keeps_its_id_and_comes_first(tmp_path, small):
    config = KNOWLEDGE_BASES / "small/mkdocs.yml"
    folder = tmp_path / "small"
    folder.mkdir()
    for path in config.parent.rglob("*.*"):
        target = folder / path.relative_to(config.parent)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes().replace(b"updated: 2024-12-24", b"updated: 2025-03-01"))
    built = build(folder / "mkdocs.yml", tmp_path / "site", UNCHECKED)
    assert built.code == 0, built.output
    feed = ElementTree.fromstring((built.folder / "feed.xml").read_bytes())
    first = feed.find(f"{ATOM}entry")
    assert (texts(first, "id"), texts(feed, "updated")) == ([f"{BASE}acme/quiet-exit/"], ["2025-03-01T00:00:00Z"])
    assert set(texts(first, "id")) < {texts(entry, "id")[0] for entry in feed_of(small).findall(f"{ATOM}entry")}


@pytest.mark.parametrize("address", ["", "acme/port-taken/", "tags/ports/"])
def test_every_page_leads_feed_readers_to_the_feed(small, address):
    link = re.search(
        r'<link rel="alternate [a-z]+" type="application/atom\+xml" title="[^"]+" href="([^"]+)">', small.html(address)
    )
    assert (small.folder / address / link[1]).resolve() == (small.folder / "feed.xml").resolve()


@pytest.mark.parametrize(
    ("page", "title", "entries"),
    [
        ("borealis/", "Borealis", ["borealis/sync-refused", "borealis/stale-lock"]),
        ("tags/processes/", "processes", ["acme/port-taken", "borealis/stale-lock"]),
    ],
)
def test_a_product_and_a_tag_have_a_feed_of_their_own(small, page, title, entries):
    feed = ElementTree.fromstring((small.folder / page / "feed.xml").read_bytes())
    assert texts(feed, "id") == [f"{BASE}{page}feed.xml"]
    assert f", {title}: new and changed" in texts(feed, "title")[0]
    assert [link.get("href") for link in feed.findall(f"{ATOM}link")] == [f"{BASE}{page}feed.xml", f"{BASE}{page}"]
    found = feed.findall(f"{ATOM}entry")
    assert [texts(entry, "id")[0] for entry in found] == [f"{BASE}{entry}/" for entry in entries]
    whole = {texts(entry, "id")[0]: ElementTree.tostring(entry) for entry in feed_of(small).findall(f"{ATOM}entry")}
    assert [ElementTree.tostring(entry) for entry in found] == [whole[texts(entry, "id")[0]] for entry in found]
    assert '/feed.xml" type="application/atom+xml">Feed</a>' in small.html(page)


def test_the_feed_of_a_large_knowledge_base_has_the_fifty_latest(repository):
    assert len(repository.entries()) > 50
    assert len(feed_of(repository).findall(f"{ATOM}entry")) == 50
