"""Which files are entries, and what can be said of those that can't be read."""

import os

import pytest

from kb.entry import DefectKind, Position, entry_files, load_collection


def names(folder) -> list[str]:
    return [path.relative_to(folder.root).as_posix() for path in entry_files(folder.root)]


def defects(folder, name: str) -> list[tuple[DefectKind, Position]]:
    return [(defect.kind, defect.position) for defect in folder.source(name).defects]


# Which files


def test_markdown_and_yaml_files_are_entries(folder):
    for name in ("git/a.md", "git/b.yml", "git/c.yaml"):
        folder.file(name, "x")
    assert names(folder) == ["git/a.md", "git/b.yml", "git/c.yaml"]


def test_the_data_files_are_no_entries(folder):
    assert names(folder) == []


def test_a_file_called_like_a_data_file_in_a_product_s_folder_is_an_entry(folder):
    folder.file("git/tools.yml", "x")
    assert names(folder) == ["git/tools.yml"]


def test_hidden_files_and_folders_are_no_entries(folder):
    folder.file("git/.draft.md", "x")
    folder.file(".git/a.md", "x")
    assert names(folder) == []


def test_files_come_in_a_fixed_order_whatever_the_order_of_writing(folder):
    for name in ("pip/a.md", "git/b.md", "git/a.md"):
        folder.file(name, "x")
    assert names(folder) == ["git/a.md", "git/b.md", "pip/a.md"]


def test_entries_stand_in_the_order_of_their_ids(folder):
    for name in ("git/a-b.md", "git/a.md", "git-lfs/a.md"):
        folder.entry(name)
    ids = [entry.id for entry in folder.load().entries]
    assert ids == sorted(ids)


def test_a_folder_that_is_not_there_is_the_callers_mistake(tmp_path):
    with pytest.raises(NotADirectoryError, match="no such folder"):
        load_collection(tmp_path / "nowhere")


# Names


@pytest.mark.parametrize(
    "name",
    [
        "a.md",
        "git/a/b.md",
        "Git/a.md",
        "git/A.md",
        "git/a b.md",
        "git/a_b.md",
        "git/-a.md",
        "git/a--b.md",
        "git/a.b.md",
        "git/é.md",
        "git/\u202egpj.md",
    ],
    ids=ascii,
)
def test_a_name_that_is_no_product_and_slug_gives_one_defect(folder, name):
    folder.entry(name)
    assert defects(folder, name) == [(DefectKind.FILE_NAME, Position(1, 1))]


def test_a_name_that_is_no_text_gives_one_defect(folder):
    name = os.fsdecode(b"git/\xff.md")
    folder.file(name, folder.entry("git/a.md").read_bytes())
    assert defects(folder, name) == [(DefectKind.FILE_NAME, Position(1, 1))]


# What can't be read


@pytest.mark.parametrize(
    ("content", "position", "message"),
    [
        (b"", (1, 1), "the file is empty"),
        (b" \n\t\r\n", (1, 1), "the file is empty"),
        (b"\xef\xbb\xbf", (1, 1), "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", (3, 1), "a binary file (it has a zero byte)"),
        ("---\ntitle: ü\n".encode("utf-16"), (1, 4), "a binary file (it has a zero byte)"),
        (b"---\ntitle: caf\xe9\n---\n", (2, 11), "not UTF-8: byte 0xe9"),
        ("---\ntitle: café ".encode() + b"\xe9\n---\n", (2, 13), "not UTF-8: byte 0xe9"),
        (b"\xef\xbb\xbf---\ntitle: caf\xe9\n---\n", (2, 11), "not UTF-8: byte 0xe9"),
        (b"---\ntitle: \xed\xa0\x80\n---\n", (2, 8), "not UTF-8: byte 0xed"),
    ],
    ids=[
        "empty",
        "blank",
        "only a BOM",
        "PNG",
        "UTF-16",
        "Latin-1",
        "Latin-1 after UTF-8",
        "Latin-1 after a BOM",
        "surrogate",
    ],
)
def test_a_file_that_is_no_text_says_where_and_why(folder, content, position, message):
    folder.file("git/a.md", content)
    (defect,) = folder.source("git/a.md").defects
    assert (defect.kind, defect.position, defect.message) == (DefectKind.UNREADABLE, position, message)


def test_a_file_of_50_megabytes_is_refused_by_its_size(folder):
    with folder.file("git/a.md", b"").open("wb") as file:
        file.truncate(50_000_000)
    (defect,) = folder.source("git/a.md").defects
    assert (defect.kind, defect.message) == (DefectKind.UNREADABLE, "50.0 MB; the limit is 1 MB")


def test_a_file_of_one_megabyte_is_read(folder):
    good = folder.entry("git/a.md").read_text()
    folder.file("git/a.md", good.replace("updated", "raw: |-\n  x\nupdated") + "\n" * (1_000_000 - len(good) - 12))
    assert folder.source("git/a.md").entry is not None


def test_a_pipe_is_not_waited_for(folder):
    folder.file("git/a.md", "x").unlink()
    os.mkfifo(folder.root / "git/a.md")
    assert defects(folder, "git/a.md") == [(DefectKind.UNREADABLE, Position(1, 1))]


# Symbolic links


@pytest.mark.parametrize(
    "target", ["../../outside.md", "/etc/hostname", "../../nowhere.md", "../../entries-of-others/a.md"]
)
def test_a_link_that_leads_out_of_the_folder_is_refused(folder, target):
    folder.file("../outside.md", "secret")
    folder.file("../entries-of-others/a.md", "secret")
    folder.file("git/b.md", "x")
    (folder.root / "git/a.md").symlink_to(target)
    assert defects(folder, "git/a.md") == [(DefectKind.OUTSIDE, Position(1, 1))]


def test_what_a_link_out_of_the_folder_points_to_is_not_read(folder):
    outside = folder.file("../outside.md", "secret")
    folder.file("git/b.md", "x")
    (folder.root / "git/a.md").symlink_to(outside)
    assert folder.source("git/a.md").text == ""


def test_a_link_inside_of_the_folder_is_read(folder):
    folder.entry("git/b.md")
    (folder.root / "git/a.md").symlink_to("b.md")
    assert "git/a" in folder.load().by_id


def test_a_link_to_nothing_gives_one_defect(folder):
    folder.file("git/b.md", "x")
    (folder.root / "git/a.md").symlink_to("nothing.md")
    assert defects(folder, "git/a.md") == [(DefectKind.UNREADABLE, Position(1, 1))]


def test_a_link_to_itself_gives_one_defect(folder):
    folder.file("git/b.md", "x")
    (folder.root / "git/a.md").symlink_to("a.md")
    assert defects(folder, "git/a.md") == [(DefectKind.UNREADABLE, Position(1, 1))]


def test_a_linked_folder_is_not_followed(folder):
    folder.entry("../elsewhere/a.md")
    (folder.root / "pip").symlink_to("../elsewhere")
    assert folder.load().entries == ()


def test_an_entries_folder_that_is_a_link_itself_is_read(folder, tmp_path):
    folder.entry("git/a.md")
    (tmp_path / "link").symlink_to(folder.root)
    assert list(load_collection(tmp_path / "link").by_id) == ["git/a"]
