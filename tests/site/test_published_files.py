"""Writing what stands beside the pages: many small files, of which some are alike."""

import pytest

from kb.site.site_files import write_files, write_unit


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_files_of_the_same_content_are_all_there(tmp_path):
    files = [("a/1/index.html", b"same"), ("b/2/index.html", b"same"), ("c.json", b"other")]
    write_files(tmp_path, files)
    assert contents(tmp_path) == dict(files)


def test_a_file_that_is_written_again_changes_none_that_was_like_it(tmp_path):
    write_files(tmp_path, [("a/index.html", b"same"), ("b/index.html", b"same"), ("c/index.html", b"same")])
    write_files(tmp_path, [("a/index.html", b"new"), ("b/index.html", b"newer")])
    assert contents(tmp_path) == {"a/index.html": b"new", "b/index.html": b"newer", "c/index.html": b"same"}


def test_where_no_second_name_can_be_given_the_content_is_written_again(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)
    files = [("a/index.html", b"same"), ("b/index.html", b"same")]
    write_files(tmp_path, files)
    assert contents(tmp_path) == dict(files)


def test_of_a_unit_what_is_the_same_stays_and_what_it_has_no_more_goes(tmp_path):
    write_files(tmp_path, [("terms/1.json", b"one"), ("terms/2.json", b"two"), ("terms/old/3.json", b"3"), ("a", b"a")])
    before = {name: (tmp_path / name).stat() for name in ("terms/1.json", "terms/2.json")}
    other = tmp_path.parent / "another site"
    other.mkdir()
    (other / "2.json").hardlink_to(tmp_path / "terms/2.json")

    write_unit(tmp_path, ["terms/"], [("terms/1.json", b"one"), ("terms/2.json", b"new"), ("terms/4.json", b"four")])

    found = {"terms/1.json": b"one", "terms/2.json": b"new", "terms/4.json": b"four", "a": b"a"}
    assert contents(tmp_path) == found
    assert (tmp_path / "terms/1.json").stat() == before["terms/1.json"]
    assert (other / "2.json").read_bytes() == b"two"
    assert not (tmp_path / "terms/old").exists()


@pytest.mark.parametrize("there", ["a", "a/b", "a/b/c.json/d"])
def test_a_unit_is_written_whatever_stands_in_its_place(tmp_path, there):
    write_files(tmp_path, [(there, b"other")])
    write_unit(tmp_path, ["a/b/"], [("a/b/c.json", b"c")])
    assert contents(tmp_path) == {"a/b/c.json": b"c"}


def test_a_link_in_place_of_a_file_is_not_written_through(tmp_path):
    outside = tmp_path.parent / "outside.json"
    outside.write_bytes(b"outside")
    (tmp_path / "a.json").symlink_to(outside)
    write_unit(tmp_path, ["a.json"], [("a.json", b"outside")])
    assert not (tmp_path / "a.json").is_symlink()
    assert outside.read_bytes() == b"outside"
