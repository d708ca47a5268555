"""`scripts/release.py`: a version in one place, and the changelog's words as the notes of its release."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHANGELOG = "# Changelog\n\n## Unreleased\n\n- It learns to fly.\n\n## 0.1.0 (2026-01-02)\n\n- It is there.\n"


@pytest.fixture
def source(tmp_path) -> Path:
    (tmp_path / "scripts").mkdir()
    (tmp_path / "kb/starting").mkdir(parents=True)
    shutil.copy(ROOT / "scripts/release.py", tmp_path / "scripts")
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG)
    (tmp_path / "kb/__init__.py").write_text('"""A package."""\n\n__version__ = "0.1.0"\n')
    return tmp_path


def release(source: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, source / "scripts/release.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_is_unreleased_gets_the_version_and_its_notes(source):
    named = release(source, "0.2.0")
    assert (named.returncode, named.stderr) == (0, "")
    assert "git tag v0.2.0" in named.stdout
    assert '__version__ = "0.2.0"' in (source / "kb/__init__.py").read_text()
    assert re.search(
        r"^## Unreleased\n\n## 0\.2\.0 \(\d{4}-\d\d-\d\d\)\n\n- It learns to fly\.\n\n## 0\.1\.0",
        (source / "CHANGELOG.md").read_text(),
        re.MULTILINE,
    )
    assert release(source, "--notes", "v0.2.0").stdout == "- It learns to fly.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("0.2",), "is no version"),
        (("0.1.0",), "is released already"),
        (("0.1.0rc1",), "is not newer"),
        (("--notes", "v0.2.0"), "the version 0.1.0"),
        (("--notes", "0.1.0"), "as v0.1.0"),
    ],
)
def test_a_release_that_can_not_be_made_is_refused_and_changes_nothing(source, arguments, said):
    refused = release(source, *arguments)
    assert refused.returncode == 1
    assert said in refused.stderr
    assert (source / "CHANGELOG.md").read_text() == CHANGELOG
    assert "0.1.0" in (source / "kb/__init__.py").read_text()


def test_a_release_without_changes_is_refused(source):
    (source / "CHANGELOG.md").write_text(CHANGELOG.replace("- It learns to fly.\n\n", ""))
    assert "nothing under" in release(source, "0.2.0").stderr


def test_this_repository_could_be_released_now(source):
    shutil.copy(ROOT / "CHANGELOG.md", source)
    shutil.copy(ROOT / "kb/__init__.py", source / "kb")
    assert release(source, "99.0.0").returncode == 0
    assert release(source, "--notes", "v99.0.0").stdout.startswith("### For keepers\n\n- ")


def test_what_concerns_keepers_goes_into_the_package_too(source):
    keepers = "### For keepers\n\n- Rename\n  wings.\n\n### All\n\n"
    (source / "CHANGELOG.md").write_text(CHANGELOG.replace("- It learns", f"{keepers}- It learns"))
    release(source, "0.2.0")
    assert re.fullmatch(
        r"## Unreleased\n\n## 0\.2\.0 \([\d-]+\)\n\n- Rename\n  wings\.\n\n## 0\.1\.0 \(2026-01-02\)\n",
        (source / "kb/starting/changes.md").read_text(),
    )


def test_the_package_says_to_keepers_what_the_changelog_says(source):
    """`python3 scripts/release.py --keepers` copies it anew."""
    shutil.copy(ROOT / "CHANGELOG.md", source)
    assert release(source, "--keepers").returncode == 0
    written = (source / "kb/starting/changes.md").read_text("utf-8")
    assert (ROOT / "kb/starting/changes.md").read_text("utf-8") == written
