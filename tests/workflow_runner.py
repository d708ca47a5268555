"""A machine of GitHub's for tests: a clone of a repository, and the scripts of a workflow's steps run in it."""

import atexit
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import yaml
from stand_in_gh import REPOSITORY
from warm import started

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".github/workflows"


def script(workflow: str, step: str) -> str:
    """What a step of a workflow runs."""
    jobs = yaml.safe_load((FOLDER / f"{workflow}.yml").read_text("utf-8"))["jobs"].values()
    return next(one["run"] for job in jobs for one in job.get("steps", ()) if one.get("name") == step and "run" in one)


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _leading_to_one_another() -> list[Path]:
    """The entries about Git that lead to no others than these."""
    leads = {path.stem: _leads(path.read_text("utf-8")) for path in (ROOT / "entries/git").glob("*.md")}
    while strays := [name for name, led in leads.items() if not led <= leads.keys()]:
        for name in strays:
            del leads[name]
    return [ROOT / f"entries/git/{name}.md" for name in leads]


def _leads(text: str) -> set[str]:
    """What an entry about Git leads to: others by their slug, those of another product by more than that."""
    related = re.search(r"(?m)^related: \[(.*)\]$", text)
    named = related[1].split(", ") if related else []
    linked = re.findall(r"\]\(([\w./-]+)\.md[)#]", text)
    return {each.removeprefix("git/") for each in (*named, *linked)}


@cache
def _begun() -> Path:
    """A folder with the clone and its origin as they are to begin with: made once, and then copied."""
    folder = tempfile.TemporaryDirectory(prefix="kb-runner-")
    atexit.register(folder.cleanup)
    clone, origin = Path(folder.name) / "clone", Path(folder.name) / "origin.git"
    (clone / "entries/git").mkdir(parents=True)
    for path in _leading_to_one_another():
        shutil.copy(path, clone / "entries/git")
    shutil.copytree(ROOT / ".github/scripts", clone / ".github/scripts")
    for name in ("products.yml", "tools.yml"):
        shutil.copy(ROOT / "entries" / name, clone / "entries")
    (clone / ".gitignore").write_text("/.venv\n")
    (clone / "mkdocs.yml").write_text("site_name: Fixes\n")
    _git(clone, "init", "--quiet", "--initial-branch", "main")
    for key, value in {"user.name": "A Person", "user.email": "person@example.org", "commit.gpgsign": "false"}.items():
        _git(clone, "config", key, value)
    _git(clone, "add", "--all")
    _git(clone, "commit", "--quiet", "--message", "Begin")
    _git(clone, "clone", "--quiet", "--bare", ".", str(origin))
    _git(clone, "remote", "add", "origin", str(origin))
    _git(clone, "fetch", "--quiet", "origin")
    return Path(folder.name)


class Runner:
    """A clone of `main` with some entries, what steps may use, and GitHub as the stand-in for `gh` holds it."""

    def __init__(self, root: Path) -> None:
        self.root = root / "clone"
        self.temp = root / "temp"
        self.left = self.temp / "left"
        self.origin = root / "origin.git"
        self.programs = root / "bin"
        self.output = root / "output"
        self.summary = root / "summary"
        self.state = root / "github.json"
        for folder in (self.temp, self.left, self.programs):
            folder.mkdir()
        begun = _begun()
        for name in (self.root.name, self.origin.name):
            shutil.copytree(begun / name, root / name)
        settings = self.root / ".git/config"
        settings.write_text(settings.read_text("utf-8").replace(str(begun), str(root)), "utf-8")
        (self.root / ".venv/bin").mkdir(parents=True)
        self.program("kb", f'#!/bin/sh\nexec {shlex.join(started("kb"))} "$@"\n', self.root / ".venv/bin")
        # It uses the standard library alone: without the others it starts in half the time.
        self.program("gh", f'#!/bin/sh\nexec "{sys.executable}" -I -S "{ROOT / "tests/stand_in_gh.py"}" "$@"\n')
        self.github(pulls=[], issues={}, comments={}, calls=[])

    def github(self, **parts: object) -> dict:
        """What GitHub holds, after `parts` of it were replaced."""
        state = json.loads(self.state.read_text("utf-8")) if self.state.exists() else {}
        if parts:
            state |= parts
            self.state.write_text(json.dumps(state), "utf-8")
        return state

    def git(self, *arguments: str) -> str:
        return _git(self.root, *arguments)

    def proposed(self, branch: str) -> list[str]:
        """The files that a branch of the repository on GitHub changes."""
        return self.git("-C", str(self.origin), "diff", "--name-only", "main", branch).split()

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def merge_of(self, change) -> None:
        """Put the clone where the checkout of a pull request puts it: on the merge of the change into `main`."""
        self.git("switch", "--quiet", "--create", "change")
        change(self.root / "entries")
        self.commit("Change")
        self.git("switch", "--quiet", "--detach", "main")
        self.git("merge", "--quiet", "--no-ff", "--message", "Merge", "change")

    def keep(self, name: str) -> Path:
        """Keep what was changed in the clone as a patch, as the first job of a workflow does."""
        file = self.left / name
        self.git("add", "--all", "--intent-to-add")
        file.write_text(self.git("diff", "--full-index", "HEAD"), "utf-8")
        self.check_out()
        return file

    def check_out(self) -> None:
        """Put the clone where the second job begins: as a fresh checkout."""
        self.git("reset", "--quiet", "--hard", "origin/main")
        self.git("clean", "--quiet", "--force", "-d")

    def program(self, name: str, text: str, folder: Path | None = None) -> None:
        file = (folder or self.programs) / name
        file.write_text(text)
        file.chmod(0o755)

    def run(self, workflow: str, step: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a step's script the way GitHub does: bash with -e and pipefail."""
        return self.bash(script(workflow, step), **variables)

    def bash(self, text: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_REPOSITORY_OWNER": REPOSITORY.partition("/")[0],
            "GH_STATE": str(self.state),
            "GH_TOKEN": "t",
            "BASE": "main",
            "PAUSE": "0",
            **variables,
        }
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", text]
        return subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True, check=False)
