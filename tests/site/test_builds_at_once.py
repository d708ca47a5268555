"""Two builds at once, and builds that are killed at any time: the site is whole each time.

KB_BUILD_ROUNDS says how often each is tried: 20 builds at once, and twice as many killed, take some minutes.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from built_sites import KNOWLEDGE_BASES, ROOT, files_of

from kb.process import Replacement

ROUNDS = int(os.environ.get("KB_BUILD_ROUNDS", "1"))
NAMES = ("First", "Second")
SCRIPT = "import sys, build; sys.exit(build.build([sys.executable, '-m', 'mkdocs'], []))"
PLAIN = "from mkdocs.__main__ import cli; cli(['build'])"
# What a shell starts in the background takes no notice of Ctrl+C, nor does what it starts: these tests may be such.
INTERRUPTIBLE = f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler); {PLAIN}"


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A project folder like the repository's."""
    folder = tmp_path_factory.mktemp("at-once") / "project"
    shutil.copytree(KNOWLEDGE_BASES / "small", folder)
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    return folder


def start(project: Path, program: str = PLAIN) -> subprocess.Popen[str]:
    """Start a build of the project in a group of processes of its own."""
    path = os.pathsep.join(filter(None, ("scripts", os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=project,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def finish(building: subprocess.Popen[str]) -> str:
    output, _ = building.communicate()
    assert building.returncode == 0, output
    return output


def rename_site(project: Path, name: str) -> None:
    """Give every page of the next build another content."""
    config = project / "mkdocs.yml"
    lines = config.read_text("utf-8").split("\n")
    config.write_text("\n".join(f"site_name: {name}" if line.startswith("site_name") else line for line in lines))


@pytest.fixture(scope="module")
def whole(project: Path) -> dict[str, dict[str, bytes]]:
    """The whole site by the name that it has on its pages; the one that stands there is the first."""
    found = {}
    for name in reversed(NAMES):
        rename_site(project, name)
        finish(start(project))
        found[name] = files_of(project / "site")
    return found


def left_over(project: Path) -> list[str]:
    """What no build needs: the site that stood before is the next build's beginning."""
    names = {path.name for path in project.iterdir() if path.name.startswith(".site")}
    return sorted(names - {".site-former"})


def test_two_builds_at_once_both_end_well_and_leave_a_whole_site(project, whole):
    for number in range(ROUNDS):
        name = NAMES[number % 2]
        rename_site(project, name)
        one = start(project, SCRIPT)
        time.sleep(random.Random(number).random())
        other = start(project, PLAIN)
        finish(one)
        finish(other)
        assert files_of(project / "site") == whole[name]
    assert left_over(project) == []


def test_a_build_says_that_it_waits_for_another_and_ends_well_after_it(project, whole):
    rename_site(project, NAMES[1])
    another = Replacement(project / "site")
    assert another.is_free()
    building = start(project)
    assert building.stdout is not None
    assert "another build makes" in next(line for line in building.stdout if "kb:" in line)
    assert building.poll() is None
    another.abandon()
    finish(building)
    assert files_of(project / "site") == whole[NAMES[1]]
    assert left_over(project) == []


def test_a_build_that_is_killed_leaves_a_whole_site_and_nobody_at_work(project, whole):
    begin = time.monotonic()
    rename_site(project, NAMES[0])
    finish(start(project, SCRIPT))
    duration = time.monotonic() - begin
    for number in range(2 * ROUNDS):
        rename_site(project, NAMES[(number + 1) // 2 % 2])
        building = start(project, (SCRIPT, PLAIN)[number % 2])
        time.sleep(duration * 1.1 * random.Random(number).random())
        building.kill()
        building.communicate()  # returns when nobody has its output open any more
        assert files_of(project / "site") in whole.values()
        assert processes_in(building.pid) == []
    rename_site(project, NAMES[1])
    finish(start(project))
    assert files_of(project / "site") == whole[NAMES[1]]
    assert left_over(project) == []


def processes_in(group: int) -> list[str]:
    """The command lines of the processes of a group that are not just about to end."""
    end = time.monotonic() + 10
    while found := list(_in_group(group)):
        if time.monotonic() > end:
            return found
        time.sleep(0.05)
    return []


def _in_group(group: int) -> Iterator[str]:
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group = status.read_text().rpartition(")")[2].split()[:3]
            command = status.with_name("cmdline").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(its_group) == group and state not in "ZX":
            yield command


def test_ctrl_c_leaves_the_last_good_site_and_nothing_else(project, whole, tmp_path, monkeypatch):
    before = files_of(project / "site")
    # With something to do: another name, and nothing kept.
    rename_site(project, NAMES[before == whole[NAMES[0]]])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    building = start(project, INTERRUPTIBLE)
    while not left_over(project):
        assert building.poll() is None
        time.sleep(0.02)
    time.sleep(0.1)
    os.killpg(building.pid, signal.SIGINT)
    output, _ = building.communicate(timeout=120)
    assert building.returncode != 0
    assert "Traceback" not in output
    assert files_of(project / "site") == before
    assert left_over(project) == []
