"""`kb match` again over the very same entries: what was compiled of them is read; a bad one costs only time."""

import itertools
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import kb as run

import kb
from kb.cli import matching
from kb.process import folder_state, kept_files

LOG = "fatal: the quibbet b7 is locked\n"
SLOW = {"pydantic", "yaml", "kb.entry.model", "kb.entry.reading", "http.client", "ssl", "multiprocessing", "difflib"}
"""What a start is too long for if it loads it."""


@pytest.fixture
def cache(tmp_path, monkeypatch) -> Path:
    """The folder that holds the user's cache, empty to begin with."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/known-fixes"


@pytest.fixture
def base(folder, cache) -> Path:
    """A folder with `entries/`, one entry in it."""
    folder.entry("git/quibbet.md", signatures=[{"text": "the quibbet {{name:word}} is locked"}])
    return folder.root.parent


@pytest.fixture
def compiled(monkeypatch) -> list[Path]:
    """A folder for each time that entries were compiled."""
    seen: list[Path] = []
    compile_entries = matching.compiled_to_match

    def counted(root: Path):
        seen.append(root)
        return compile_entries(root)

    monkeypatch.setattr(matching, "compiled_to_match", counted)
    return seen


def match(base: Path, text: str = LOG) -> str:
    """What is printed for a text."""
    (base / "log").write_text(text, "utf-8")
    return run("match", "log", folder=base).stdout


def test_the_same_entries_are_not_compiled_twice(base, compiled):
    first = match(base)
    assert "git/quibbet" in first
    assert match(base) == first
    assert len(compiled) == 1


def test_a_match_of_compiled_entries_loads_nothing_that_reads_entries(base):
    match(base)
    code = (
        "import sys; sys.argv = ['kb', 'match', 'log']\nfrom kb.cli import main\n"
        "try: main()\nfinally: print('loaded:', *sys.modules, file=sys.stderr)"
    )
    finished = subprocess.run([sys.executable, "-c", code], cwd=base, capture_output=True, text=True, check=False)
    loaded = set(finished.stderr.partition("loaded: ")[2].split())
    assert "git/quibbet" in finished.stdout
    assert "kb.match.matcher" in loaded
    assert loaded & SLOW == set()


def test_what_is_compiled_is_made_by_the_rooms_that_count(repository_root, tmp_path):
    entries = tmp_path / "entries"
    shutil.copytree(repository_root / "entries/git", entries / "git")
    for data_file in (repository_root / "entries").glob("*.yml"):
        shutil.copy(data_file, entries)
    code = (
        "import sys; from pathlib import Path; from kb.match import compiled_to_match, compiled_to_search\n"
        f"assert len(compiled_to_match(Path({str(entries)!r})) | compiled_to_search(Path({str(entries)!r}))) > 3\n"
        "print(*{name.split('.')[1] for name in sys.modules if name.startswith('kb.')})"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(finished.stdout.split()) == set(matching.COMPILED_BY)


@pytest.mark.parametrize("room", matching.COMPILED_BY)
def test_another_program_compiles_anew(room, tmp_path, monkeypatch):
    for each in (*matching.COMPILED_BY, "site"):
        (tmp_path / each).mkdir()
    monkeypatch.setattr(kb, "__file__", str(tmp_path / "__init__.py"))
    digest = folder_state.program_digest.__wrapped__
    first = digest(*matching.COMPILED_BY)
    (tmp_path / "site/pages.py").write_text("A = 1\n")
    assert digest(*matching.COMPILED_BY) == first
    (tmp_path / room / "index.py").write_text("A = 1\n")
    assert digest(*matching.COMPILED_BY) != first


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: folder.entry("git/other.md", signatures=[{"text": "the flange {{name:word}} is loose"}]),
        lambda folder: folder.entry("git/quibbet.md", signatures=[{"text": "the flange {{name:word}} is loose"}]),
    ],
    ids=["added", "changed"],
)
def test_a_change_of_the_entries_is_seen(base, folder, change):
    assert match(base, "the flange c3 is loose\n") == ""
    change(folder)
    assert match(base, "the flange c3 is loose\n") != ""


def test_a_changed_title_is_shown(base, folder):
    match(base)
    folder.entry("git/quibbet.md", title="Another title", signatures=[{"text": "the quibbet {{name:word}} is locked"}])
    assert "Another title" in match(base)


def test_a_removed_entry_is_not_answered_any_more(base, folder):
    assert match(base)
    (folder.root / "git/quibbet.md").unlink()
    assert match(base) == ""


def test_a_search_by_words_is_kept_too(base, cache):
    first = run("search", "quibbet", folder=base)
    assert "git/quibbet" in first.stdout
    (kept,) = (cache / "search").iterdir()
    os.utime(kept, (0, 0))
    assert run("search", "quibbet", folder=base).stdout == first.stdout
    assert kept.stat().st_mtime > 0


@pytest.mark.parametrize("kind", ["match", "search"])
@pytest.mark.parametrize("share", [0, 0.001, 0.3, 0.5, 0.9, 0.999])
def test_an_archive_that_is_cut_off_costs_only_time(base, cache, kind, share):
    first = match(base), run("search", "quibbet", folder=base).stdout
    (kept,) = (cache / kind).iterdir()
    content = kept.read_bytes()
    kept.write_bytes(content[: int(len(content) * share)])
    assert (match(base), run("search", "quibbet", folder=base).stdout) == first
    assert kept.read_bytes() == content or kept.stat().st_size == len(content)


@pytest.mark.parametrize("kind", ["match", "search"])
@pytest.mark.parametrize("share", [0, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99])
def test_an_archive_with_another_byte_costs_only_time(base, cache, kind, share):
    first = match(base), run("search", "quibbet", folder=base).stdout
    (kept,) = (cache / kind).iterdir()
    content = bytearray(kept.read_bytes())
    content[int(len(content) * share)] ^= 0x55
    kept.write_bytes(content)
    assert (match(base), run("search", "quibbet", folder=base).stdout) == first


def test_no_byte_of_an_archive_can_be_changed_unseen(cache):
    files = {"a/one": b"some content", "a/two": b"more of it", "b": b""}
    kept_files("some", "0", lambda: files)
    (path,) = (cache / "some").iterdir()
    whole = path.read_bytes()
    for at, flipped in itertools.product(range(len(whole)), (0x08, 0x21)):
        path.write_bytes(bytes([*whole[:at], whole[at] ^ flipped, *whole[at + 1 :]]))
        read = kept_files("some", "0", lambda: files)
        assert {name: read(name) for name in files} == files, f"byte {at} of {len(whole)}"


def test_where_nothing_can_be_kept_it_is_compiled_each_time(base, cache, compiled):
    cache.parent.mkdir()
    cache.write_text("no folder")
    assert match(base) == match(base) != ""
    assert len(compiled) == 2


def test_entries_that_are_not_simply_files_are_matched_without_being_kept(base, folder, cache):
    (folder.root / "git/linked.md").symlink_to(folder.root / "git/quibbet.md")
    assert "git/quibbet" in match(base)
    assert not (cache / "match").exists()


def test_two_knowledge_bases_do_not_disturb_each_other(base, tmp_path, new_folder):
    other = new_folder()
    other.entry("git/flange.md", signatures=[{"text": "the flange {{name:word}} is loose"}])
    for _ in range(2):
        assert "git/quibbet" in match(base)
        assert "git/flange" in match(other.root.parent, "the flange c3 is loose\n")


def test_the_archives_that_were_used_last_are_kept(cache):
    for number in range(20):
        kept_files("some", str(number), lambda: {"name": b"content"})
        kept_files("some", "0", lambda: pytest.fail("it is kept"))
        for age, path in enumerate(sorted((cache / "some").iterdir(), key=lambda path: path.stat().st_mtime_ns)):
            os.utime(path, ns=(age, age))
    assert len(list((cache / "some").iterdir())) <= 8
    assert kept_files("some", "0", lambda: pytest.fail("it is kept"))("name") == b"content"


def test_what_a_killed_writer_left_is_removed_in_the_end(cache):
    kept_files("some", "0", dict)
    young, old = cache / "some/.young.tmp", cache / "some/.old.tmp"
    young.touch()
    old.touch()
    os.utime(old, (time.time() - 4000,) * 2)
    kept_files("some", "1", dict)
    assert young.exists()
    assert not old.exists()
