"""`kb prove --draft`: signatures proposed for what recipes print and no entry's signature matches."""

import subprocess
from pathlib import Path

import pytest
from command import kb

from kb.entry import load_collection
from kb.proofs.tools.pythons import Pythons
from proofs.recipes import GOOD, PROGRAM, PROVOKE, entry_of, knowledge_base

OTHER_WORDING = PROGRAM.replace(
    "demo: no port is named in $PWD/settings.txt", "demo: $PWD/settings.txt names no port to listen on"
)


@pytest.fixture(autouse=True)
def own_cache(monkeypatch, tmp_path_factory):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def saying(message: str) -> str:
    """A recipe that prints a message and fails."""
    return f"  provoke: |-\n    echo '{message}'; exit 3\n"


def draft(folder: Path, *arguments: str):
    return kb("prove", "--draft", "demo/no-port", *arguments, folder=folder)


def signatures(folder: Path):
    return load_collection(folder / "entries").by_id["demo/no-port"].signatures


def test_another_wording_is_proposed_as_a_diff_that_applies(tmp_path):
    folder = knowledge_base(tmp_path, OTHER_WORDING + PROVOKE)
    before = entry_of(folder)
    proposed = draft(folder)
    assert proposed.returncode == 0, proposed.stderr
    added = [line for line in proposed.stdout.splitlines() if line.startswith(("+", "-"))]
    assert added == [
        "--- entries/demo/no-port.md",
        "+++ entries/demo/no-port.md",
        '+  - text: "demo: {{path:path}} names no port to listen on"',
        "+    examples:",
        '+      - "demo: /home/user/project/settings.txt names no port to listen on"',
    ]
    assert entry_of(folder) == before
    patch = ["git", "apply", "-p0"]
    subprocess.run(patch, input=proposed.stdout, cwd=folder, text=True, check=True)
    assert len(signatures(folder)) == 2


def test_what_is_proposed_can_be_written_and_is_then_provoked(tmp_path):
    folder = knowledge_base(tmp_path, OTHER_WORDING + PROVOKE)
    assert draft(folder, "--write").returncode == 0
    assert [signature.text for signature in signatures(folder)][1] == "demo: {{path:path}} names no port to listen on"
    assert kb("check", "--no-cache", folder=folder).returncode == 0
    assert "provoked (signature 2)" in kb("prove", folder=folder).stdout
    again = draft(folder)
    assert (again.returncode, again.stdout) == (0, "")


def about_eels(folder: Path) -> None:
    """Give the entry a signature with placeholders that nobody would guess."""
    file = folder / "entries/demo/no-port.md"
    text = entry_of(folder).replace("demo: no port is named in {{file:path}}", EELS)
    file.write_text(
        text.replace("demo: no port is named in /srv/demo/settings.txt", "demo: no eel of Oslo is in barrel x")
    )


EELS = "demo: no eel of {{town}} is in barrel {{barrel}}"


def test_placeholders_stand_where_the_entry_s_own_signature_has_them(tmp_path):
    folder = knowledge_base(tmp_path, saying("demo: not one eel of Bergen is found in barrel x"))
    about_eels(folder)
    assert draft(folder, "--write").returncode == 0
    assert signatures(folder)[1].text == "demo: not one eel of {{town}} is found in barrel {{barrel}}"


def test_what_stood_for_a_placeholder_in_another_version_is_one_in_this_version_too(tmp_path):
    versions = sorted({f"{one.major}.{one.minor}" for one in Pythons()._found})
    if len(versions) < 2:
        pytest.skip("one version of Python alone is installed")
    one, other = versions[:2]
    proof = f"""\
  with: {{python: ["{one}", "{other}"]}}
  files:
    demo.py: |
      import sys
      known = "{one}" == ".".join(map(str, sys.version_info[:2]))
      sys.exit("demo: no eel of Bergen is in barrel tall" if known else "demo: barrel tall is empty, says Bergen")
  provoke: python demo.py
"""
    folder = knowledge_base(tmp_path, proof)
    about_eels(folder)
    assert draft(folder, "--write").returncode == 0
    assert signatures(folder)[1].text == "demo: barrel {{barrel}} is empty, says {{town}}"


def test_two_combinations_of_one_wording_give_one_signature(tmp_path):
    folder = knowledge_base(tmp_path, "  with: {bash: [installed, '5']}\n" + OTHER_WORDING + PROVOKE)
    draft(folder, "--write")
    assert len(signatures(folder)) == 2


REFUSED = {
    "an example of another entry": (
        "demo: the port is lost in /srv/demo/settings.txt",
        "would match an example of demo/no-port-2, too",
    ),
    "no words of its own": ("Error: 17", "no signature is proposed"),
    "a secret": ("demo: no port is in ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8", "such as a secret"),
}


@pytest.mark.parametrize(("printed", "said"), REFUSED.values(), ids=REFUSED)
def test_a_signature_that_may_not_stand_there_is_refused_with_the_reason(tmp_path, printed, said):
    folder = knowledge_base(tmp_path, saying(printed), GOOD)
    other = folder / "entries/demo/no-port-2.md"
    # The other entry's example has this wording, and its signature is about a word that stands there alone.
    other.write_text(
        other.read_text()
        .replace('"demo 2: no port is named in {{file:path}}"', '"the port is lost in {{file:path}} for all of us"')
        .replace(
            '"demo 2: no port is named in /srv/demo/settings.txt"',
            '"demo: the port is lost in /srv/demo/other.txt\\nthe port is lost in /srv/x for all of us"',
        )
    )
    before = entry_of(folder)
    proposed = draft(folder, "--write")
    assert said in proposed.stderr
    assert (proposed.returncode, proposed.stdout) == (1, "")
    assert entry_of(folder) == before


def test_what_another_entry_answers_first_is_told_and_not_drafted(tmp_path):
    folder = knowledge_base(tmp_path, saying("demo 2: no port is named in /srv/x"), GOOD)
    proposed = draft(folder, "--write")
    assert "another entry comes first: demo/no-port-2" in proposed.stderr
    assert proposed.returncode == 1
    assert len(signatures(folder)) == 1


def test_where_nothing_could_be_tried_nothing_is_proposed(tmp_path):
    folder = knowledge_base(tmp_path, '  with: {python: "1.4"}\n' + GOOD)
    proposed = draft(folder)
    assert (proposed.returncode, proposed.stdout) == (3, "")


@pytest.mark.parametrize("options", [("--write",), ("--draft", "--record"), ("--draft", "--format", "json")])
def test_options_that_do_not_go_together_are_told(tmp_path, options):
    finished = kb("prove", *options, folder=knowledge_base(tmp_path, GOOD))
    assert finished.returncode == 2
    assert "--draft goes with neither" in " ".join(finished.stderr.replace("│", "").split())
