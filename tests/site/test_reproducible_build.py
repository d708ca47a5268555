"""The same input gives the same bytes: in another folder, in another time zone, with another hash seed.

Each build has a cache of its own, so that nothing is taken from another. Of the repository's own entries
test_incremental_build.py says so.
"""

import os
import shutil
from pathlib import Path

import pytest
from built_sites import KNOWLEDGE_BASES, UNCHECKED, build, files_of

MANY = 420
"""Entries from which on their pages are rendered by several processes."""


def differing(one: Path, other: Path) -> list[str]:
    """Files that only one of two folders has, or that differ."""
    left, right = files_of(one), files_of(other)
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))


@pytest.mark.parametrize(("name", "program"), [("small", "mkdocs"), ("hostile", UNCHECKED)])
def test_a_copy_of_a_knowledge_base_builds_the_same_site(request, tmp_path, name, program):
    shutil.copytree(KNOWLEDGE_BASES / name, tmp_path / "elsewhere/deep")
    for path in (tmp_path / "elsewhere").rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    config = tmp_path / "elsewhere/deep/mkdocs.yml"
    cache = str(tmp_path / "cache")
    finished = build(
        config, tmp_path / "out", program, PYTHONHASHSEED="4711", TZ="Pacific/Kiritimati", XDG_CACHE_HOME=cache
    )
    assert finished.code == 0, finished.output
    assert differing(request.getfixturevalue(f"{name}_folder"), finished.folder) == []


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="pages are rendered by many processes on Linux only")
def test_one_processor_builds_the_same_site_as_many(tmp_path):
    shutil.copytree(KNOWLEDGE_BASES / "small", tmp_path / "large")
    config, entries = tmp_path / "large/mkdocs.yml", tmp_path / "large/entries/acme"
    neighbour = (entries / "quiet-exit.md").read_text("utf-8")
    for number in range(MANY):
        entry = neighbour.replace("status 3", f"status {number + 100}")
        (entries / f"quiet-exit-{number}.md").write_text(entry, "utf-8")
    caches = [str(tmp_path / f"cache of {name}") for name in ("many", "one")]
    many = build(config, tmp_path / "many", XDG_CACHE_HOME=caches[0])
    one = build(config, tmp_path / "one", processors=1, XDG_CACHE_HOME=caches[1])
    assert (many.code, one.code) == (0, 0), many.output + one.output
    assert differing(many.folder, one.folder) == []


def test_the_search_index_is_a_part_of_what_is_compared(repository_folder):
    assert (repository_folder / "search/index/root.json").is_file()
