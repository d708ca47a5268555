"""Writing what stands beside the pages: many small files, of which some are alike."""

from kb.site.published import write_files


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
