"""The servers that recipes name, started for real where their programs are installed."""

import shutil
from pathlib import Path
from typing import get_args

import pytest

from kb.entry import ServiceName
from kb.proofs.sandbox import SandboxError, Step, Trial
from kb.proofs.sandbox.bubblewrap import bubblewrap
from kb.proofs.services import SERVICES, starting

NEEDED = {"https-self-signed": "openssl", "http": "python3", "postgresql": "initdb"}
ASKED = {
    "https-self-signed": ("curl -sS https://localhost:8443/ || exit 0", "self-signed certificate"),
    "http": ("curl -sS http://localhost:8080/", "Directory listing"),
    "postgresql": ("psql -h 127.0.0.1 -U postgres -Atc \"select 'it ' || 'answers'\"", "it answers"),
}


def test_each_service_that_a_recipe_may_name_has_its_set_up():
    assert set(get_args(ServiceName)) == set(SERVICES) == set(ASKED)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_answers_inside_of_the_sandbox(name):
    there = shutil.which(NEEDED[name]) or list(Path("/usr/lib/postgresql").glob(f"*/bin/{NEEDED[name]}"))
    if not there or not shutil.which(ASKED[name][0].split()[0]):
        pytest.skip("its programs are not installed")
    try:
        sandbox = bubblewrap()  # others have no loopback of their own
    except SandboxError:
        pytest.skip("bubblewrap does not work on this machine")
    command, answer = ASKED[name]
    started, asked = sandbox.run(Trial((Step(starting([name]), must_succeed=True), Step(command)))).steps
    assert (started.code, asked.code) == (0, 0), started.output + asked.output
    assert answer in asked.output
