"""The package: what is built from the source, installed elsewhere, starts a knowledge base and builds its site."""

import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from kb import __version__

ROOT = Path(__file__).parents[1]


def python(
    *arguments: str | Path, folder: Path, program: str | Path = sys.executable
) -> subprocess.CompletedProcess[str]:
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def built(kind: str, source: Path, folder: Path) -> Path:
    """The one file that the project's build backend makes of a source, in a folder."""
    folder.mkdir()
    code = f"import flit_core.buildapi as build; print(build.build_{kind}({str(folder)!r}))"
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
    tracked = subprocess.run(["git", "ls-files", "kb"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(tracked.split()) <= files_in(wheel)


def test_the_wheel_has_nothing_but_the_package_and_what_is_said_of_it(wheel):
    information = f"known_fixes-{__version__}.dist-info/"
    assert {name.partition("/")[0] + "/" for name in files_in(wheel)} == {"kb/", information}
    assert information + "licenses/LICENSE" in files_in(wheel)
    assert [name for name in files_in(wheel) if name.endswith(".pyc")] == []


def test_what_is_installed_starts_a_knowledge_base_and_builds_its_site(installed, tmp_path):
    where = python("-c", "import kb; print(kb.__file__)", folder=tmp_path, program=installed).stdout
    assert Path(where).is_relative_to(installed.parents[1])
    base = tmp_path / "acme"
    verb = [installed.parent / "kb", "init", base, "--name", "Acme Fixes", "--repo", "https://github.com/acme/fixes"]
    started = subprocess.run(
        [*verb, "--product", "Acme CLI"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert started.returncode == 0, started.stderr
    assert re.search(r"^known-fixes", (base / "requirements.txt").read_text(), re.MULTILINE)
    finished = python("-m", "mkdocs", "build", "--strict", folder=base, program=installed)
    assert finished.returncode == 0, finished.stderr
    assert "Port already in use" in (base / "site/acme-cli/port-in-use/index.html").read_text("utf-8")
    assert (base / "site/search/index/root.json").exists()


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
