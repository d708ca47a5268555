"""A build that fails leaves the last good site as it was, byte for byte."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from built_sites import KNOWLEDGE_BASES, ROOT, build, files_of

BROKEN = "entries/acme/quiet-exit.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder like the repository's: the small knowledge base, and the scripts."""
    shutil.copytree(KNOWLEDGE_BASES / "small", tmp_path / "project")
    shutil.copytree(ROOT / "scripts", tmp_path / "project/scripts")
    return tmp_path / "project"


def run_script(project: Path) -> subprocess.CompletedProcess[str]:
    """What `scripts/build.py` does once its environment is ready, with this one for its environment."""
    code = "import sys, build; sys.exit(build.build([sys.executable, '-m', 'mkdocs'], []))"
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=project / "scripts", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


def break_an_entry(project: Path) -> None:
    text = (project / BROKEN).read_text("utf-8")
    (project / BROKEN).write_text(text.replace("status: wontfix", "status: whatever"), "utf-8")


def break_the_end_of_the_build(project: Path) -> None:
    """Let the build fail when all pages have been written."""
    (project / "late.py").write_text("def on_post_build(config):\n    raise SystemExit('too late')\n", "utf-8")
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("hooks: [late.py]\n")


def test_plain_mkdocs_keeps_the_site_when_a_check_fails(project):
    assert build(project / "mkdocs.yml", project / "site").code == 0
    good = files_of(project / "site")
    break_an_entry(project)
    assert build(project / "mkdocs.yml", project / "site").code == 1
    assert files_of(project / "site") == good


def test_a_failing_check_says_where_and_what(project):
    break_an_entry(project)
    output = build(project / "mkdocs.yml", project / "site").output
    assert "acme/quiet-exit.md:6:1: KB105" in output
    assert "Traceback" not in output


def test_a_failing_check_writes_nothing_where_there_was_no_site(project):
    break_an_entry(project)
    build(project / "mkdocs.yml", project / "site")
    assert not (project / "site").exists()


def test_the_script_builds_the_site(project):
    finished = run_script(project)
    assert finished.returncode == 0, finished.stdout
    assert (project / "site/acme/port-taken/index.html").is_file()
    (told,) = (line for line in finished.stdout.splitlines() if "the new site is in" in line)
    assert told.endswith("the new site is in site.")


def test_the_script_replaces_the_site_whole(project):
    (project / "site").mkdir()
    (project / "site/stale.html").write_text("old", "utf-8")
    assert run_script(project).returncode == 0
    assert not (project / "site/stale.html").exists()
    assert sorted(path.name for path in project.iterdir()) == ["entries", "mkdocs.yml", "scripts", "site"]


@pytest.mark.parametrize("break_it", [break_an_entry, break_the_end_of_the_build])
def test_the_script_keeps_the_site_when_the_build_fails(project, break_it):
    (project / "site").mkdir()
    (project / "site/index.html").write_text("the last good site", "utf-8")
    break_it(project)
    finished = run_script(project)
    assert finished.returncode != 0
    assert "last good" in finished.stdout
    assert files_of(project / "site") == {"index.html": b"the last good site"}
    assert not (project / ".site-new").exists()
