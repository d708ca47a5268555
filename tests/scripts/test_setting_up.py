"""Setting up where it can't be done ends in a message that says what to do."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
import environment


def test_a_folder_that_can_not_be_written_is_told_from_a_missing_package(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder\n")
    monkeypatch.setattr(environment, "VENV", tmp_path / "file/.venv")
    with pytest.raises(environment.SetupError) as refused:
        environment.ensure("build")
    assert "folder of your own" in str(refused.value)
    assert "apt-get" not in str(refused.value)


def test_the_fuzzer_is_locked_by_hashes():
    lines = (environment.ROOT / "requirements-fuzz.lock").read_text("utf-8").splitlines()
    assert lines[0].startswith("atheris==")
    assert all(line.strip().startswith("--hash=sha256:") for line in lines[1:])


def test_an_environment_for_tests_will_do_for_recipes_and_one_for_recipes_for_builds():
    stamp = {purpose: environment._fingerprint(purpose) for purpose in environment.LOCKS}
    enough = {purpose: environment._sufficient(purpose) for purpose in environment.LOCKS}
    assert enough["build"] == set(stamp.values())
    assert enough["prove"] == {stamp["prove"], stamp["test"]}
    assert enough["test"] == {stamp["test"]}


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A machine of root's with an apt-get that has Chromium without windows if `has_shell`, and a file of its calls."""

    def program(name: str, script: str) -> Path:
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(0o755)
        return path

    def machine(*browsers: str, has_shell: bool) -> Path:
        for name in browsers:
            program(name, "exit 0")
        shell = tmp_path / "bin/chromium-headless-shell"
        made = (
            f"case $* in install*headless-shell) cp {program('apt-get', '')} {shell};; esac"
            if has_shell
            else "exit 100"
        )
        program("apt-get", f"echo $* >> {tmp_path}/called\n{made}")
        monkeypatch.setenv("PATH", f"{tmp_path}/bin:/usr/bin:/bin")
        return tmp_path / "called"

    installed = environment.shutil.which
    monkeypatch.setattr(environment.os, "geteuid", lambda: 0)
    monkeypatch.setattr(environment.shutil, "which", lambda name: installed(name, path=str(tmp_path / "bin")))
    monkeypatch.delenv("KB_CHROMIUM", raising=False)
    return machine


def test_chromium_without_windows_is_installed_beside_one_with_them(programs):
    programs("chromium", has_shell=True)
    assert Path(environment.find_browser(Path(sys.executable))).name == "chromium-headless-shell"


def test_where_chromium_without_windows_can_not_be_had_the_other_one_will_do(programs):
    called = programs("chromium", has_shell=False)
    assert Path(environment.find_browser(Path(sys.executable))).name == "chromium"
    assert "update" in called.read_text("utf-8")


def test_a_browser_that_is_named_is_taken_and_nothing_installed(programs, monkeypatch):
    called = programs("chromium", has_shell=True)
    monkeypatch.setenv("KB_CHROMIUM", "/opt/chrome")
    assert environment.find_browser(Path(sys.executable)) == "/opt/chrome"
    assert not called.exists()


def test_nothing_is_installed_where_chromium_without_windows_is_there(programs):
    called = programs("chromium", "chromium-headless-shell", has_shell=True)
    assert Path(environment.find_browser(Path(sys.executable))).name == "chromium-headless-shell"
    assert not called.exists()
