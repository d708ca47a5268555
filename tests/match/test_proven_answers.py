"""What `kb match`, `kb reply` and `kb search` say of proofs; in Python and JavaScript alike."""

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from command import kb
from recorded import STEPS, record, tried
from warm import started

from kb.match import build_index, fix_files, from_entries, from_site, proven_line

DATA = Path(__file__).parents[1] / "data/match/proven.jsonl"
NEW = {"python": "3.13.0", "pip": "26.3"}
PROVEN = "Proven: workaround 2 with python 3.13.0, pip 26.3, 2026-11-28"
TWINS = """
import { provenLine } from "./kb/site/assets/js/proven.js";
const cases = JSON.parse(process.argv[1]);
console.log(JSON.stringify(cases.map(({ proofs, today }) => provenLine(proofs, new Date(`${today}T23:59:59Z`)))));
"""


@pytest.fixture
def base(folder):
    """A knowledge base with an entry of which the second workaround is proven, and one of which nothing is."""
    record(folder, "git/proven.md", tried(NEW, "-", "proven"), signatures=[{"text": "eels in the disk drive"}])
    folder.entry("git/other.md", signatures=[{"text": "herrings in the disk drive"}])
    return folder.root.parent


def match(base, message, *options):
    (base / "message").write_text(message)
    return kb("match", *options, "message", folder=base).stdout


def test_code_of_an_answer_keeps_its_tabs_and_writes_out_what_a_terminal_would_obey(base, folder):
    prose = "## Summary\nS.\n\n## Cause\nC.\n\n## Workaround: Build\n```make\nall:\n\tcc\u200b app.c\n```\n"
    folder.entry("git/tabs.md", prose, signatures=[{"text": "sprats in the disk drive"}])
    assert "\n    \tcc\\u200b app.c\n" in match(base, "sprats in the disk drive\n")


def test_match_as_a_process_says_in_a_line_what_is_proven_and_shows_that_workaround(base):
    command, text = [*started("kb"), "match"], "eels in the disk drive\n"
    run = subprocess.run(command, cwd=base, input=text, capture_output=True, text=True, check=True)
    lines = [line.strip() for line in run.stdout.splitlines()]
    assert lines.count(PROVEN) == 1
    assert "Workaround 2: Two" in lines
    assert "Workaround 1: One" not in lines


def test_match_says_nothing_of_proofs_where_there_are_none(base):
    assert "roven" not in match(base, "herrings in the disk drive")


def test_match_has_proofs_as_data(base):
    found = json.loads(match(base, "eels in the disk drive", "--json"))
    assert found["proven"] == [{"workaround": 2, "versions": "python 3.13.0, pip 26.3", "day": "2026-11-28"}]
    assert (found["workaround"]["number"], found["workaround"]["title"]) == (2, "Two")
    other = json.loads(match(base, "herrings in the disk drive", "--json"))
    assert (other["proven"], other["workaround"]["number"]) == ([], 1)


def test_search_marks_what_is_proven(base):
    assert "  Two\n  A workaround is proven, 2026-11-28\n" in kb("search", "eels", folder=base).stdout
    assert "proven" not in kb("search", "herrings", folder=base).stdout
    listed = kb("search", "--json", "disk drive", folder=base).stdout.splitlines()
    assert {one["id"]: one["proven"] for one in map(json.loads, listed)} == {
        "git/proven": "2026-11-28",
        "git/other": None,
    }


def test_a_reply_says_that_its_workaround_is_proven(base):
    first = kb("reply", "-", "--url", "https://x.example/", folder=base, stdin="eels in the disk drive").stdout
    assert " The workaround below is proven with python 3.13.0, pip 26.3, 2026-11-28.\n" in first
    assert "### Two" in first


def test_a_reply_with_another_workaround_says_which_one_is_proven(folder):
    word = [{"text": "eels in the disk drive"}]
    record(folder, "git/kept.md", tried(NEW, "-", "proven"), signatures=word, keep_order="2 is for a narrow case.")
    reply = kb("reply", "-", "--url", "https://x.example/", folder=folder.root.parent, stdin=word[0]["text"]).stdout
    assert " Its workaround 2 is proven with python 3.13.0, pip 26.3, 2026-11-28.\n" in reply
    assert "### One" in reply


def test_what_did_not_help_with_the_newest_versions_is_not_said_to_be_proven(folder):
    runs = tried({"pip": "20.3"}, "proven"), tried({"pip": "26.3"}, "failed")
    record(folder, "git/a.md", *runs, steps=STEPS[:1], signatures=[{"text": "eels in the disk drive"}])
    assert "roven" not in match(folder.root.parent, "eels in the disk drive")


def vectors() -> list[dict]:
    return [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]


def write_site(folder: Path, proofs: object) -> str:
    """The files of somebody's site that matching reads: an entry whose fix has these proofs."""
    fix = dict.fromkeys(("title", "product", "summary", "step", "markdown", "html"), "x")
    files = fix_files([{"id": "git/a", **fix, "number": 1, "proven": proofs}])
    files = {f"fixes/{name}": content for name, content in files.items()}
    files |= {f"index/{name}": content for name, content in build_index([("git/a", "eels in the disk drive")]).items()}
    for name, content in files.items():
        (folder / "match" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "match" / name).write_bytes(content)
    return str(folder)


@pytest.mark.parametrize("case", vectors(), ids=lambda case: case["note"])
def test_proofs_are_said_in_one_line(case, tmp_path):
    read = from_site(write_site(tmp_path, case["proofs"])).fix("git/a")
    assert read
    assert proven_line(read["proven"], date.fromisoformat(case["today"])) == case["line"]


def test_javascript_says_the_same(repository_root):
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node isn't installed")
    command = [node, "--input-type=module", "--eval", TWINS, json.dumps(vectors())]
    run = subprocess.run(command, cwd=repository_root, capture_output=True, encoding="utf-8", check=True)
    assert json.loads(run.stdout) == [case["line"] for case in vectors()]


def test_an_entry_s_file_and_its_site_give_the_same_fix(base):
    known = from_entries(base / "entries").fix("git/proven")
    assert known
    assert (known["number"], known["step"], len(known["proven"])) == (2, "Two", 1)


def test_versions_of_somebody_s_site_are_plain_words_in_a_reply_and_a_terminal(tmp_path):
    versions = "<b> [x](https://evil.example) @acme \x1b[31m"
    site = write_site(tmp_path, [{"workaround": 1, "versions": versions, "day": "2026-11-28"}])
    asked = ("--site", site, "--url", "https://x.example/")
    first = kb("reply", "-", *asked, folder=tmp_path, stdin="eels in the disk drive").stdout.splitlines()[0]
    assert "The workaround below is proven with" in first
    assert not [part for part in ("<b>", "](https://evil", "@acme", "://evil") if part in first]
    assert "\x1b" not in match(tmp_path, "eels in the disk drive", "--site", site)
