"""A drafted workaround that can be run is run, in the sandbox, before anybody sees the draft."""

import re
from pathlib import Path

import pytest
from command import kb
from model_stand_in import answer, completion, said, serve_model, step
from proofs.recipes import PROGRAM, PROVOKE, entry_of, knowledge_base

from kb.entry import load_collection
from kb.proofs import SandboxError, choose_sandbox

NAME = "demo/no-port"
SOURCE = f"entry {NAME}"
HELPS = "printf 'port=80\\n' > settings.txt"
ANSWER = answer(
    workarounds=[
        step(said("Ask again", SOURCE), said("```sh\ntouch settings.txt\n```", SOURCE)),
        step(said("Say which port", SOURCE), said("```sh\nsh demo.sh --port <port>\n```", SOURCE)),
        step(said("Wait for more", SOURCE), said("The demo wants to be told more.", SOURCE)),
        step(said("Name the port", SOURCE), said(f"```sh\n{HELPS}\n```", SOURCE)),
    ]
)


@pytest.fixture(scope="module", autouse=True)
def sandbox():
    try:
        choose_sandbox()
    except SandboxError:
        pytest.skip("no sandbox works on this machine")


@pytest.fixture
def draft(tmp_path, monkeypatch):
    """A function that drafts the workarounds of an entry with a recipe; `proof` is another one."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def run(*arguments: str, proof: str = PROGRAM + PROVOKE, **environ: str):
        folder = knowledge_base(tmp_path, proof)
        file = folder / "entries" / f"{NAME}.md"
        file.write_text(f"{entry_of(folder)}\n## Notes\n\n```sh\ntouch settings.txt\n```\n")
        with serve_model() as model:
            model.replies = [completion(ANSWER)]
            where = {"KB_AI_BASE_URL": model.url, "KB_AI_MODEL": "example-model"} | environ
            wanted = ("--section", "workarounds", "--replace")
            return kb("draft", NAME, *wanted, *arguments, folder=folder, **where)

    return run


def outcomes(finished) -> dict[str, str]:
    assert finished.returncode == 0, finished.stderr
    return dict(re.findall(r"^  workaround '(.*?)': (.*)\.$", finished.stderr, re.MULTILINE))


def test_each_workaround_says_what_came_of_it_and_the_proven_one_comes_first(draft, tmp_path):
    found = outcomes(draft("--write"))
    assert list(found) == ["Name the port", "Ask again", "Say which port", "Wait for more"]
    assert found["Name the port"] == "proven (no tools)"
    assert found["Ask again"].startswith("not: the check fails after it: demo: no port is named in ")
    assert found["Say which port"].startswith("can't be run here: workaround 2 has <port>, and nothing says")
    assert found["Wait for more"].startswith("can't be run here: workaround 3 has no block of code 1")
    entry = load_collection(tmp_path / "entries").by_id[NAME]
    assert entry.workarounds[0].title == "Name the port"
    assert entry.unreviewed == {"workarounds"}
    assert [(fix.workaround, fix.run) for fix in entry.proof.fixes] == [(1, True)]
    assert kb("prove", "--record", NAME, folder=tmp_path).returncode == 0
    assert kb("check", folder=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("proof", "why"),
    [
        ("  unprovable: It takes a paid account", "no machine can try it: It takes a paid account"),
        (PROGRAM + "  provoke: sh demo.sh --port 80\n", "the error is absent with no tools"),
    ],
)
def test_where_nothing_can_be_run_the_command_says_why(draft, proof, why):
    found = outcomes(draft(proof=proof))
    assert found["Name the port"].startswith("can't be run here: ")
    assert why in found["Name the port"]


def test_without_a_sandbox_nothing_is_run(draft, monkeypatch, tmp_path):
    def none():
        raise SandboxError("bwrap is not there\nnor is podman")

    monkeypatch.setattr("kb.cli.draft_proofs.choose_sandbox", none)
    found = outcomes(draft())
    assert found["Name the port"] == "can't be run here: no sandbox works (bwrap is not there)"
    assert not Path(tmp_path / "settings.txt").exists()
