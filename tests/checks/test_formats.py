"""What other programs read: JSON, annotations of GitHub, SARIF."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kb.checks import Diagnostic, Edit, all_rules, check, to_github, to_json, to_sarif
from kb.entry import Position, load_collection

BROKEN = Path(__file__).parents[1] / "data/broken"
FOUND = Diagnostic(
    Path("entries/git/a,b: 100%.md"),
    Position(3, 7),
    "KB104",
    "unknown key 'tag', 50% \n of it: ::error::",
    "tag: [a]",
    "Did you mean 'tags'?",
    (Edit(Position(3, 1), Position(3, 4), "tags"),),
)


@pytest.fixture
def everything(monkeypatch) -> list[Diagnostic]:
    """What is wrong with all the broken folders."""
    monkeypatch.chdir(BROKEN)
    folders = sorted(Path().glob("*/entries"))
    return [found for folder in folders for found in check(load_collection(folder), date(2026, 6, 1))]


def test_json_says_where_what_why_and_how():
    problem = json.loads(to_json([FOUND]))["problems"][0]
    assert (problem["file"], problem["line"], problem["column"]) == ("entries/git/a,b: 100%.md", 3, 7)
    assert (problem["code"], problem["name"], problem["family"]) == ("KB104", "unknown-key", "format")
    assert problem["why"] == all_rules()["KB104"].why
    assert problem["fix"] == [{"start": {"line": 3, "column": 1}, "end": {"line": 3, "column": 4}, "text": "tags"}]


def test_json_without_problems_is_json_too():
    assert json.loads(to_json([])) == {"version": 1, "count": 0, "problems": [], "more": []}


def test_an_annotation_is_one_line_whatever_the_problem_says():
    first, *rest = to_github([FOUND]).split("\n")
    assert first == (
        "::error file=entries/git/a%2Cb%3A 100%25.md,line=3,col=7,title=KB104 unknown-key::"
        "unknown key 'tag', 50%25 \\u000a of it: ::error::%0ADid you mean 'tags'?"
    )
    assert rest == ["1 problem in 1 file; `kb check --fix` mends 1."]


def test_no_text_of_an_entry_can_start_a_workflow_command(everything):
    lines = to_github(everything).split("\n")
    assert len(lines) == len(everything) + 1
    assert [line for line in lines[:-1] if not line.startswith(("::error file=", "::warning file="))] == []


def test_paths_are_those_of_the_working_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    found = Diagnostic(tmp_path / "entries/git/a.md", Position(1, 1), "KB101", "empty")
    assert "file=entries/git/a.md," in to_github([found])
    assert json.loads(to_json([found]))["problems"][0]["file"] == "entries/git/a.md"


def test_sarif_has_what_code_scanning_needs(everything):
    """See SARIF 2.1.0, OASIS standard: properties that are required, and the ones that GitHub reads."""
    log = json.loads(to_sarif(everything, "https://kb.example"))
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (log["version"], driver["name"], run["columnKind"]) == ("2.1.0", "kb", "unicodeCodePoints")
    assert [rule["id"] for rule in driver["rules"]] == list(all_rules())
    assert len(run["results"]) == len(everything)
    for result, found in zip(run["results"], everything, strict=True):
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == found.code
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) == found.position
        assert not location["physicalLocation"]["artifactLocation"]["uri"].startswith(("/", "file:"))
        assert len(result.get("fixes", [])) == bool(found.fix)


def test_a_fix_is_a_replacement_in_sarif():
    (fix,) = json.loads(to_sarif([FOUND]))["runs"][0]["results"][0]["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "entries/git/a%2Cb%3A%20100%25.md"
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 4},
            "insertedContent": {"text": "tags"},
        }
    ]


def test_a_rule_s_page_is_its_help(everything):
    rules = json.loads(to_sarif([], "https://kb.example/"))["runs"][0]["tool"]["driver"]["rules"]
    assert rules[0]["helpUri"] == "https://kb.example/rules/kb101/"
    assert "helpUri" not in json.loads(to_sarif([]))["runs"][0]["tool"]["driver"]["rules"][0]


def test_a_problem_keeps_its_fingerprint_when_lines_are_added_above():
    moved = Diagnostic(FOUND.path, Position(9, 7), FOUND.code, FOUND.message, FOUND.source_line, FOUND.hint)
    one, other = json.loads(to_sarif([FOUND, moved]))["runs"][0]["results"]
    assert one["partialFingerprints"] == other["partialFingerprints"]


@pytest.mark.parametrize("write", [to_json, to_github, to_sarif])
def test_what_is_written_is_text_even_of_a_name_that_is_none(write):
    found = Diagnostic(Path("entries/git/\udcff.md"), Position(1, 1), "KB108", "\x1b[31m \udcff")
    assert write([found]).encode("ascii", "strict" if write is not to_github else "replace")


def test_programs_too_get_a_hundred_problems_of_a_file_and_the_number_of_the_others():
    found = [replace(FOUND, position=Position(line, 1)) for line in range(1, 204)]
    data = json.loads(to_json(found))
    assert (data["count"], len(data["problems"])) == (203, 100)
    assert data["more"] == [{"file": data["problems"][0]["file"], "count": 103, "at_least": False}]
    assert next(line for line in to_github(found).split("\n") if "more" in line).endswith(": … and 103 more")
    (run,) = json.loads(to_sarif(found))["runs"]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert (len(run["results"]), note["message"]["text"].endswith("… and 103 more")) == (100, True)


@pytest.mark.parametrize("write", [to_json, to_sarif])
def test_a_very_long_line_is_told_in_part(write):
    line = "a" * 400_000 + "here" + "b" * 400_000
    text = write([replace(FOUND, source_line=line, position=Position(1, 400_001))])
    assert "here" in text
    assert len(text) < 100_000
