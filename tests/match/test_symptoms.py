"""What says only that something else failed comes behind what failed, in both languages."""

from dataclasses import asdict

import pytest

from kb.match import Matcher, from_entries, index_files

from .in_node import HERE, in_node, laid

STEP = 'ERROR: process "{{command}}" did not complete successfully in a container that is gone: exit code: {{code}}'
CAUSE = "npm error code {{code:word}}"
PASTED = (
    "npm error code ERESOLVE\n"
    'ERROR: process "npm ci" did not complete successfully in a container that is gone: exit code: 1\n'
)
WITHIN = (
    'ERROR: process "npm error code ERESOLVE" did not complete successfully in a container that is gone: exit code: 1\n'
)


def entries(folder, **step):
    """A message that tells much of a failed step, and a short one of what failed in it."""
    folder.entry("docker/step.md", signatures=[{"text": STEP}], **step)
    folder.entry("npm/cause.md", signatures=[{"text": CAUSE}])
    return folder.load()


@pytest.mark.parametrize(
    ("symptom", "expected"),
    [
        ({}, [["docker/step", "npm/cause"], ["docker/step"], ["docker/step"]]),
        ({"symptom": True}, [["npm/cause", "docker/step"], ["npm/cause", "docker/step"], ["docker/step"]]),
    ],
)
def test_what_failed_is_the_first_answer(folder, tmp_path, symptom, expected):
    """Beside the symptom and within one of its values; alone the symptom is an answer, too."""
    index = laid(index_files(entries(folder, **symptom)), tmp_path / "site") / "match/index"
    texts = [PASTED, WITHIN, PASTED.partition("\n")[2]]
    ours = [[asdict(answer) for answer in Matcher.from_files(index).match(text)] for text in texts]
    assert [[each["id"] for each in answers] for answers in ours] == expected
    assert {each["tier"] for answers in ours for each in answers} == {"exact"}
    assert in_node(HERE / "conformance.mjs", index, [{"text": text} for text in texts], tmp_path) == ours


def test_what_is_there_in_part_stays_behind_the_symptom(folder):
    entries(folder, symptom=True)
    folder.entry("npm/other.md", signatures=[{"text": "npm error peer {{peer}} of the root project isn't here at all"}])
    text = PASTED.replace("code ERESOLVE", "peer react of the root project isn't here at")
    assert [found.entry for found in from_entries(folder.root).find(text, 5)] == ["docker/step", "npm/other"]


def test_of_a_long_log_the_symptom_is_behind_as_well(folder):
    entries(folder, symptom=True)
    found = from_entries(folder.root).find_best([PASTED, "\nand so on\n" * 100], 5)
    assert [(known.entry, known.is_symptom) for known in found] == [("npm/cause", False), ("docker/step", True)]


def test_a_proof_asks_what_a_text_shows_most_of_all(folder):
    entries(folder, symptom=True)
    found = from_entries(folder.root).find(PASTED, 3, for_readers=False)
    assert [known.entry for known in found] == ["docker/step", "npm/cause"]


def test_the_key_is_true_or_false(folder):
    folder.entry("docker/step.md", signatures=[{"text": STEP}], symptom="often")
    (defect,) = folder.load().sources[0].defects
    assert "symptom" in defect.message
