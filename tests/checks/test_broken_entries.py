"""Folders of broken entries, and what a contributor reads about each: the whole report, kept as a snapshot.

`tests/data/broken/<case>/entries/` is what is wrong; `tests/data/broken/<case>/expected.txt` is the report. A case
that is called after a rule (`kb302-no-such-entry`) breaks that rule and no other.

When a report has changed on purpose, rewrite the snapshots, then read the difference before it is committed:

    KB_UPDATE_SNAPSHOTS=1 python -m pytest tests/checks/test_broken_entries.py
"""

import os
from datetime import date
from pathlib import Path

import pytest

from kb.checks import Diagnostic, all_rules, check, to_report
from kb.entry import load_collection

BROKEN = Path(__file__).parents[1] / "data/broken"
CASES = sorted(path.name for path in BROKEN.iterdir())
TODAY = date(2026, 6, 1)


@pytest.fixture
def diagnose(monkeypatch):
    """What is wrong with a case, with paths as they are from its folder."""

    def found_in(case: str) -> list[Diagnostic]:
        monkeypatch.chdir(BROKEN / case)
        return check(load_collection(Path("entries")), TODAY)

    return found_in


@pytest.mark.parametrize("case", CASES)
def test_the_report_is_the_one_that_was_approved(diagnose, case):
    report = to_report(diagnose(case)) + "\n"
    snapshot = BROKEN / case / "expected.txt"
    if os.environ.get("KB_UPDATE_SNAPSHOTS"):
        snapshot.write_text(report, encoding="utf-8")
    assert report == snapshot.read_text(encoding="utf-8")


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
