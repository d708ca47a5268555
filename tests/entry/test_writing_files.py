"""Files are written whole or not at all."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kb.entry import write_whole


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_file_is_utf_8_with_line_feeds(tmp_path):
    write_whole(tmp_path / "a.md", "é\r\nb\rc\n")
    assert (tmp_path / "a.md").read_bytes() == "é\nb\nc\n".encode()


def test_a_file_keeps_its_mode(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("old")
    path.chmod(0o640)
    write_whole(path, "new")
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("new", 0o640)


def test_a_new_file_has_the_mode_of_any_new_file(tmp_path):
    (tmp_path / "usual").write_text("")
    write_whole(tmp_path / "a.md", "new")
    assert (tmp_path / "a.md").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.md").write_text("old")
    (tmp_path / "a.md").symlink_to("real.md")
    write_whole(tmp_path / "a.md", "new")
    assert (tmp_path / "a.md").is_symlink()
    assert (tmp_path / "real.md").read_text() == "new"


def test_a_new_file_replaces_none(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("old")
    with pytest.raises(FileExistsError):
        write_whole(path, "new", new=True)
    assert (path.read_text(), names(tmp_path)) == ("old", ["a.md"])


@pytest.mark.parametrize("text", ["half of a pair: \ud800"])
def test_what_can_not_be_written_leaves_the_file_and_its_folder_as_they_were(tmp_path, text):
    path = tmp_path / "a.md"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, text)
    assert (path.read_text(), names(tmp_path)) == ("old", ["a.md"])


def test_a_folder_in_the_way_is_left_alone(tmp_path):
    (tmp_path / "a.md").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_whole(tmp_path / "a.md", "text")
    assert names(tmp_path) == ["a.md"]


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "nope" / "a.md", "text")
    assert names(tmp_path) == []


@pytest.mark.skipif(os.name != "posix", reason="ends a process as the system would")
def test_what_a_killed_writer_left_is_removed_by_one_that_comes_an_hour_later(tmp_path):
    program = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom kb.entry import write_whole\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\nwrite_whole(Path(sys.argv[1]), 'half')"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "a.md")], check=False)
    (left,) = names(tmp_path)
    (tmp_path / ".notes.tmp").write_text("somebody else's")
    os.utime(tmp_path / ".notes.tmp", (0, 0))
    write = [
        sys.executable,
        "-c",
        program.replace("os.kill(os.getpid(), signal.SIGKILL)", "None"),
        str(tmp_path / "b.md"),
    ]
    subprocess.run(write, check=True)
    assert left in names(tmp_path), "its writer may still be at work"
    os.utime(tmp_path / left, (0, 0))
    subprocess.run(write, check=True)
    assert sorted(names(tmp_path)) == [".notes.tmp", "b.md"]
