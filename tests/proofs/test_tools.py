"""Tools in many versions: from the machine, and from packages; here of a folder that stands for a registry."""

import io
import json
import os
import shutil
import sys
import tarfile
import time
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from kb.entry import Recipe
from kb.proofs.sandbox import Room, SandboxError, Step, Trial, choose_sandbox
from kb.proofs.tools import Counter, NotTriedError, nodes
from kb.proofs.tools.shop import Shop


@pytest.fixture(scope="module")
def chosen():
    try:
        return choose_sandbox()
    except SandboxError:
        pytest.skip("no sandbox works on this machine")


@pytest.fixture
def counter(chosen, tmp_path) -> Counter:
    return Counter(tmp_path / "cache", chosen)


@pytest.fixture
def registry(monkeypatch, tmp_path) -> Path:
    """A folder with packages that uv looks into, and into nothing else."""
    folder = tmp_path / "registry"
    folder.mkdir()
    for name in [name for name in os.environ if name.startswith(("UV_", "PIP_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("UV_NO_INDEX", "1")
    monkeypatch.setenv("UV_FIND_LINKS", str(folder))
    return folder


def wheel(folder: Path, version: str) -> None:
    """A package `demo-tool` that prints its version."""
    info = f"demo_tool-{version}.dist-info"
    with zipfile.ZipFile(folder / f"demo_tool-{version}-py3-none-any.whl", "w") as archive:
        archive.writestr("demo_tool.py", f"def main():\n    print('demo {version}')\n")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: demo-tool\nVersion: {version}\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/entry_points.txt", "[console_scripts]\ndemo-tool = demo_tool:main\n")
        archive.writestr(f"{info}/RECORD", "")


def source_package(folder: Path, marker: Path) -> None:
    """A package `demo-tool` that would create a file where it is built."""
    setup = (
        f"open({str(marker)!r}, 'w').close()\nfrom setuptools import setup\nsetup(name='demo-tool', version='3.0')\n"
    )
    with tarfile.open(folder / "demo_tool-3.0.tar.gz", "w:gz") as archive:
        for name, text in (("setup.py", setup), ("PKG-INFO", "Metadata-Version: 1.0\nName: demo-tool\nVersion: 3.0\n")):
            info = tarfile.TarInfo(f"demo_tool-3.0/{name}")
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))


def said(chosen, kit, script: str) -> str:
    return chosen.run(Trial((Step(script),), kit.room)).steps[0].output


PYTHON = {"python": ".".join(map(str, sys.version_info[:2]))}


def test_a_python_of_the_machine_is_what_runs(chosen, counter):
    kit = counter.kit(Recipe(), PYTHON)
    assert kit.versions["python"].startswith(PYTHON["python"])
    assert said(chosen, kit, "python -c 'import sys; print(*sys.version_info[:3], sep=\".\")'").split() == [
        kit.versions["python"]
    ]


def test_of_several_pythons_of_a_version_the_newest_is_taken(monkeypatch, counter, tmp_path):
    for version in ("3.4.2", "3.4.10", "3.5.1"):
        program = tmp_path / "pyenv/versions" / version / "bin/python3"
        program.parent.mkdir(parents=True)
        program.touch(0o755)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    assert counter.kit(Recipe(), {"python": "3.4"}).versions == {"python": "3.4.10"}
    assert counter.kit(Recipe(), {"python": "3.4.2"}).versions == {"python": "3.4.2"}


def test_a_python_2_of_pyenv_is_had_by_its_version(monkeypatch, counter, tmp_path):
    program = tmp_path / "pyenv/versions/2.3.4/bin/python2"
    program.parent.mkdir(parents=True)
    program.touch(0o755)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    assert counter.kit(Recipe(), {"python": "2.3"}).versions == {"python": "2.3.4"}


def test_a_folder_of_pythons_that_can_t_be_looked_into_is_passed_over(monkeypatch, counter):
    monkeypatch.setenv("PYENV_ROOT", "/" + "x" * 300)
    with pytest.raises(NotTriedError, match=r"no Python 3\.4 was found"):
        counter.kit(Recipe(), {"python": "3.4"})


def test_what_can_t_be_made_on_this_machine_is_not_tried_and_names_none_of_its_folders(chosen, registry, tmp_path):
    wheel(registry, "1.0")
    (tmp_path / "cache").touch()
    with pytest.raises(NotTriedError, match=r"pypi/demo-tool 1\.0: Not a directory$"):
        Counter(tmp_path / "cache", chosen).kit(Recipe(), {**PYTHON, "pypi/demo-tool": "1.0"})


def test_a_rust_is_one_of_rustup_s_toolchains(monkeypatch, counter, tmp_path):
    for name, version in (("stable", "1.75.0"), ("older", "1.75.0-beta.1"), ("nightly", "1.99.0-nightly")):
        program = tmp_path / "rustup/toolchains" / name / "bin/rustc"
        program.parent.mkdir(parents=True)
        program.write_text(f"#!/bin/sh\necho 'rustc {version} (1a2b3c4d5 2023-12-21)'\n")
        program.chmod(0o755)
    monkeypatch.setenv("RUSTUP_HOME", str(tmp_path / "rustup"))
    assert counter.kit(Recipe(), {"rust": "latest"}).versions == {"rust": "1.75.0"}
    assert counter.kit(Recipe(), {"rust": "1.75"}).versions == {"rust": "1.75.0"}
    assert counter.kit(Recipe(), {"rust": "1"}).versions == {"rust": "1.75.0"}
    assert counter.kit(Recipe(), {"rust": "1.99.0-nightly"}).versions == {"rust": "1.99.0-nightly"}
    with pytest.raises(NotTriedError, match=r"no Rust 1\.2 was found, neither rustup's nor the system's"):
        counter.kit(Recipe(), {"rust": "1.2"})


def test_a_program_of_the_machine_is_there_in_its_own_version_alone(counter):
    (version,) = counter.kit(Recipe(), {"bash": "installed"}).versions.values()
    assert version[0].isdigit()
    assert counter.kit(Recipe(), {"bash": version}).versions == {"bash": version}
    with pytest.raises(NotTriedError, match=rf"bash 1\.0: bash is installed in version {version} alone"):
        counter.kit(Recipe(), {"bash": "1.0"})


def test_a_program_is_asked_for_its_version_in_the_sandbox(counter, tmp_path, monkeypatch):
    program, marker = tmp_path / "bin/kb-demo", tmp_path / "marker"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ntouch {marker}\necho 1.2.3\n")
    program.chmod(0o755)
    monkeypatch.setattr("kb.proofs.tools.programs.SYSTEM_PATH", str(program.parent))
    with pytest.raises(NotTriedError, match="kb-demo does not tell its version"):
        counter.kit(Recipe(), {"kb-demo": "installed"})
    assert not marker.exists()


def test_programs_are_asked_together_and_one_that_says_nothing_takes_no_answer_from_another(counter):
    counter.ask(["true", "bash", "false", "grep"])
    for name in ("bash", "grep"):
        assert counter.kit(Recipe(), {name: "installed"}).versions[name][0].isdigit()


def test_a_program_that_is_not_installed_is_not_tried(counter):
    with pytest.raises(NotTriedError, match="nosuchprogram installed: nosuchprogram is not installed"):
        counter.kit(Recipe(), {"nosuchprogram": "installed"})


def test_a_package_is_had_in_each_of_its_versions(chosen, counter, registry):
    for version in ("1.0", "2.0"):
        wheel(registry, version)
    for version in ("1.0", "2.0"):
        kit = counter.kit(Recipe(), {**PYTHON, "pypi/demo-tool": version})
        assert kit.versions["pypi/demo-tool"] == version
        assert said(chosen, kit, "demo-tool; python -c 'import demo_tool'") == f"demo {version}\n"


def test_the_newest_version_is_told(counter, registry):
    for version in ("1.0", "1.10", "1.9"):
        wheel(registry, version)
    assert counter.kit(Recipe(), {**PYTHON, "pypi/demo-tool": "latest"}).versions["pypi/demo-tool"] == "1.10"


def test_what_was_fetched_once_needs_no_registry_again(chosen, counter, registry, tmp_path):
    wheel(registry, "1.0")
    asked = {**PYTHON, "pypi/demo-tool": "1.0"}
    counter.kit(Recipe(), asked)
    for path in registry.iterdir():
        path.unlink()
    assert said(chosen, Counter(tmp_path / "cache", chosen).kit(Recipe(), asked), "demo-tool") == "demo 1.0\n"


def test_a_version_that_the_registry_does_not_have_is_not_tried(counter, registry):
    wheel(registry, "1.0")
    with pytest.raises(NotTriedError, match=r"pypi/demo-tool 9\.0: it can't be fetched"):
        counter.kit(Recipe(), {**PYTHON, "pypi/demo-tool": "9.0"})


def test_a_registry_that_does_not_answer_is_not_tried(counter, registry, monkeypatch):
    monkeypatch.delenv("UV_NO_INDEX")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    with pytest.raises(NotTriedError, match="it can't be fetched"):
        counter.kit(Recipe(), {**PYTHON, "pypi/demo-tool": "1.0"})


def test_a_package_that_runs_code_where_it_is_built_is_not_built(counter, registry, tmp_path):
    marker = tmp_path / "marker"
    source_package(registry, marker)
    with pytest.raises(NotTriedError, match="it can't be fetched"):
        counter.kit(Recipe(), {**PYTHON, "pypi/demo-tool": "3.0"})
    assert not marker.exists()


def test_what_fetching_left_half_done_is_not_taken_for_whole(chosen, counter, registry, tmp_path):
    kept = tmp_path / "cache/kept"
    with pytest.raises(NotTriedError):
        counter.kit(Recipe(), {**PYTHON, "pypi/demo-tool": "1.0"})
    assert list(kept.iterdir()) == []


@pytest.mark.parametrize("name", ["pypi/demo-tool", "pip", "npm", "npm/left-pad"])
def test_a_package_without_what_it_runs_on_is_not_tried(counter, name):
    with pytest.raises(NotTriedError, match=r"needs a (?:Python|Node\.js): name its version under `with`"):
        counter.kit(Recipe(), {name: "1.0"})


def test_packages_that_a_recipe_lists_have_to_be_pinned(counter):
    with pytest.raises(NotTriedError, match="has to be pinned"):
        counter.kit(Recipe.model_validate({"packages": {"pypi": ["demo-tool"]}}), PYTHON)


def test_why_something_can_t_be_fetched_names_no_registry(counter, registry, monkeypatch):
    monkeypatch.delenv("UV_NO_INDEX")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    with pytest.raises(NotTriedError) as raised:
        counter.kit(Recipe(), {**PYTHON, "pypi/demo-tool": "1.0"})
    assert "127.0.0.1" not in str(raised.value)


def asked(shop: Shop, registry: str, script: str) -> str:
    """What came of asking: what was printed, or why nothing was."""
    try:
        return shop.ask(registry, script, room=Room())
    except NotTriedError as error:
        return str(error)


def test_a_registry_that_is_silent_twice_is_asked_no_more_and_others_are(chosen, tmp_path):
    shop = Shop(tmp_path, chosen, patience=0)
    said = [asked(shop, "npm", "echo no answer; exit 1") for _ in range(2)]
    assert said == ["it can't be fetched: no answer"] * 2
    assert asked(shop, "npm", "echo it answers") == "it can't be fetched: npm does not answer"
    assert asked(shop, "the package index", "echo it answers") == "it answers\n"


def test_a_registry_that_answers_in_between_is_not_silent(chosen, tmp_path):
    shop = Shop(tmp_path, chosen, patience=0)
    said = [asked(shop, "npm", f"echo answer {code}; exit {code}") for code in (1, 0, 1, 0)]
    assert said[3] == "answer 0\n"


def test_a_registry_that_refuses_at_once_is_not_silent(chosen, tmp_path):
    shop = Shop(tmp_path, chosen)
    said = [asked(shop, "npm", "echo no such version; exit 1") for _ in range(3)]
    assert said == ["it can't be fetched: no such version"] * 3


def test_why_nothing_could_be_fetched_names_no_place_of_this_machine_and_no_registry(chosen, tmp_path):
    shop = Shop(tmp_path, chosen)
    script = (
        f"echo 'no answer from https://packages.example/eels and/or a mirror, see {tmp_path}/npm/_logs/1.log'; exit 1"
    )
    assert asked(shop, "npm", script) == "it can't be fetched: no answer from … and/or a mirror, see …"


def of_a_day(place: Path, days: float) -> Path:
    """A folder with a file, last asked for so many days ago."""
    place.mkdir(parents=True)
    (place / "file").write_text("x")
    then = time.time() - days * 86_400
    os.utime(place, (then, then))
    return place


def test_what_no_recipe_asked_for_in_a_month_goes_and_with_it_what_clients_keep(chosen, tmp_path):
    shop = Shop(tmp_path, chosen)
    wanted, unwanted = (shop.kept(name, lambda place: None) for name in ("wanted 1.0", "unwanted 1.0"))
    client = of_a_day(tmp_path / "caches/npm", 0)
    shop.sweep()
    assert client.exists()
    for place in (wanted, unwanted):
        os.utime(place, (0, 0))
    assert shop.kept("wanted 1.0", lambda place: pytest.fail("it is there")) == wanted
    shop.sweep()
    assert [path.name for path in (tmp_path / "kept").iterdir()] == [wanted.name]
    assert not client.exists()


def test_what_a_killed_process_was_fetching_goes_and_what_is_being_fetched_stays(chosen, tmp_path):
    left, current = (
        of_a_day(tmp_path / f"kept/.{name}.fetching", days) for name, days in (("left", 1), ("current", 0))
    )
    unused, client = of_a_day(tmp_path / "kept/a-1", 40), of_a_day(tmp_path / "caches/uv", 0)
    Shop(tmp_path, chosen).sweep()
    assert not left.exists()
    assert not unused.exists()
    assert current.exists()
    assert client.exists()


class Registry(BaseHTTPRequestHandler):
    """A registry of npm with one package, `demo-tool`, which notes what it is asked for."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        place = f"http://{self.headers['Host']}/demo-tool.tgz"
        version = {"name": "demo-tool", "version": "1.2.0", "dist": {"tarball": place}}
        packument = {"name": "demo-tool", "dist-tags": {"latest": "1.2.0"}, "versions": {"1.2.0": version}}
        is_tarball = self.path.endswith(".tgz")
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream" if is_tarball else "application/json")
        self.end_headers()
        self.wfile.write(packed(version) if is_tarball else json.dumps(packument).encode())

    def log_message(self, *_: object) -> None:
        pass


def packed(manifest: dict[str, object]) -> bytes:
    """A package of npm that holds its manifest."""
    content = json.dumps(manifest).encode()
    packing = io.BytesIO()
    with tarfile.open(fileobj=packing, mode="w:gz") as archive:
        info = tarfile.TarInfo("package/package.json")
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    return packing.getvalue()


@pytest.mark.skipif(not shutil.which("npm"), reason="npm is not installed")
def test_the_newest_version_of_a_package_of_npm_is_asked_for_once(counter, monkeypatch):
    if counter.sandbox.name == "sandlock":
        pytest.skip("it lets package clients reach no other ports than those of registries")
    with HTTPServer(("127.0.0.1", 0), Registry) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("NPM_CONFIG_REGISTRY", f"http://127.0.0.1:{server.server_port}/")
        versions = {"node": "installed", "npm/demo-tool": "latest"}
        kits = [counter.kit(Recipe(), versions)]
        questions = len(Registry.asked)
        kits.append(counter.kit(Recipe(), versions))
        server.shutdown()
    assert [kit.versions["npm/demo-tool"] for kit in kits] == ["1.2.0", "1.2.0"]
    assert 0 < questions == len(Registry.asked)


@pytest.mark.skipif(not shutil.which("npm"), reason="npm is not installed")
def test_a_node_that_no_wheel_has_is_npm_s(counter, registry, monkeypatch):
    if counter.sandbox.name == "sandlock":
        pytest.skip("it lets package clients reach no other ports than those of registries")
    monkeypatch.setattr(nodes, "_ON_NPM", dict.fromkeys(nodes._ON_NPM, "demo-tool"))
    with HTTPServer(("127.0.0.1", 0), Registry) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("NPM_CONFIG_REGISTRY", f"http://127.0.0.1:{server.server_port}/")
        kit = counter.kit(Recipe(), {"node": "1.2.0"})
        server.shutdown()
    assert kit.versions == {"node": "1.2.0"}
    assert kit.room.path == (str(kit.supplies["node"].readable[0] / "node_modules/demo-tool/bin"),)
