"""The trending formula, with values worked out by hand.

score = (1 + votes + activity) / (1 + age / 30) ** 1.5
"""

from datetime import date, timedelta

import pytest

from kb.links import compute_links, score, trending, trending_formula

NEWEST = date(2026, 6, 30)


@pytest.fixture
def score_of(folder):
    """The score of an entry of a given age in days, beside an entry of today."""

    def score_at(age: int = 0, **keys: object) -> float:
        folder.entry("git/a.md", updated=str(NEWEST - timedelta(days=age)), **keys)
        return score(folder.load().by_id["git/a"], NEWEST)

    return score_at


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ({}, 1),
        ({"works": 1}, 3),
        ({"blocking": 1}, 3),
        ({"common_issue": 1}, 3),
        ({"easy_fix": 1}, 2),
        ({"time_saver": 1}, 2),
        ({"flaky": 1}, 2),
        ({"verified": 1}, 2),
        ({"works": 5, "easy_fix": 3}, 1 + 10 + 3),
        (dict.fromkeys(["works", "easy_fix", "time_saver", "blocking", "common_issue", "flaky", "verified"], 1), 11),
    ],
)
def test_votes_count_once_or_twice(score_of, votes, expected):
    assert score_of(votes=votes) == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"issue": {"ref": "o/n#1"}}, 1),
        ({"issue": {"ref": "o/n#1", "comments": 3}}, 2.5),
        ({"issue": {"ref": "o/n#1", "participants": 4}}, 3),
        ({"issue": {"ref": "o/n#1", "reactions": 7}}, 8),
        ({"reports": ["o/n#2", "o/n#3"]}, 7),
        ({"issue": {"ref": "o/n#1", "comments": 1, "participants": 2, "reactions": 3}, "reports": ["o/n#2"]}, 8.5),
    ],
)
def test_activity_counts_by_kind(score_of, keys, expected):
    assert score_of(**keys) == expected


def test_a_reader_without_an_account_counts_half(score_of):
    assert score_of(votes={"works": 1}, taps={"works": 4, "works@add-what-is-missing": 9, "helpful": 2}) == 1 + 2 * (
        1 + 2
    )


@pytest.mark.parametrize(
    ("age", "expected"),
    [(0, 27), (90, 27 / 8), (240, 1), (450, 27 / 64)],
    ids=["today", "4 ** 1.5 is 8", "9 ** 1.5 is 27", "16 ** 1.5 is 64"],
)
def test_an_entry_cools_down_with_age(score_of, age, expected):
    assert score_of(age, votes={"works": 13}) == pytest.approx(expected, rel=1e-12)


def test_half_of_the_score_is_gone_after_about_18_days(score_of):
    assert score_of(17) > 1 / 2 > score_of(18)


def test_nine_tenths_of_the_score_are_gone_after_about_110_days(score_of):
    assert score_of(109) > 1 / 10 > score_of(110)


def test_an_entry_of_tomorrow_is_no_hotter_than_one_of_today(score_of):
    assert score_of(-1) == score_of(0)


def test_the_hottest_come_first(folder):
    folder.entry("git/a.md")
    folder.entry("git/b.md", votes={"works": 2})
    folder.entry("git/c.md", votes={"works": 1})
    assert [entry.id for entry in trending(folder.load().entries)] == ["git/b", "git/c", "git/a"]


def test_age_counts_from_the_newest_entry_and_not_from_the_clock(folder):
    folder.entry("git/a.md", updated="2001-01-01")
    folder.entry("git/b.md", updated="2000-10-03", votes={"works": 3})  # 90 days: 7 / 8
    folder.entry("git/c.md", updated="2000-10-03", votes={"works": 4})  # 90 days: 9 / 8
    assert [entry.id for entry in trending(folder.load().entries)] == ["git/c", "git/a", "git/b"]


def test_ties_stand_newest_first_and_then_by_id(folder):
    folder.entry("git/b.md", updated="2026-01-31")
    folder.entry("git/a.md", updated="2026-01-31")
    # 240 days before: 27 / 27.
    folder.entry("git/c.md", updated="2025-06-05", votes={"works": 13})
    assert [entry.id for entry in trending(folder.load().entries)] == ["git/a", "git/b", "git/c"]


def test_no_entries_give_no_order():
    assert trending([]) == ()


def test_the_pages_show_the_same_order(folder):
    folder.entry("git/a.md")
    folder.entry("git/b.md", votes={"works": 2})
    collection = folder.load()
    assert compute_links(collection).trending == trending(collection.entries)


def test_the_formula_is_written_down():
    assert "score = (1 + votes + activity) / (1 + age / 30) ** 1.5" in trending_formula()
