"""The tutorial for contributors: CONTRIBUTING.md and the site say the same, and what they say works."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from warm import started

from kb.entry import load_collection
from kb.entry.formatting import says_the_same
from kb.site.render import contribute_steps, example_entry

NEEDS_A_PERSON = {".venv/bin/kb new", "some-command 2>&1 | .venv/bin/kb new pip"}
"""What tests/test_new.py does at a terminal."""
BUILDS = {"python3 scripts/build.py", "python3 scripts/build.py --serve"}
"""What CI does before any test."""


def commands() -> list[str]:
    """The commands that the steps name."""
    return re.findall(r"`((?:\.venv/bin/kb|python3|some-command) ?[^`]*)`", contribute_steps())


@pytest.fixture
def fresh(tmp_path, repository_root) -> Path:
    """A knowledge base with this repository's products and no entries, set up as the steps say."""
    (tmp_path / "entries").mkdir()
    for name in ("products.yml", "tools.yml"):
        shutil.copy(repository_root / "entries" / name, tmp_path / "entries" / name)
    program = tmp_path / ".venv/bin/kb"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.join(started("kb"))} "$@"\n')
    program.chmod(0o755)
    return tmp_path


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def test_the_commands_of_the_steps_do_what_they_say(fresh):
    ran = [command for command in commands() if command not in NEEDS_A_PERSON | BUILDS]
    assert len(ran) >= 4
    for command in ran:
        result = run(command, fresh)
        assert result.returncode == 0, (command, result.stdout, result.stderr)
    assert [entry.product for entry in load_collection(fresh / "entries").entries] == ["python"]


def test_the_steps_name_every_command_that_a_contributor_needs():
    assert BUILDS | NEEDS_A_PERSON | {".venv/bin/kb check --fix", ".venv/bin/kb fmt"} <= set(commands())


def test_the_example_passes_the_checks_in_a_fresh_collection(fresh):
    (fresh / "entries/python").mkdir()
    (fresh / "entries/python/port-in-use.md").write_text(example_entry())
    for command in (".venv/bin/kb check", ".venv/bin/kb fmt --check"):
        result = run(command, fresh)
        assert result.returncode == 0, (command, result.stdout, result.stderr)


def test_contributing_shows_the_same_example(repository_root):
    text = (repository_root / "CONTRIBUTING.md").read_text()
    block = re.search(r"^( *)````markdown\n(.*?)^ *````$", text, re.MULTILINE | re.DOTALL)
    assert block
    assert re.sub(rf"^{block[1]}", "", block[2], flags=re.MULTILINE) == example_entry()


def test_the_yaml_form_in_contributing_says_the_same_as_the_example(fresh, repository_root):
    text = (repository_root / "CONTRIBUTING.md").read_text()
    (shown,) = re.findall(r"^````yaml\n(.*?)^````$", text, re.MULTILINE | re.DOTALL)
    (fresh / "entries/python").mkdir()
    (fresh / "entries/python/port-in-use.yml").write_text(shown)
    for command in (".venv/bin/kb check", ".venv/bin/kb fmt --check"):
        result = run(command, fresh)
        assert result.returncode == 0, (command, result.stdout, result.stderr)
    (as_yaml,) = load_collection(fresh / "entries").entries
    (fresh / "entries/python/port-in-use.yml").unlink()
    (fresh / "entries/python/port-in-use.md").write_text(example_entry())
    (as_markdown,) = load_collection(fresh / "entries").entries
    assert says_the_same(as_yaml, as_markdown)


def test_contributing_starts_with_a_fork_and_names_the_paths_of_windows(repository_root):
    text = (repository_root / "CONTRIBUTING.md").read_text()
    assert text.index("git clone") < text.index("## ")
    assert ".venv\\Scripts\\kb" in text


def test_the_hooks_of_this_repository_run_programs_that_are_there_on_files_that_are_there(repository_root):
    (repo,) = yaml.safe_load((repository_root / ".pre-commit-config.yaml").read_text())["repos"]
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=repository_root, capture_output=True, text=True, check=True
    ).stdout
    for hook in repo["hooks"]:
        program, *arguments = hook["entry"].split()
        shown = subprocess.run(
            [Path(sys.executable).parent / Path(program).name, *arguments, "--help"], capture_output=True, check=False
        )
        assert (Path(program).parent.as_posix(), shown.returncode) == (".venv/bin", 0)
        assert hook.get("types") == ["python"] or re.search(hook["files"], tracked, re.MULTILINE)


def test_contributing_names_the_same_steps(repository_root):
    text = (repository_root / "CONTRIBUTING.md").read_text()
    assert " ".join(contribute_steps().split()) in " ".join(text.split())


def test_editors_and_hooks_are_told_of_files_and_verbs_that_exist(repository_root):
    settings = json.loads((repository_root / ".vscode/settings.json").read_text())
    names = {address.rpartition("/")[2] for address in settings["yaml.schemas"]}
    assert names == {"entry.schema.json", "products.schema.json", "tools.schema.json", "synonyms.schema.json"}
    for hook in yaml.safe_load((repository_root / ".pre-commit-hooks.yaml").read_text()):
        shown = run(f".venv/bin/{hook['entry']} --help", repository_root)
        assert shown.returncode == 0
        assert re.search(hook["files"], "entries/pip/hash-mismatch.md")
