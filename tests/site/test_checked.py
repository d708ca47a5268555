"""Entries that were read and checked once are the same when they are taken from what was kept."""

import shutil
from pathlib import Path

import pytest
from built_sites import KNOWLEDGE_BASES, ROOT
from shelf import some

from kb.checks import checking_in
from kb.entry import open_folder
from kb.site import checked
from kb.site.checked import build_day, entries_state, load_checked, related_of
from kb.site.urls import RESERVED


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """The names of all entries that are read."""
    seen: list[str] = []

    def counted(function, items, **more):
        seen.extend(items)
        return list(map(function, items))

    monkeypatch.setattr(checked, "map_forked", counted)
    return seen


def load(root: Path):
    return load_checked(root, entries_state(root), {})


@pytest.mark.parametrize("root", [ROOT / "entries", KNOWLEDGE_BASES / "small/entries"], ids=["shipped", "small"])
def test_what_was_kept_is_what_was_read(root, read):
    first = load(root)
    count = len(read)
    again = load(root)
    assert len(read) == count == len(first.entries.files)
    assert again.entries == first.entries
    assert (again.problems, again.state, again.features) == (first.problems, first.state, first.features)
    assert related_of(again) == related_of(first) == related_of(again._replace(features=""))
    kept = checked._recalled(entries_state(root), build_day(), {})
    checking = checking_in(open_folder(root), build_day(), RESERVED)
    for name in some(checking.names, 100):
        assert kept[name].claims.digestible == checking.look(name).claims.digestible


@pytest.fixture
def root(tmp_path) -> Path:
    shutil.copytree(KNOWLEDGE_BASES / "small/entries", tmp_path / "entries")
    return tmp_path / "entries"


def test_what_another_version_found_related_is_not_taken(root, monkeypatch):
    assert related_of(load(root))
    monkeypatch.setattr(checked, "program_digest", lambda: "of another version")
    monkeypatch.setattr(checked, "related_entries", lambda entries: {})
    assert related_of(load(root)) == {}


def test_what_a_process_knows_is_not_recalled(root, read, monkeypatch):
    known = {}
    first = load_checked(root, entries_state(root), known)
    monkeypatch.setenv("XDG_CACHE_HOME", str(root.parent / "another"))
    read.clear()
    assert load_checked(root, entries_state(root), known).entries == first.entries
    path = root / "acme/quiet-exit.md"
    path.write_text(path.read_text("utf-8").replace("## Cause\n", "## Cause\n\nSo.\n"), "utf-8")
    assert "So." in load_checked(root, entries_state(root), known).entries.by_id["acme/quiet-exit"].cause
    assert read == ["acme/quiet-exit.md"]
    assert len(known) == 5


def test_what_changed_is_read_again(root, read):
    load(root)
    path = root / "acme/quiet-exit.md"
    path.write_text(path.read_text("utf-8").replace("## Cause\n", "## Cause\n\nSo.\n"), "utf-8")
    read.clear()
    assert load(root).problems == []
    assert read == ["acme/quiet-exit.md"]


def test_what_concerns_several_entries_is_found_though_only_one_changed(root, read):
    load(root)
    path = root / "acme/port-taken.md"
    other = (root / "acme/quiet-exit.md").read_text("utf-8")
    path.write_text(other, "utf-8")
    assert {problem.code for problem in load(root).problems} >= {"KB302", "KB402"}


def test_a_problem_is_found_each_time(root, read):
    path = root / "acme/quiet-exit.md"
    path.write_text(path.read_text("utf-8").replace("status: wontfix", "status: whatever"), "utf-8")
    first, again = load(root), load(root)
    assert [problem.code for problem in first.problems] == ["KB105"]
    assert again.problems == first.problems
    assert again.state is None


def test_products_concern_all_entries(root, read):
    load(root)
    path = root / "products.yml"
    path.write_text(path.read_text("utf-8") + "\n# another line\n", "utf-8")
    read.clear()
    load(root)
    assert len(read) == 5


def test_an_entry_of_tomorrow_is_none_of_today(root, read, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    load(root)
    read.clear()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    assert {problem.code for problem in load(root).problems} == {"KB204"}
    assert len(read) == 5


def test_what_is_written_while_it_is_read_is_not_kept(root, read, monkeypatch):
    path = root / "acme/quiet-exit.md"
    state = entries_state(root)
    path.write_text(path.read_text("utf-8").replace("## Cause\n", "## Cause\n\nSo.\n"), "utf-8")
    assert load_checked(root, state, {}).state is None
    read.clear()
    load(root)
    assert len(read) == 5


def test_a_folder_with_a_link_is_read_each_time(root, read):
    (root / "acme/other.md").symlink_to("quiet-exit.md")
    assert entries_state(root) is None
    load(root)
    count = len(read)
    load(root)
    assert len(read) == 2 * count
