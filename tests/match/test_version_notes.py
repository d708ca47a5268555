"""What versions say to a reader: found in the text or named, in Python and JavaScript alike."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from command import kb

from kb.match import version_notes, versions_shown

DATA = Path(__file__).parents[1] / "data/match/versions.jsonl"
TWINS = """
import { versionNotes, versionsShown } from "./kb/site/assets/js/match/versions.js";
const cases = JSON.parse(process.argv[1]);
console.log(JSON.stringify(cases.map(({ versions, signature, text }) => {
  const given = versionsShown(text, versions.names);
  return [given, versionNotes(versions, signature, given)];
})));
"""


@pytest.fixture
def base(folder):
    """A knowledge base with an error that came with demo 2.0 and went with 3.0, and was worded anew in 2.5."""
    folder.entry(
        "demo/eels.md",
        affects={"ranges": [{"tool": "demo", "introduced": "2.0", "fixed": "3.0"}]},
        signatures=[
            {"text": "eels in the disk drive", "since": {"demo": "2.5"}},
            {"text": "drive full of eels", "before": {"demo": "2.5"}},
        ],
    )
    return folder.root.parent


def match(base, text, *options):
    (base / "message").write_text(text)
    found = kb("match", "--json", *options, "message", folder=base)
    return json.loads(found.stdout)["versions"]


def test_a_version_in_the_text_tells_whether_to_upgrade(base):
    assert match(base, "demo 2.7.1\neels in the disk drive") == [
        "Fixed in demo 3.0, and yours is 2.7.1: upgrade.",
        "Worded so from demo 2.5 on.",
    ]


def test_a_version_that_is_named_counts_more_than_that_in_the_text(base):
    assert match(base, "demo 2.7.1\neels in the disk drive", "--with", "demo=3.0.1")[0] == (
        "Fixed in demo 3.0, and yours is 3.0.1: the cause may be another one."
    )


def test_the_wording_that_was_met_says_something_of_the_version(base):
    assert match(base, "drive full of eels") == [
        "Fixed in demo 3.0: upgrade if yours is older.",
        "Worded so before demo 2.5.",
    ]


def test_what_versions_say_stands_before_the_fix(base):
    (base / "message").write_text("demo 2.1\ndrive full of eels")
    lines = [line.strip() for line in kb("match", "message", folder=base).stdout.splitlines()]
    assert lines.index("Fixed in demo 3.0, and yours is 2.1: upgrade.") == 2


@pytest.mark.parametrize("value", ["demo", "=3", "demo=", "demo=new"])
def test_what_is_no_version_is_told(base, value):
    (base / "message").write_text("drive full of eels")
    found = kb("match", "--with", value, "message", folder=base)
    assert found.returncode == 2
    assert "is not TOOL=VERSION, such as `pip=26.3`" in found.stderr


CASES = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["note"])
def test_versions_shown_and_notes(case):
    given = versions_shown(case["text"], case["versions"]["names"])
    assert given == case["given"]
    assert version_notes(case["versions"], case["signature"], given) == case["notes"]


def test_javascript_says_the_same():
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node isn't installed")
    root = Path(__file__).parents[2]
    command = [node, "--input-type=module", "--eval", TWINS, json.dumps(CASES)]
    found = subprocess.run(command, cwd=root, capture_output=True, check=True, encoding="utf-8")
    assert json.loads(found.stdout) == [[case["given"], case["notes"]] for case in CASES]
