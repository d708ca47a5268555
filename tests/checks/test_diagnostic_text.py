"""A diagnostic as a person reads it in a terminal: place, code, message, the line with a caret, a hint."""

from pathlib import Path

import pytest

from kb.checks import Diagnostic, to_report
from kb.checks.diagnostic import to_text
from kb.entry import Position


def diagnostic(line: str = "tag: [x]", column: int = 1, **fields) -> Diagnostic:
    values = {"path": Path("entries/git/a.md"), "message": "unknown key 'tag'", "hint": "Did you mean 'tags'?"} | fields
    return Diagnostic(position=Position(7, column), code="KB104", source_line=line, **values)


def caret(text: str) -> str:
    """The character over the caret."""
    _, line, marker, *_ = text.split("\n")
    return line[marker.index("^")]


def test_place_code_message_line_and_hint():
    assert to_text(diagnostic()) == (
        "entries/git/a.md:7:1: KB104 unknown key 'tag'\n  7 | tag: [x]\n    | ^\n  hint: Did you mean 'tags'?"
    )


def test_without_a_line_and_a_hint_the_fact_stands_alone():
    assert to_text(diagnostic(line="", hint="")) == "entries/git/a.md:7:1: KB104 unknown key 'tag'"


@pytest.mark.parametrize(
    "line",
    ["abcX", "\t\tX", "é漢🎉X", "\x1b[31mX", "\u202eX", "a" * 500 + "X", "a" * 500 + "X" + "b" * 500, "X" + "b" * 500],
)
def test_the_caret_stands_under_the_character_that_is_meant(line):
    assert caret(to_text(diagnostic(line, line.index("X") + 1))) == "X"


@pytest.mark.parametrize("line", ["a" * 5000, "\u200b" * 5000, "\x1b" * 5000], ids=["letters", "zero-width", "escapes"])
def test_a_long_line_is_cut_to_the_part_that_is_meant(line):
    assert max(map(len, to_text(diagnostic(line, 2500)).split("\n"))) < 800


def test_an_ordinary_line_of_110_columns_is_not_cut():
    assert "…" not in to_text(diagnostic("a" * 110, 50))


@pytest.mark.parametrize("field", ["message", "hint", "line"])
@pytest.mark.parametrize("character", ["\x1b", "\x07", "\r", "\u202e", "\u200b", "\u2028", "\x9b"], ids=ascii)
def test_nothing_that_an_entry_holds_reaches_the_terminal_as_a_command(field, character):
    assert character not in to_text(diagnostic(**{field: f"a{character}b"}))


def test_a_message_stays_on_one_line():
    assert to_text(diagnostic(message="one\ntwo", line="", hint="")).count("\n") == 0


def test_a_file_name_that_is_no_text_can_be_printed():
    path = Path("entries/git") / b"\xff.md".decode("utf-8", "surrogateescape")
    assert to_text(diagnostic(path=path)).encode()


@pytest.mark.parametrize(
    ("found", "count"),
    [
        ([diagnostic()], "1 problem in 1 file."),
        ([diagnostic(), diagnostic(column=2)], "2 problems in 1 file."),
        ([diagnostic(), diagnostic(path=Path("b.md"))], "2 problems in 2 files."),
    ],
)
def test_a_report_ends_with_how_much_there_is_to_mend(found, count):
    assert to_report(found).rpartition("\n\n")[2].startswith(count)


# More than anybody reads


def many(name: str, number: int) -> list[Diagnostic]:
    return [Diagnostic(Path(name), Position(line, 1), "KB304", "m") for line in range(1, number + 1)]


def test_of_a_file_a_hundred_problems_are_told_and_the_others_are_counted():
    parts = to_report([*many("a.md", 1334), *many("b.md", 2)]).split("\n\n")
    assert len(parts) == 100 + 1 + 2 + 1
    assert parts[100] == "a.md: … and at least 1,234 more"
    assert parts[-1].startswith("1336 problems in 2 files")


def test_a_count_of_all_problems_is_said_to_be_one():
    assert to_report(many("a.md", 101)).split("\n\n")[100] == "a.md: … and 1 more"
