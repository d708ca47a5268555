"""Waivers: what an entry says, with a reason, is meant so; and what no entry can say that of."""

from datetime import date

import pytest

from kb.checks import check
from kb.checks.web import LinkAnswer, Outcome
from kb.entry import load_collection

TODAY = date(2026, 6, 1)
REASON = "the folder is one that the reader has just made"
LOSS = "## Summary\n\nS\n\n## Cause\n\nC\n\n## Workaround: W\n\n```sh\nrm -rf demo\n```\n"
LINK = "## Summary\n\nS\n\n## Cause\n\n[C](https://pages.example/c)\n\n## Workaround: W\n\nB\n"


@pytest.fixture
def codes(folder):
    """The rules that an entry breaks."""

    def found(prose: str = LOSS, answers=None, **keys: object) -> list[str]:
        folder.entry("git/a.md", prose, **keys)
        return [each.code for each in check(load_collection(folder.root), TODAY, answers=answers)]

    return found


def test_what_an_entry_waives_is_no_problem(codes):
    assert codes() == ["KB507"]
    assert codes(waive={"KB507": REASON}) == []


def test_a_waiver_is_the_entry_s_own(folder, codes):
    folder.entry("git/b.md", LOSS, signatures=[{"text": "another message of {{tool}} there"}])
    assert codes(waive={"KB507": REASON}) == ["KB507"]


def test_a_waiver_of_another_rule_is_told_beside_the_problem(codes):
    assert codes(waive={"KB508": REASON}) == ["KB216", "KB507"]


def test_what_follows_from_several_entries_can_be_waived_too(codes):
    assert codes(LOSS.replace("rm -rf", "ls"), related=["git/none"]) == ["KB301"]
    assert codes(LOSS.replace("rm -rf", "ls"), related=["git/none"], waive={"KB301": "it comes tomorrow"}) == []


def test_a_waiver_without_a_reason_is_none(codes):
    assert "KB201" in codes(waive={"KB507": ""})
    assert "KB201" in codes(waive={"KB507": " "})


def test_a_secret_can_not_be_waived(codes):
    secret = "ghp_" + "wJq4Zt8Lm2Xc6Vb9Nh3Kf7Rd1Sg5Py0Ua4Te"
    assert codes(LOSS.replace("rm -rf demo", f"export TOKEN={secret}"), waive={"KB501": REASON}) == ["KB216", "KB501"]


def test_what_keeps_a_file_from_being_an_entry_can_not_be_waived(codes):
    assert codes(LOSS, updated="soon", waive={"KB105": REASON, "KB507": REASON}) == ["KB105", "KB216"]


def test_a_waiver_is_idle_only_if_its_rule_has_looked(codes):
    gone = {"https://pages.example/c": LinkAnswer(Outcome.GONE, "404")}
    fine = {"https://pages.example/c": LinkAnswer(Outcome.FINE)}
    waive = {"KB305": "it is up on working days"}
    assert codes(LINK, waive=waive) == []
    assert codes(LINK, gone) == ["KB305"]
    assert codes(LINK, gone, waive=waive) == []
    assert codes(LINK, fine, waive=waive) == ["KB216"]
