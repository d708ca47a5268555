"""The servers that recipes name, started for real where their programs are installed."""

import shutil
from pathlib import Path
from typing import get_args

import pytest

from kb.entry import ServiceName
from kb.proofs.sandbox import Sandbox, SandboxError, Step, Trial
from kb.proofs.sandbox.bubblewrap import bubblewrap
from kb.proofs.services import SERVICES, starting

NEEDED = {
    "https-self-signed": "openssl",
    "http": "python3",
    "mariadb": "mariadbd",
    "postgresql": "initdb",
    "redis": "redis-server",
    "sshd": "/usr/sbin/sshd",
}
ASKED = {
    "https-self-signed": ("curl -sS https://localhost:8443/ || exit 0", "self-signed certificate"),
    "http": ("curl -sS http://localhost:8080/", "Directory listing"),
    "mariadb": ("mariadb --table -e 'select \"it answers\"'", "it answers"),
    "postgresql": ("psql -h 127.0.0.1 -U postgres -Atc \"select 'it ' || 'answers'\"", "it answers"),
    "redis": ("redis-cli ping", "PONG"),
    "sshd": ("ssh -p 2222 -i ~/.ssh/deploy_key 127.0.0.1 echo it answers", "it answers"),
}


def test_each_service_that_a_recipe_may_name_has_its_set_up():
    assert set(get_args(ServiceName)) == set(SERVICES) == set(ASKED)


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    """Others have no loopback of their own."""
    try:
        return bubblewrap()
    except SandboxError:
        pytest.skip("bubblewrap does not work on this machine")


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_answers_inside_of_the_sandbox(name, sandbox):
    there = shutil.which(NEEDED[name]) or list(Path("/usr/lib/postgresql").glob(f"*/bin/{NEEDED[name]}"))
    if not there or not shutil.which(ASKED[name][0].split()[0]):
        pytest.skip("its programs are not installed")
    command, answer = ASKED[name]
    started, asked = sandbox.run(Trial((Step(starting([name]), must_succeed=True), Step(command)))).steps
    assert (started.code, asked.code) == (0, 0), started.output + asked.output
    assert answer in asked.output


@pytest.mark.skipif(not shutil.which("/usr/sbin/sshd"), reason="sshd is not installed")
def test_settings_of_a_recipe_come_before_those_of_the_sshd_that_it_names(sandbox):
    steps = (
        Step(starting(["sshd"]), {"sshd_config": "HostKeyAlgorithms ssh-ed25519\n"}, must_succeed=True),
        Step("ssh -p 2222 -o HostKeyAlgorithms=rsa-sha2-512 127.0.0.1 true"),
    )
    started, asked = sandbox.run(Trial(steps)).steps
    assert started.code == 0, started.output
    assert "Their offer: ssh-ed25519" in asked.output
