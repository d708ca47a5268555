"""A base on a GitHub Enterprise Server: its workflows are those of github.com, as they run there."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kb.starting import Choices, blanks_of
from kb.starting.start import started

PROGRAMS = Path(sys.executable).parent


def start_on(repo: str) -> dict[str, str]:
    chosen = Choices("Acme Fixes", repo, "Acme CLI", "https://fixes.acme.example/", None, "known-fixes==0.1.0")
    contents = started(chosen, blanks_of(chosen, (), date(2026, 12, 1)))
    return {path: content.decode() for path, content in contents.items()}


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return start_on("https://ghe.acme.example/platform/fixes")


def used_in(files: dict[str, str]) -> set[str]:
    return {
        use for path, text in files.items() if "/workflows/" in path for use in re.findall(r"uses: *(\S+ # \S+)", text)
    }


def test_its_workflows_take_actions_that_run_on_a_server(files):
    releases = {use.partition("@")[0]: use.partition("# ")[2] for use in used_in(files)}
    kept = {use.partition("@")[0]: use.partition("# ")[2] for use in used_in(start_on("acme/fixes"))}
    assert releases == {
        "actions/checkout": kept["actions/checkout"],
        "actions/upload-artifact": "v3.2.1-node20",
        "actions/download-artifact": "v3.1.0-node20",
        "actions/deploy-pages": "v3.0.1",
    }
    assert "dependency-name: actions/upload-artifact" in files[".github/dependabot.yml"]


def test_its_workflows_speak_with_the_server_alone(files):
    texts = {path: text for path, text in files.items() if path.startswith(".github/")}
    assert [path for path, text in texts.items() if "github.com" in text or re.search(r"\bGH_TOKEN: ", text)] == []
    tokens = sum(text.count("GH_ENTERPRISE_TOKEN: ${{ github.token }}\n") for text in texts.values())
    assert tokens == sum(text.count("GH_HOST: ghe.acme.example\n") for text in texts.values()) > 0
    assert "label `ubuntu-24.04`" in files["README.md"]


def test_its_workflows_are_linted(files, tmp_path):
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    folder = tmp_path / ".github"
    zizmor = [PROGRAMS / "zizmor", "--offline", "--persona", "pedantic", "--no-progress", folder]
    actionlint = [PROGRAMS / "actionlint", "-no-color", *sorted(folder.glob("workflows/*.yml"))]
    for command in (zizmor, actionlint):
        finished = subprocess.run(command, capture_output=True, text=True, check=False)
        assert finished.returncode == 0, finished.stdout + finished.stderr


def test_enterprise_in_the_cloud_is_as_github_com():
    assert used_in(start_on("https://acme.ghe.com/platform/fixes")) == used_in(start_on("acme/fixes"))


@pytest.mark.parametrize(
    "repo",
    [
        "git@ghe.acme.example:platform/fixes.git",
        "ssh://git@ghe.acme.example:2222/platform/fixes.git",
        "ghe.acme.example/platform/fixes",
    ],
)
def test_a_repository_may_be_named_as_it_is_cloned(repo):
    assert "https://ghe.acme.example/platform/fixes" in start_on(repo)["mkdocs.yml"]
