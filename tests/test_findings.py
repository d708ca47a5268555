"""Findings keep to the rules of `findings/README.md`. They are not run here: they need the network."""

import re
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "findings"
each_finding = pytest.mark.parametrize("path", sorted(FOLDER.glob("*.sh")), ids=lambda path: path.stem)


def test_nothing_but_findings_and_their_rules_is_there():
    assert {path.suffix for path in FOLDER.iterdir() if path.name != "README.md"} == {".sh"}


@each_finding
def test_a_finding_is_a_script_that_bash_can_read(path):
    assert subprocess.run(["bash", "-n", path], check=False).returncode == 0
    assert "\nset -euo pipefail\n" in path.read_text()


@each_finding
def test_its_head_says_what_was_expected_and_what_is_seen(path):
    head = path.read_text().partition("\nset -")[0]
    assert all(line.startswith("#") for line in head.splitlines())
    assert re.search(r"^# Packages?: .*\d+\.\d+", head, re.MULTILINE)
    assert re.search(r"^# Expected: ", head, re.MULTILINE)
    assert re.search(r"^# Seen: ", head, re.MULTILINE)


@each_finding
def test_it_says_by_its_last_line_and_its_exit_code_whether_that_is_still_so(path):
    text = path.read_text()
    assert re.search(r'^echo "as described: [^"]+"\n\Z', text, re.MULTILINE)
    assert re.search(r'echo "changed: [^"]+"\n +exit 1', text)


@each_finding
def test_it_works_in_a_folder_of_its_own_with_pinned_packages_and_without_this_project(path):
    text = path.read_text()
    assert "folder=$(mktemp -d)" in text
    assert re.search(r"^trap '(?:.*; )?rm -rf \"\$folder\"' EXIT$", text, re.MULTILINE)
    for installed in re.findall(r"(?:pip\"? install|(?<!p)npm install)(.*)", text):
        named = [word for word in installed.split() if not word.startswith("-")]
        assert named
        assert all(re.search(r"(?:==|@)\d", word) for word in named), named
    assert not re.search(r"\bkb\b|known.fixes", text)
    assert not re.search(r"/home/|/Users/|@[\w-]+\.(?:com|org|net)\b", text)
