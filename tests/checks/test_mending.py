"""Mending: what `--fix` does with the edits of diagnostics."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.checks import Edit, check, mend
from kb.checks.edit import apply_edits, edits_between
from kb.entry import Position

TODAY = date(2026, 6, 1)
TEXT = "one\ntwo\nthree\n"


def edit(start: tuple[int, int], end: tuple[int, int], text: str) -> tuple[Edit, ...]:
    return (Edit(Position(*start), Position(*end), text),)


def mended(folder, name: str) -> str:
    """A file's text after one round of mending."""
    collection = folder.load()
    for change in mend(collection, check(collection, TODAY)):
        change.path.write_text(change.text, encoding="utf-8")
    return (folder.root / name).read_text(encoding="utf-8")


# Edits


def test_fixes_that_lie_apart_are_all_applied():
    fixes = [edit((3, 1), (3, 6), "3"), edit((1, 1), (1, 4), "1")]
    assert apply_edits(TEXT, fixes) == ("1\ntwo\n3\n", [0, 1])


def test_of_two_fixes_that_overlap_the_first_is_applied():
    fixes = [edit((1, 1), (2, 2), "A"), edit((2, 1), (2, 4), "B")]
    assert apply_edits(TEXT, fixes) == ("Awo\nthree\n", [0])


def test_of_two_fixes_that_insert_at_one_place_the_first_is_applied():
    fixes = [edit((2, 1), (2, 1), "A"), edit((2, 1), (2, 1), "B")]
    assert apply_edits(TEXT, fixes) == ("one\nAtwo\nthree\n", [0])


def test_a_fix_is_applied_as_a_whole_or_not_at_all():
    fixes = [edit((2, 1), (2, 4), "2"), edit((1, 1), (1, 4), "1") + edit((2, 2), (2, 3), "?")]
    assert apply_edits(TEXT, fixes) == ("one\n2\nthree\n", [0])


def test_fixes_that_touch_do_not_overlap():
    fixes = [edit((1, 1), (1, 4), "1"), edit((1, 4), (2, 1), " ")]
    assert apply_edits(TEXT, fixes) == ("1 two\nthree\n", [0, 1])


@pytest.mark.parametrize("place", [(0, 1), (5, 1), (1, 5), (1, 0)])
def test_a_place_outside_of_the_text_is_an_error(place):
    with pytest.raises(ValueError, match="there is no line"):
        apply_edits(TEXT, [edit(place, place, "x")])


@given(old=st.text("ab\n", max_size=30), new=st.text("ab\n", max_size=30))
def test_the_edit_between_two_texts_turns_one_into_the_other(old, new):
    assert apply_edits(old, [edits_between(old, new)])[0] == new


# Files


def test_several_problems_of_a_file_are_mended_at_once(folder):
    folder.entry("git/a.md", tags="x", tag=["y"], updated="4 May 2026")
    assert "updated: 2026-05-04" in mended(folder, "git/a.md")


def test_a_fix_that_would_break_the_file_is_not_applied(folder):
    """The colon is one of two mistakes on the line: quotes would move the error, not mend it."""
    folder.file("git/a.md", '---\ntitle: a: "b\nsignatures: [{text: x y}]\n---\n\n## Summary\n\nS\n')
    before = (folder.root / "git/a.md").read_text()
    assert mended(folder, "git/a.md") == before


def test_a_file_without_fixes_is_left_alone(folder):
    folder.entry("git/a.md")
    collection = folder.load()
    assert mend(collection, check(collection, TODAY)) == []


def test_comments_and_the_rest_of_the_file_stay_as_they_are(folder):
    folder.entry("git/a.md")
    path = folder.root / "git/a.md"
    text = path.read_text().replace("updated:", "# why not\ntags:\n  - b  # two\n  - b\nupdated:")
    path.write_text(text)
    assert mended(folder, "git/a.md") == text.replace("  - b\n", "")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026/4/9", "2026-04-09"),
        ("2026.04.09", "2026-04-09"),
        ("20260409", "2026-04-09"),
        ("09.04.2026", None),
        ("25.04.2026", "2026-04-25"),
        ("04/25/2026", "2026-04-25"),
        ("04/04/2026", "2026-04-04"),
        ("April 9, 2026", "2026-04-09"),
        ("9th of April 2026", None),
        ("9 Apr 2026", "2026-04-09"),
        ("2026-13-01", None),
        ("yesterday", None),
        ("2026-04-09 10:00", "2026-04-09"),
    ],
)
def test_a_date_is_mended_where_it_can_mean_one_day_only(folder, written, meant):
    folder.entry("git/a.md", updated=written)
    before = (folder.root / "git/a.md").read_text()
    after = before.replace(f'"{written}"', meant) if meant else before
    assert mended(folder, "git/a.md") == after


def test_a_fix_that_would_make_an_entry_unreadable_is_left_out_and_the_others_go_on(folder):
    """`## Workaroun` is meant to be a workaround, but has nothing under it, which an entry can't have."""
    prose = "## Summary\n\nS\n\n## Workaroun\n\n## Cause\n\nC\u200b\n\n## Workaround: W\n\nB\n"
    folder.entry("git/a.md", prose)
    assert folder.source("git/a.md").entry is not None
    text = mended(folder, "git/a.md")
    assert "## Workaroun\n" in text
    assert "\u200b" not in text
    assert folder.source("git/a.md").entry is not None
