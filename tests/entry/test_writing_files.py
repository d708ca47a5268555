"""Files are written whole or not at all."""

import stat
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
