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
