"""`kb new --run -- COMMAND`: from a command that fails to an entry with a recipe."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from warm import started

from kb.entry import Entry, load_collection
from proofs.recipes import knowledge_base

PROGRAM = "import sys\nsys.exit('demo: the zorble of the quux lacks an eel')\n"
MESSAGE = "demo: the zorble of the quux lacks an eel"


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return knowledge_base(tmp_path / "kb")


def new(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return kb("new", *arguments, folder=folder)


def kb(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own, without a terminal."""
    command = (*started("kb"), *command)
    nothing = subprocess.DEVNULL
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, stdin=nothing, check=False)


def written(folder: Path) -> Entry:
    (entry,) = load_collection(folder / "entries").entries
    return entry


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "entries/demo").iterdir())


def test_a_command_that_fails_becomes_an_entry_with_a_recipe_that_can_be_proven(folder):
    (folder / "app.py").write_text(PROGRAM)
    made = new(folder, "demo", "--yes", "--fix", "Add an eel.", "--run", "--", "python3", "app.py")
    assert made.returncode == 0, made.stderr
    assert MESSAGE in made.stderr  # as the command printed it
    assert made.stdout.endswith(f"{written(folder).source}\n")
    entry = written(folder)
    assert entry.signatures[0].examples == (MESSAGE,)
    assert entry.proof.with_.keys() == {"python"}
    (version,) = entry.proof.with_["python"]
    assert version.startswith("3.")
    assert (entry.proof.provoke, entry.proof.exit, entry.proof.files) == ("python3 app.py", 1, {"app.py": PROGRAM})
    proven = kb("prove", folder=folder)
    assert f"python {version}: provoked (signature 1)" in proven.stdout
    checked = kb("check", "--no-cache", folder=folder)
    assert checked.returncode == 0, checked.stdout


def test_what_a_traceback_shows_of_the_source_is_not_taken_for_the_message(folder):
    (folder / "app.py").write_text('rows = "zorble\\nquux not found".split("\\n") + None\n')
    made = new(folder, "demo", "--yes", "--fix", "Add an eel.", "--run", "--", "python3", "app.py")
    assert made.returncode == 0, made.stderr
    assert written(folder).signatures[0].examples == ('TypeError: can only concatenate list (not "NoneType") to list',)


def test_options_of_the_command_are_the_command_s(folder):
    made = new(folder, "demo", "--yes", "--fix", "x", "--run", "--", "git", "--no-pager", "--yes")
    assert made.returncode == 0, made.stderr
    assert dict(written(folder).proof.with_) == {"git": ("installed",)}
    assert (written(folder).proof.provoke, written(folder).proof.exit) == ("git --no-pager --yes", 129)


def test_the_programs_of_a_shell_s_script_are_its_tools(folder):
    script = f"X=1 git --version >&2 && cd . && (python3 --version | sort); echo {MESSAGE} >&2; exit 7"
    made = new(folder, "demo", "--yes", "--fix", "x", "--run", "--", "sh", "-c", script)
    assert made.returncode == 0, made.stderr
    assert list(written(folder).proof.with_) == ["git", "python", "sort"]
    assert (written(folder).proof.provoke, written(folder).proof.exit) == (script, 7)


def program(folder: Path, name: str, version: str) -> None:
    file = folder / "bin" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f'#!/bin/sh\n[ "$1" = --version ] && {{ echo "{version}"; exit; }}\necho "{MESSAGE}" >&2\nexit 1\n')
    file.chmod(0o755)


@pytest.mark.parametrize(
    ("command", "said", "tools"),
    [
        ("pip", {"pip": "pip 24.0 from /srv/lib/pip (python 3.12)"}, {"python": ("3.12",), "pip": ("24.0",)}),
        ("npm", {"npm": "10.8.2", "node": "v20.19.1"}, {"node": ("20",), "npm": ("10.8.2",)}),
        ("node", {"node": "v22.20.0"}, {"node": ("22",)}),
        ("cargo", {"cargo": "cargo 1.75.1", "rustc": "rustc 1.75.0 (1a2b3c4d5 2023-12-21)"}, {"rust": ("1.75.0",)}),
        ("npm", {"npm": "it is broken", "node": "v20.19.1"}, {"node": ("20",)}),
        ("zorbler", {"zorbler": "nothing of a version"}, {"zorbler": ("installed",)}),
    ],
)
def test_each_kind_of_tool_is_named_with_the_version_that_ran(folder, monkeypatch, command, said, tools):
    for name, version in said.items():
        program(folder, name, version)
    monkeypatch.setenv("PATH", f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}")
    made = new(folder, "demo", "--yes", "--fix", "x", "--run", "--", command, "install", "demo")
    assert made.returncode == 0, made.stderr
    assert dict(written(folder).proof.with_) == tools
    assert written(folder).proof.provoke == f"{command} install demo"


def test_a_program_that_is_called_by_its_path_is_named_by_its_name(folder):
    made = new(folder, "demo", "--yes", "--fix", "x", "--run", "--", sys.executable, "-c", f"exit({MESSAGE!r})")
    assert made.returncode == 0, made.stderr
    assert written(folder).proof.provoke == shlex.join([Path(sys.executable).name, "-c", f"exit({MESSAGE!r})"])


def test_files_outside_of_the_folder_and_files_with_secrets_are_not_taken(folder):
    (folder / "app.py").write_text(PROGRAM)
    (folder / "key.txt").write_text("ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8\n")
    (folder.parent / "outside.txt").write_text("outside\n")
    (folder / "link.txt").symlink_to(folder.parent / "outside.txt")
    files = ("app.py", "key.txt", "link.txt", "../outside.txt", "/etc/hostname", "nothing.txt")
    made = new(folder, "demo", "--yes", "--fix", "x", "--run", "--", "python3", *files)
    assert made.returncode == 0, made.stderr
    assert set(written(folder).proof.files) == {"app.py"}


REFUSED = {
    "succeeds": (("true",), 1, "`true` succeeded, so there is no error to write an entry of"),
    "prints nothing": (("false",), 1, "`false` ended with 1 and printed nothing"),
    "is not there": (("nosuchprogram",), 1, "'nosuchprogram': No such file or directory"),
    "is missing": ((), 2, "With --run comes a command after --"),
}


@pytest.mark.parametrize(("command", "code", "said"), REFUSED.values(), ids=REFUSED)
def test_a_command_that_shows_no_error_is_told_and_nothing_is_written(folder, command, code, said):
    made = new(folder, "demo", "--yes", "--fix", "x", "--run", "--", *command)
    assert made.returncode == code
    assert said in " ".join(made.stderr.replace("│", "").split())
    assert names(folder) == []


def test_a_known_error_is_told_before_anything_is_written(folder):
    (folder / "app.py").write_text(PROGRAM)
    new(folder, "demo", "--yes", "--fix", "Add an eel.", "--run", "--", "python3", "app.py")
    before = names(folder)
    again = new(folder, "demo", "--run", "--", "python3", "app.py")  # and nobody to ask
    assert again.returncode == 1, again.stderr
    assert f"Known already: {written(folder).id}" in again.stderr
    assert names(folder) == before
