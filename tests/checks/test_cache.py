"""`kb check` again over the very same files: the same answer, without reading them as entries; else a new one."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.checking import kept_results, whole
from kb.cli import main
from kb.entry import DATA_FILES, Folder
from kb.process import state_of

TODAY = date(2026, 6, 1)


@pytest.fixture
def cache(tmp_path, monkeypatch) -> Path:
    """The folder that holds the user's cache, empty to begin with."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/known-fixes/check"


@pytest.fixture
def loads(monkeypatch) -> list[Path]:
    """A folder for each time that entries were read."""
    seen: list[Path] = []
    open_folder = whole.open_folder

    def counted(root: Path):
        seen.append(root)
        return open_folder(root)

    monkeypatch.setattr(whole, "open_folder", counted)
    return seen


def run(folder, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", str(folder.root), *arguments])


def test_the_same_files_are_not_read_twice(folder, cache, loads):
    folder.entry("git/a.md")
    first = run(folder)
    assert run(folder).output == first.output
    assert len(loads) == 1


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_problems_are_the_same_the_second_time(folder, cache, loads, form):
    folder.entry("git/a.md", tag=["x"], related=["git/nowhere"])
    folder.file("git/\u202eb.md", "\0")
    first = run(folder, "--format", form)
    second = run(folder, "--format", form)
    assert (second.output, second.exit_code) == (first.output, 1)
    assert len(loads) == 1


class Reads:
    """The names of the files that were read as entries, by whichever process: they stand in a file."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.clear()

    def clear(self) -> None:
        self.log.write_text("")

    @property
    def names(self) -> set[str]:
        return set(self.log.read_text().split())


@pytest.fixture
def reads(monkeypatch, tmp_path) -> Reads:
    seen = Reads(tmp_path / "reads.txt")
    read = Folder.read

    def counted(self, name: str):
        with seen.log.open("a") as log:
            log.write(f"{name}\n")
        return read(self, name)

    monkeypatch.setattr(Folder, "read", counted)
    return seen


def test_only_files_that_changed_are_read_again(folder, cache, reads):
    for name in "abc":
        folder.entry(f"git/{name}.md")
    assert run(folder).exit_code == 0
    reads.clear()
    folder.entry("git/b.md", tag=["x"])
    assert "git/b.md:5:1: KB104" in run(folder).output
    assert reads.names == {"git/b.md"}


def test_what_concerns_others_is_found_without_reading_them_again(folder, cache, reads):
    folder.entry("git/a.md", related=["git/b"], aliases=["git/old"])
    folder.entry("git/b.md")
    assert run(folder).exit_code == 0
    reads.clear()
    (folder.root / "git/b.md").rename(folder.root / "git/c.md")
    folder.entry("git/d.md", signatures=[{"text": "git-a"}], aliases=["git/old"])
    found = run(folder)
    assert [code for code in ("KB301", "KB303", "KB402") if code in found.output] == ["KB301", "KB303", "KB402"]
    assert found.output == run(folder, "--no-cache").output


def test_a_change_of_the_products_is_a_change_for_all(folder, cache, reads):
    folder.entry("git/a.md")
    run(folder)
    reads.clear()
    products = folder.root / "products.yml"
    products.write_text(products.read_text().replace("git/git", "git/other"))
    run(folder)
    assert reads.names == {"git/a.md"}


def test_a_file_whose_problems_have_long_lines_is_looked_at_each_time(folder, cache, reads):
    links = " ".join(f"[x](missing-{number}.md)" for number in range(600))
    body = f"## Summary\n\nS\n\n## Cause\n\nnever <b> and <i> {'<u> ' * 500}{links}\n\n## Workaround: W\n\nB\n"
    folder.entry("git/a.md", body)
    folder.entry("git/b.md")
    first = run(folder)
    reads.clear()
    folder.entry("git/b.md", tag=["x"])
    assert run(folder).exit_code == first.exit_code == 1
    assert reads.names == {"git/a.md", "git/b.md"}


def test_a_changed_byte_a_new_name_and_a_new_file_are_seen(folder, cache):
    folder.entry("git/a.md")
    assert run(folder).exit_code == 0
    good = folder.entry("git/a.md").read_bytes()
    folder.file("git/a.md", good.replace(b"title:", b"titel:"))
    assert run(folder).exit_code == 1
    folder.file("git/a.md", good)
    assert run(folder).exit_code == 0
    (folder.root / "git/a.md").rename(folder.root / "git/A.md")
    assert run(folder).exit_code == 1
    (folder.root / "git/A.md").rename(folder.root / "git/a.md")
    folder.file("git/stray.txt", "x")
    assert run(folder).exit_code == 1


def test_a_change_that_keeps_size_and_time_is_seen(folder, cache):
    path = folder.entry("git/a.md")
    assert run(folder).exit_code == 0
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"title:", b"titel:"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert run(folder).exit_code == 1


def test_the_day_counts(folder):
    folder.entry("git/a.md")
    assert state_of(folder.root, DATA_FILES, TODAY).whole != state_of(folder.root, DATA_FILES, date(2026, 6, 2)).whole


def test_only_what_is_asked_for_is_shown_of_what_was_kept(folder, cache, loads):
    folder.entry("git/a.md", tag=["x"])
    folder.entry("git/b.md")
    run(folder)
    assert run(folder, str(folder.root / "git/b.md")).exit_code == 0
    assert len(loads) == 1


def test_without_the_cache_files_are_read_again(folder, cache, loads):
    folder.entry("git/a.md")
    run(folder)
    run(folder, "--no-cache")
    assert len(loads) == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\xff", b"[]", b"{}", b'{"problems": [[1]], "lines": [], "entries": 1, "products": 1}', b"[" * 100_000],
)
def test_a_broken_cache_is_no_cache(folder, cache, content):
    folder.entry("git/a.md", tag=["x"])
    first = run(folder)
    for kept in (*cache.iterdir(), *(cache.parent / "check-files").iterdir()):
        kept.write_bytes(content)
    assert run(folder).output == first.output


def test_a_cache_that_can_not_be_written_is_done_without(folder, cache):
    folder.entry("git/a.md")
    cache.parent.parent.mkdir(parents=True)
    cache.parent.write_text("a file stands where the folder would be")
    assert run(folder).exit_code == 0


def test_a_link_in_the_folder_is_looked_at_each_time(folder, cache, loads):
    folder.file("../elsewhere.md", "x")
    folder.entry("git/b.md")
    (folder.root / "git/a.md").symlink_to("../../elsewhere.md")
    assert run(folder).exit_code == run(folder).exit_code == 1
    assert len(loads) == 2


def test_runs_at_the_same_time_do_not_disturb_each_other(folder, cache):
    folder.entry("git/a.md", tag=["x"])
    key = state_of(folder.root, DATA_FILES, TODAY).whole
    result = kept_results.Result([], 1, 1)

    def work(_: int) -> kept_results.Result | None:
        kept_results.remember(key, result)
        return kept_results.recall(key)

    with ThreadPoolExecutor(8) as pool:
        assert set(map(str, pool.map(work, range(64)))) == {str(result)}


def test_old_results_are_dropped(folder, cache):
    for number in range(kept_results.KEPT + 5):
        kept_results.remember(f"{number:040}", kept_results.Result([], number, 0))
    assert len(list(cache.iterdir())) == kept_results.KEPT


def test_what_is_kept_is_plain_data(folder, cache):
    folder.entry("git/a.md", tag=["x"])
    run(folder)
    (kept,) = cache.iterdir()
    assert set(json.loads(kept.read_bytes())) == {"problems", "lines", "entries", "products"}
