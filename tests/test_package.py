"""The package, built from the source and installed elsewhere, goes a keeper's way from an empty folder on."""

import os
import re
import socket
import subprocess
import sys
import sysconfig
import tarfile
import time
import venv
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from bases import commit, former_base
from mcp import Client, StdioServerParameters, stdio_client
from mcp_base import connected
from stand_in import serve

from kb import __version__

ROOT = Path(__file__).parents[1]
PATIENCE = 60
"""Seconds; a build takes three or so, more where the machine has other things to do."""


def python(
    *arguments: str | Path, folder: Path, program: str | Path = sys.executable
) -> subprocess.CompletedProcess[str]:
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def built(kind: str, source: Path, folder: Path) -> Path:
    """The one file that the project's build backend makes of a source, in a folder."""
    folder.mkdir()
    path = str(source / "scripts/backend")
    code = f"import sys; sys.path.insert(0, {path!r}); import known_fixes_backend as b; b.build_{kind}({str(folder)!r})"
    finished = python("-c", code, folder=source)
    assert finished.returncode == 0, finished.stderr
    (file,) = folder.iterdir()
    return file


@pytest.fixture(scope="module")
def sdist(tmp_path_factory) -> Path:
    return built("sdist", ROOT, tmp_path_factory.mktemp("package") / "sdist")


@pytest.fixture(scope="module")
def wheel(sdist) -> Path:
    """Built from what the sdist has, as an installer would."""
    folder = sdist.parents[1]
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    return built("wheel", folder / sdist.name.removesuffix(".tar.gz"), folder / "wheel")


@pytest.fixture(scope="module")
def installed(wheel) -> Path:
    """The Python of a fresh environment with the wheel, and what it needs taken from the one that runs the tests."""
    folder = wheel.parents[1] / "environment"
    venv.create(folder, symlinks=True)
    program = folder / "bin/python"
    finished = python(
        *("-m", "pip", "--python", program, "install", "--quiet", "--no-deps", "--no-index", wheel), folder=wheel.parent
    )
    assert finished.returncode == 0, finished.stderr
    # A path in a .pth file comes after the environment's own packages, and .pth files in it are not read: what is
    # imported as `kb` is what was installed, not the checkout that the tests' environment links.
    site = Path(
        python(
            "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder, program=program
        ).stdout.strip()
    )
    (site / "tests.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return program


def files_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


def test_the_wheel_has_every_file_of_the_package(wheel):
    files = files_in(wheel)
    assert set(tracked("kb")) <= files
    assert {f"kb/bundled/{name}" for name in tracked("entries", "mkdocs.yml")} <= files


def tracked(*paths: str) -> list[str]:
    command = ["git", "ls-files", *paths]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def test_the_wheel_has_nothing_but_the_package_and_what_is_said_of_it(wheel):
    information = f"known_fixes-{__version__}.dist-info/"
    assert {name.partition("/")[0] + "/" for name in files_in(wheel)} == {"kb/", information}
    assert information + "licenses/LICENSE" in files_in(wheel)
    assert [name for name in files_in(wheel) if name.endswith(".pyc")] == []


def run(installed: Path, base: Path, *command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a script of a base, or `kb`, as its keeper does where the wheel is what is installed."""
    program = [installed.parent / "kb"] if command[0] == "kb" else [sys.executable, command[0]]
    environment = {**os.environ, "KB_PYTHON": str(installed), "XDG_CACHE_HOME": str(base.parent / "cache"), **environ}
    return subprocess.run(
        [*program, *command[1:]],
        cwd=base,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def base(installed, tmp_path_factory) -> Path:
    """A base that the wheel's own command started, in a folder that wasn't there."""
    folder = tmp_path_factory.mktemp("keeper") / "acme"
    answers = ("--name", "Acme Fixes", "--repo", "https://github.com/acme/fixes", "--product", "Acme CLI")
    started = run(installed, folder.parent, "kb", "init", str(folder), *answers)
    assert started.returncode == 0, started.stderr
    return folder


def test_what_is_installed_is_not_the_checkout(installed, base):
    where = python("-c", "import kb; print(kb.__file__)", folder=base, program=installed).stdout
    assert Path(where).is_relative_to(installed.parents[1])


def test_what_is_installed_starts_a_base_and_builds_its_site(installed, base):
    assert re.search(r"^known-fixes", (base / "requirements.txt").read_text(), re.MULTILINE)
    finished = run(installed, base, "scripts/build.py", "--strict")
    assert finished.returncode == 0, finished.stderr
    assert "Port already in use" in (base / "site/acme-cli/port-in-use/index.html").read_text("utf-8")
    assert (base / "site/search/index/root.json").exists()


def test_what_is_installed_imports_an_issue_into_a_base_and_checks_it(installed, base):
    with serve() as github:
        body = "It broke.\n\n```\nfatal: the worker could not open its queue, 13 tries: /srv/queue\n```\n"
        github.add("acme/fixes#7", title="The worker has no queue", body=body)
        asking = {"GITHUB_API_URL": github.url, "GITHUB_TOKEN": ""}
        finished = run(installed, base, "kb", "import", "acme/fixes#7", "--product", "acme-cli", **asking)
    assert finished.returncode == 0, finished.stderr
    (entry,) = (path for path in base.glob("entries/acme-cli/*.md") if path.stem != "port-in-use")
    assert "could not open its queue" in entry.read_text("utf-8")
    checked = run(installed, base, "kb", "check")
    assert (checked.returncode, "no problems" in checked.stdout) == (0, True), checked.stdout


def test_what_is_installed_serves_a_base_and_shows_what_is_saved(installed, base):
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "scripts/build.py", "--serve", "--address", address]
    environment = {**os.environ, "KB_PYTHON": str(installed)}
    log = base.parent / "serve.log"

    def shown(text: str) -> bool:
        with suppress(OSError), urlopen(f"http://{address}/fixes/acme-cli/port-in-use/", timeout=PATIENCE) as page:
            return text in page.read().decode()
        return False

    with (
        log.open("w") as output,
        subprocess.Popen(command, cwd=base, env=environment, stdout=output, stderr=output) as server,
    ):
        try:
            wait_for(lambda: server.poll() is not None or shown("Port already in use"), log)
            entry = base / "entries/acme-cli/port-in-use.md"
            entry.write_text(entry.read_text("utf-8").replace("never ended.", "hangs."), "utf-8")
            wait_for(lambda: server.poll() is not None or shown("hangs."), log)
            assert server.poll() is None, log.read_text()
        finally:
            server.terminate()


def wait_for(condition: Callable[[], bool], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.2)


def test_what_is_installed_upgrades_a_base_of_the_first_start_and_builds_it(installed, tmp_path):
    base = former_base(tmp_path / "acme")
    review = base / ".github/workflows/review.yml"
    review.write_text(review.read_text("utf-8").replace("timeout-minutes: 30", "timeout-minutes: 45"), "utf-8")
    config = base / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "copyright: Acme, Inc.\n", "utf-8")
    commit(base)
    upgraded = run(installed, base, "kb", "upgrade")
    assert upgraded.returncode == 0, upgraded.stderr
    assert "  merged    .github/workflows/review.yml\n" in upgraded.stdout
    checked = run(installed, base, "scripts/test.py")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "The site builds." in checked.stdout
    assert "timeout-minutes: 45" in review.read_text("utf-8")


def test_what_is_installed_answers_agents_from_its_own_entries_in_an_empty_folder(installed, tmp_path):
    server = [str(installed.parent / "kb"), "mcp"]
    parameters = StdioServerParameters(command=server[0], args=server[1:], cwd=tmp_path)
    error = "error: externally-managed-environment\n\n× This environment is externally managed\n"
    with connected(Client(stdio_client(parameters))) as client:
        assert [tool.name for tool in client.list_tools().tools] == ["match_error", "search_fixes", "get_fix"]
        (fix, *_) = client.call_tool("match_error", {"text": error}).structured_content["fixes"]
    assert fix["page"] == f"https://known-fixes.github.io/known-fixes/{fix['entry']}/"
    assert list(tmp_path.iterdir()) == []


def test_the_version_is_that_of_the_source(sdist, wheel):
    assert sdist.name == f"known_fixes-{__version__}.tar.gz"
    assert wheel.name == f"known_fixes-{__version__}-py3-none-any.whl"


OLD_PAGE = """\
<html><head><title>Ops : Gateway refuses</title></head><body><div id="main-content">
<h2>Symptoms</h2><pre class="syntaxhighlighter-pre" data-syntaxhighlighter-params="brush: java">\
GatewayRefused: capture of order 8812 was refused by the bank</pre>
<h2>Cause</h2><p>It forgets its sessions.</p><h2>Resolution</h2><p>Restart the worker.</p></div></body></html>
"""


def test_what_is_installed_moves_old_pages_into_a_new_knowledge_base_that_builds(installed, tmp_path):
    """From an empty folder on: init, import, check, build; and again, which changes nothing."""
    base, old = tmp_path / "acme", tmp_path / "old"
    old.mkdir()
    (old / "Gateway-refuses_583761921.html").write_text(OLD_PAGE, "utf-8")
    (old / "Rota_583761922.html").write_text(OLD_PAGE.replace("<h2>", "<p>").replace("GatewayRefused: ", ""), "utf-8")
    (old / "broken_583761923.html").write_bytes(b"\xff")

    def kb(*arguments: str | Path, folder: Path = base) -> subprocess.CompletedProcess[str]:
        command = [installed.parent / "kb", *arguments]
        return subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )

    kb("init", base, "--name", "Acme", "--repo", "acme/fixes", "--product", "Acme CLI", folder=tmp_path)
    moved = kb("import", "--confluence", old, "--product", "acme-cli")
    assert moved.returncode == 1
    assert "failed   broken_583761923.html:1: byte 0xff is no UTF-8" in moved.stdout
    assert "new      Gateway-refuses_583761921.html acme-cli/gateway-refuses" in moved.stdout
    assert kb("check").returncode == 0
    before = {path: path.read_bytes() for path in base.rglob("*.*l")}
    kb("import", "--confluence", old, "--product", "acme-cli")
    assert {path: path.read_bytes() for path in base.rglob("*.*l")} == before
    finished = python("-m", "mkdocs", "build", "--strict", folder=base, program=installed)
    assert finished.returncode == 0, finished.stderr
    assert "It forgets its sessions." in (base / "site/acme-cli/gateway-refuses/index.html").read_text("utf-8")
