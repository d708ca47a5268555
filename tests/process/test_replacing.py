"""A folder is replaced whole, whatever stands in its place, and a person is told how to go on where it can't be."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.process import Replacement, ReplacingError

NOBODY = 65534
AS_NOBODY = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("setpriv"),
    reason="only root can be somebody else, and rights mean nothing to root",
)
REPLACE = """
import sys
from pathlib import Path
from kb.process import Replacement, ReplacingError
try:
    new = Replacement(Path(sys.argv[1]))
    new.is_free()
    new.begin()
    (new.folder / "new").write_text("new")
    print(new.finish())
except ReplacingError as error:
    print("ReplacingError:", error)
"""

WRITE = """
import sys
from pathlib import Path
try:
    for number in range(5000):
        (Path(sys.argv[1]) / str(number)).touch()
except OSError:
    pass
"""


def replace(target: Path, content: str = "new") -> str:
    """Put a folder with one file in the place of the target."""
    new = Replacement(target)
    assert new.is_free()
    new.begin()
    (new.folder / "new").write_text(content)
    return new.finish()


def files(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def in_python(*command: str | Path) -> str:
    finished = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def as_nobody(target: Path) -> str:
    user = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return in_python("setpriv", *user, sys.executable, "-c", REPLACE, target)


@pytest.fixture
def site(tmp_path) -> Path:
    """A folder that stands there already."""
    (tmp_path / "site/deep").mkdir(parents=True)
    (tmp_path / "site/deep/old").write_text("old")
    return tmp_path / "site"


@pytest.fixture
def open_site() -> Iterator[Path]:
    """The same where every user may look: pytest's folders are for its own alone."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "site/deep").mkdir(parents=True)
        (Path(folder) / "site/deep/old").write_text("old")
        yield Path(folder) / "site"


def test_a_folder_is_replaced_whole(site):
    assert replace(site) == ""
    assert files(site.parent) == {"site/new": "new"}


def test_a_folder_that_was_not_there_is_made(tmp_path):
    replace(tmp_path / "deep/site")
    assert files(tmp_path) == {"deep/site/new": "new"}


def test_the_folder_keeps_its_mode_and_its_hidden_files(site):
    site.chmod(0o750)
    (site / ".well-known").mkdir()
    (site / ".well-known/x").write_text("mine")
    replace(site)
    assert files(site) == {"new": "new", ".well-known/x": "mine"}
    assert site.stat().st_mode & 0o777 == 0o750


def test_a_link_stays_a_link(site, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/link").symlink_to(site)
    replace(tmp_path / "elsewhere/link")
    assert files(site) == {"new": "new"}
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["link"]


def test_what_is_given_up_leaves_the_folder_as_it_was(site):
    new = Replacement(site)
    assert new.is_free()
    new.begin()
    (new.folder / "new").write_text("half")
    new.abandon()
    assert files(site.parent) == {"site/deep/old": "old"}


def test_one_waits_for_another(site):
    first, second = Replacement(site), Replacement(site)
    assert (first.is_free(), second.is_free()) == (True, False)
    first.begin()
    first.finish()
    assert second.is_free()
    second.begin()
    second.abandon()


def test_what_a_killed_build_left_is_removed(site):
    left = Replacement(site)
    left.folder.mkdir()
    (left.folder / "half").write_text("half")
    replace(site)
    assert files(site.parent) == {"site/new": "new"}


def test_a_site_that_was_killed_between_two_renamings_comes_back(site):
    site.rename(site.parent / ".site-old-0123")
    new = Replacement(site)
    assert new.is_free()
    new.begin()
    assert files(site) == {"deep/old": "old"}
    new.abandon()


def test_a_file_in_the_place_of_the_folder_is_named_and_left_alone(tmp_path):
    (tmp_path / "site").write_text("mine")
    new = Replacement(tmp_path / "site")
    assert new.is_free()
    with pytest.raises(ReplacingError, match=r"site can't be written: a file has that name\. Move away"):
        new.begin()
    assert files(tmp_path) == {"site": "mine"}


@AS_NOBODY
def test_where_nothing_can_be_written_the_folder_is_named(open_site):
    assert f"ReplacingError: {open_site} can't be written: Permission denied. " in (output := as_nobody(open_site))
    assert "--site-dir" in output
    assert files(open_site.parent) == {"site/deep/old": "old"}


@AS_NOBODY
def test_a_former_site_of_another_user_is_put_aside_and_named(open_site):
    os.chown(open_site.parent, NOBODY, NOBODY)
    for _ in range(2):  # what can't be removed is in nobody's way
        output = as_nobody(open_site)
        assert files(open_site) == {"new": "new"}
    assert "ReplacingError" not in output
    assert [path.name.startswith(".site-new-") for path in open_site.parent.iterdir() if path != open_site] == [True]


def test_what_others_still_write_is_removed_too_when_it_is_abandoned(site):
    new = Replacement(site)
    assert new.is_free()
    new.begin()
    with subprocess.Popen([sys.executable, "-c", WRITE, str(new.folder)]) as writer:
        while not any(new.folder.iterdir()):
            assert writer.poll() is None
        new.abandon()
    assert not new.folder.exists()


@AS_NOBODY
def test_a_folder_of_ones_own_in_a_place_of_anothers_is_filled(open_site):
    for path in (open_site, open_site / "deep", open_site / "deep/old"):
        os.chown(path, NOBODY, NOBODY)
    assert "so its files were exchanged one by one" in as_nobody(open_site)
    assert files(open_site.parent) == {"site/new": "new"}


def test_a_mount_point_is_filled(site):
    shell = f'mount --bind "{site}" "{site}" && exec "$@"'
    probe = ["unshare", "--mount", "sh", "-c", f'mount --bind "{site}" "{site}"']
    if not shutil.which("unshare") or subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    output = in_python("unshare", "--mount", "sh", "-c", shell, "sh", sys.executable, "-c", REPLACE, site)
    assert "so its files were exchanged one by one" in output
    assert files(site.parent) == {"site/new": "new"}
