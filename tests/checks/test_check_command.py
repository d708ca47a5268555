"""`kb check` as it is typed: which folder, which files, which format, what is mended, and how it exits."""

import faulthandler
import json
import os
import signal
import sys

import pytest
from click.testing import CliRunner, Result

from kb.cli.main import main
from kb.entry import collection

DATE = "must be a date"


@pytest.fixture
def kb(folder, monkeypatch):
    """Run `kb check` in the folder that holds `entries`."""
    monkeypatch.chdir(folder.root.parent)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["check", *arguments], catch_exceptions=False)

    return run


def lines_with(result: Result, text: str) -> list[str]:
    return [line for line in result.stdout.splitlines() if text in line]


def test_no_problems_exit_with_0(folder, kb):
    folder.entry("git/a.md")
    result = kb()
    assert (result.exit_code, result.stdout) == (0, "1 entry for 1 product, no problems.\n")


def test_problems_exit_with_1(folder, kb):
    folder.entry("git/a.md", updated="soon")
    assert kb().exit_code == 1


def test_the_folder_may_be_named(folder, kb):
    folder.entry("git/a.md", updated="soon")
    folder.root.rename("elsewhere")
    assert lines_with(kb("elsewhere"), DATE) != []


def test_a_folder_that_is_not_there_is_bad_use(folder, kb):
    folder.root.rename("elsewhere")
    result = kb()
    assert result.exit_code == 2
    assert "there is no folder 'entries'" in result.stderr


def test_only_the_named_files_are_reported(folder, kb):
    folder.entry("git/a.md", updated="soon")
    folder.entry("git/b.md", updated="soon")
    assert [line.split(":")[0] for line in lines_with(kb("entries/git/b.md"), DATE)] == ["entries/git/b.md"]


def test_only_files_below_the_named_folders_are_reported(folder, kb):
    folder.entry("git/a.md", updated="soon")
    folder.entry("pip/b.md", updated="soon")
    assert [line.split(":")[0] for line in lines_with(kb("entries/pip"), DATE)] == ["entries/pip/b.md"]


def test_a_named_file_is_checked_with_all_others(folder, kb):
    """Its links lead to entries that were not named."""
    folder.entry("git/a.md")
    folder.entry("git/b.md", related=["git/a"])
    assert kb("entries/git/b.md").exit_code == 0


def test_a_file_outside_of_the_folder_is_bad_use(folder, kb, tmp_path):
    folder.entry("git/a.md")
    (tmp_path / "b.md").write_text("x")
    result = kb("entries", "b.md")
    assert result.exit_code == 2
    assert "does not lie in entries" in result.stderr


def test_json_is_all_there_is_on_standard_output(folder, kb):
    folder.entry("git/a.md", updated="4 May 2026", tags=["x", "x"])
    assert json.loads(kb("--format", "json").stdout)["count"] == 2
    assert json.loads(kb("--fix", "--format", "json").stdout) == {"version": 1, "count": 0, "problems": [], "more": []}


def test_github_annotates_lines(folder, kb):
    folder.entry("git/a.md", updated="soon")
    assert kb("--format", "github").stdout.startswith("::error file=entries/git/a.md,line=4,col=1,title=KB105 ")


def test_sarif_is_written_without_problems_too(folder, kb):
    folder.entry("git/a.md")
    assert json.loads(kb("--format", "sarif").stdout)["runs"][0]["results"] == []


def test_fix_mends_says_so_and_exits_with_0_when_nothing_is_left(folder, kb):
    path = folder.entry("git/a.md", updated="4 May 2026", tags=["x", "x"])
    result = kb("--fix")
    assert result.exit_code == 0
    assert "updated: 2026-05-04" in path.read_text()
    assert "mended entries/git/a.md:4:1: KB105 updated must be a date, found '4 May 2026'" in result.stderr
    assert "Mended 2 problems in 1 file." in result.stderr


def test_fix_reports_what_is_left(folder, kb):
    folder.entry("git/a.md", updated="4 May 2026", related=["git/nowhere"])
    result = kb("--fix")
    assert result.exit_code == 1
    assert lines_with(result, DATE) == []
    assert lines_with(result, "KB301") != []


def test_fix_twice_changes_nothing_more(folder, kb):
    path = folder.entry("git/a.md", updated="4 May 2026", tag=["x", "x"], codes=["eacces"])
    kb("--fix")
    once = path.read_bytes()
    assert (kb("--fix").stderr, path.read_bytes()) == ("", once)


def test_fix_goes_on_until_nothing_more_shows(folder, kb):
    """The list with its repeated item is seen only when its key is spelt right."""
    path = folder.entry("git/a.md", tag=["x", "x"])
    assert kb("--fix").exit_code == 0
    assert 'tags: ["x"]' in path.read_text()


def test_fix_leaves_alone_what_was_not_named(folder, kb):
    path = folder.entry("git/a.md", updated="4 May 2026")
    folder.entry("git/b.md")
    kb("--fix", "entries/git/b.md")
    assert "4 May 2026" in path.read_text()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a folder that can't be written")
def test_a_file_that_can_not_be_written_is_named(folder, kb):
    path = folder.entry("git/a.md", updated="4 May 2026")
    path.parent.chmod(0o500)
    try:
        result = kb("--fix")
    finally:
        path.parent.chmod(0o700)
    assert result.exit_code == 1
    assert "entries/git/a.md can't be written" in result.stderr


def test_the_first_problem_of_a_rule_says_why(folder, kb):
    folder.entry("git/a.md", updated="soon")
    folder.entry("git/b.md", updated="soon")
    assert len(lines_with(kb(), "  why: ")) == 1


# What a process dies of


@pytest.mark.skipif(sys.platform != "linux", reason="forks only on Linux")
@pytest.mark.parametrize("count", [2, 402], ids=["one process", "several processes"])
def test_a_file_of_which_the_process_dies_is_named_and_the_others_are_checked(folder, kb, monkeypatch, count):
    for number in range(count):
        folder.entry(f"git/n{number}.md")
    folder.entry("git/z.md", updated="soon")
    read = collection.read_source
    # A server's thread that another test left behind in this process would keep the work in it, and end it.
    monkeypatch.setattr("kb.process.forks.can_fork", lambda: True)

    def read_or_die(path, *arguments):
        if path.name == "n1.md":
            faulthandler.disable()  # the test runner's would tell a long story
            os.kill(os.getpid(), signal.SIGSEGV)
        return read(path, *arguments)

    monkeypatch.setattr(collection, "read_source", read_or_die)
    result = kb("--no-cache")
    assert result.exit_code == 1
    assert lines_with(result, "entries/git/n1.md:1:1") == [
        "entries/git/n1.md:1:1: KB101 the process that read and checked this file crashed: Segmentation fault"
    ]
    assert lines_with(result, "entries/git/z.md") != []
