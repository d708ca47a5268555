"""Folders of broken entries, and what a contributor reads about each: the whole report, kept as a snapshot.

`tests/data/broken/<case>/entries/` is what is wrong; `expected.txt` beside it is the report, and `mended.diff` is what
`--fix` does about it, where it can do something. A case that is called after a rule (`kb302-no-such-entry`) breaks that
rule and no other. `answers.json` has what other sites would answer, `published/` what was published before.

When a report has changed on purpose, rewrite the snapshots, then read the difference before it is committed:

    KB_UPDATE_SNAPSHOTS=1 python -m pytest tests/checks/test_broken_entries.py
"""

import json
import os
import shutil
from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest

from kb.checks import Diagnostic, Published, all_rules, check, mend, to_report
from kb.checks.web import LinkAnswer, Outcome
from kb.entry import load_collection

BROKEN = Path(__file__).parents[1] / "data/broken"
CASES = sorted(path.name for path in BROKEN.iterdir())
TODAY = date(2026, 6, 1)


def answers_for(case: str) -> dict[str, LinkAnswer] | None:
    file = BROKEN / case / "answers.json"
    if not file.exists():
        return None
    given = json.loads(file.read_text(encoding="utf-8"))
    return {address: LinkAnswer(Outcome(outcome), *rest) for address, (outcome, *rest) in given.items()}


def published_before(case: str) -> Published | None:
    folder = BROKEN / case / "published"
    return Published(load_collection(folder).sources) if folder.exists() else None


def mended(root: Path, case: str, most_rounds: int = 12) -> int:
    """Mend a folder until nothing can be mended; how many rounds had something to mend."""
    for number in range(most_rounds):
        collection = load_collection(root)
        changes = mend(
            collection, check(collection, TODAY, answers=answers_for(case), published=published_before(case))
        )
        if not changes:
            return number
        for change in changes:
            change.path.write_text(change.text, encoding="utf-8", newline="")
    return most_rounds


@pytest.fixture
def diagnose(monkeypatch):
    """What is wrong with a case, with paths as they are from its folder."""

    def found_in(case: str) -> list[Diagnostic]:
        monkeypatch.chdir(BROKEN / case)
        return check(
            load_collection(Path("entries")), TODAY, answers=answers_for(case), published=published_before(case)
        )

    return found_in


@pytest.mark.parametrize("case", CASES)
def test_the_report_is_the_one_that_was_approved(diagnose, case):
    report = to_report(diagnose(case)) + "\n"
    snapshot = BROKEN / case / "expected.txt"
    if os.environ.get("KB_UPDATE_SNAPSHOTS"):
        snapshot.write_text(report, encoding="utf-8")
    assert report == snapshot.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_what_is_mended_is_what_was_approved(case, tmp_path):
    before, after = BROKEN / case / "entries", tmp_path / "entries"
    shutil.copytree(before, after, symlinks=True)
    rounds = mended(after, case)
    diff = "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for path in sorted(path.relative_to(after) for path in after.rglob("*") if path.is_file())
        if (before / path).read_bytes() != (after / path).read_bytes()
        for line in unified_diff(
            (before / path).read_text(encoding="utf-8").splitlines(keepends=True),
            (after / path).read_text(encoding="utf-8").splitlines(keepends=True),
            path.as_posix(),
            path.as_posix(),
        )
    )
    snapshot = BROKEN / case / "mended.diff"
    if os.environ.get("KB_UPDATE_SNAPSHOTS"):
        snapshot.write_text(diff, encoding="utf-8") if diff else snapshot.unlink(missing_ok=True)
    assert diff == (snapshot.read_text(encoding="utf-8") if snapshot.exists() else "")
    assert rounds < 12


@pytest.mark.parametrize("code", [code for code, rule in all_rules().items() if rule.mended])
def test_a_rule_that_says_so_mends_one_of_its_cases(code):
    assert [case for case in BROKEN.glob(f"{code.lower()}-*") if (case / "mended.diff").exists()] != []


@pytest.mark.parametrize("case", [case for case in CASES if case.startswith("kb")])
def test_a_case_breaks_the_rule_that_it_is_called_after_and_no_other(diagnose, case):
    assert {diagnostic.code for diagnostic in diagnose(case)} == {case[:5].upper()}


@pytest.mark.parametrize("code", all_rules())
def test_every_rule_has_a_case(code):
    assert [case for case in CASES if case.startswith(f"{code.lower()}-")] != []


@pytest.mark.parametrize("code", all_rules())
def test_every_diagnostic_of_a_rule_says_what_to_do(diagnose, code):
    cases = [case for case in CASES if case.startswith(f"{code.lower()}-")]
    assert [str(found) for case in cases for found in diagnose(case) if not found.hint] == []


@pytest.mark.parametrize(("unless", "codes"), [("ref.lock", []), ("another.lock", ["KB405"])])
def test_an_example_that_a_signature_rules_out_is_not_matched_by_it(tmp_path, unless, codes):
    shutil.copytree(BROKEN / "kb405-another-s-example/entries", tmp_path / "entries")
    path = tmp_path / "entries/git/index-lock.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("{{path}}'\"\n", f"{{{{path}}}}'\"\n    unless: [{unless}]\n"), "utf-8")
    assert [problem.code for problem in check(load_collection(tmp_path / "entries"), TODAY)] == codes
