"""What a page says of proofs: the versions with which an error happens, and the workarounds that help there."""

from datetime import date
from pathlib import Path

import pytest

from kb.entry import Entry, Product, ProvedRun, Proven, parse_source, sealed
from kb.site.proofs import Mark, ProofView

ENTRY = """\
---
title: T
signatures:
  - text: no port is named
proof:
  with: {{python: ["3.8", "3.13"], pip: ["9.0.3", "23.3", "26.1"]}}
  provoke: sh demo.sh
  fixes:
    - {{workaround: 1, run: true}}
    - {{workaround: 2, run: true}}
{more}updated: 2026-05-04
---

## Summary

S

## Cause

C

## Workaround: One

```sh
true
```

## Workaround: Two

```sh
true
```
"""

PRODUCTS = {
    "python": Product(name="Python", home="https://python.example/", repository="example/python", category="languages")
}


def entry_of(more: str = ""):
    source = parse_source(Path("demo/a.md"), "demo/a.md", ENTRY.format(more=more))
    assert source.entry, source.defects
    return source.entry


def run(python: str, pip: str, error: str = "provoked", *fixes: str, day: date = date(2026, 5, 3), **more: str):
    outcomes = [{"workaround": number, "outcome": outcome} for number, outcome in enumerate(fixes, 1)]
    versions = {"python": python, "pip": pip}
    return ProvedRun.model_validate(
        {"with": versions, "platform": "linux x86_64", "day": day, "error": error, "fixes": outcomes, **more}
    )


def view_of(*runs: ProvedRun, **changed: object) -> ProofView:
    entry = entry_of()
    record = sealed(entry, runs)
    return seen(entry.model_copy(update={"proved": record.model_copy(update=changed)}))


def seen(entry: Entry, as_of: date = date(2026, 5, 4)) -> ProofView:
    return ProofView(entry, Proven(entry), PRODUCTS, as_of)


@pytest.fixture
def view() -> ProofView:
    return view_of(
        run("3.8.18", "9.0.3", "provoked", "failed", "proven", line="no port is named"),
        run("3.13.0", "9.0.3", "skipped", why="it does not start"),
        run("3.13.0", "26.1", "provoked", "proven", "proven", line="error: no port is named", day=date(2026, 5, 4)),
        run("3.13.0", "23.3", "absent"),
    )


def test_the_line_names_the_versions_the_proven_workarounds_and_the_day(view):
    assert (
        view.line == "Happens with Python 3.8.18 to 3.13.0, pip 9.0.3 and 26.1 · "
        "workarounds 1 and 2 proven with pip 26.1, 2026-05-04"
    )
    assert view.short_line == "Proven 2026-05-04"


@pytest.mark.parametrize(
    ("outcomes", "happens"),
    [
        ("provoked provoked provoked provoked", "2.0 to 10.0"),
        ("provoked absent provoked provoked", "2.0 and 9.0 to 10.0"),
        ("provoked provoked other provoked", "2.0 to 3.0 and 10.0"),
        ("absent provoked provoked absent", "3.0 to 9.0"),
        ("provoked stopped not-tried provoked", "2.0 to 10.0"),
    ],
)
def test_versions_between_which_the_error_does_not_happen_are_no_span(outcomes, happens):
    tried = zip(("2.0", "3.0", "9.0", "10.0"), outcomes.split(), strict=True)
    assert view_of(*(run("3.13.0", pip, error) for pip, error in tried)).happens == f"Python 3.13.0, pip {happens}"


def test_the_version_that_proves_needs_no_name_where_one_tool_alone_has_many():
    view = view_of(run("3.13.0", "9.0.3", "provoked", "proven"), run("3.13.0", "26.1", "provoked", "proven"))
    assert view.line == "Happens with Python 3.13.0, pip 9.0.3 to 26.1 · workaround 1 proven with 26.1, 2026-05-03"


def test_workarounds_that_were_proven_with_different_versions_name_none():
    view = view_of(run("3.13.0", "9.0.3", "provoked", "proven", "proven"), run("3.13.0", "26.1", "provoked", "proven"))
    assert view.line == "Happens with Python 3.13.0, pip 9.0.3 to 26.1 · workarounds 1 and 2 proven, 2026-05-03"


def test_a_workaround_names_the_newest_versions_with_which_it_helped(view):
    mark = Mark("Python 3.13.0, pip 26.1", date(2026, 5, 4), is_old=False)
    assert view.proven == {1: mark, 2: mark}


def test_a_workaround_that_does_not_help_with_the_newest_versions_says_so_and_is_not_proven():
    view = view_of(run("3.13.0", "9.0.3", "provoked", "proven"), run("3.13.0", "26.1", "provoked", "failed"))
    assert (view.proven, view.failed) == ({}, {1: Mark("Python 3.13.0, pip 26.1", date(2026, 5, 3), is_old=False)})


@pytest.mark.parametrize(("as_of", "is_old"), [(date(2027, 5, 4), False), (date(2027, 5, 5), True)])
def test_a_proof_is_of_long_ago_when_it_is_older_than_a_year(as_of, is_old):
    entry = entry_of()
    record = sealed(entry, [run("3.8.18", "9.0.3", "provoked", "proven", day=date(2026, 5, 4))])
    view = seen(entry.model_copy(update={"proved": record}), as_of)
    assert (view.is_old, view.proven[1].is_old) == (is_old, is_old)


def test_the_newest_versions_come_first_in_the_table_as_numbers_and_not_as_text(view):
    assert [row.versions for row in view.rows] == [
        "Python 3.13.0, pip 26.1",
        "Python 3.13.0, pip 23.3",
        "Python 3.13.0, pip 9.0.3",
        "Python 3.8.18, pip 9.0.3",
    ]


def test_a_row_says_what_came_of_the_error_and_of_each_workaround(view):
    told = [(row.error, row.line or row.why, [fix.word for fix in row.fixes]) for row in view.rows]
    assert told == [
        ("happens", "error: no port is named", ["helps", "helps"]),
        ("does not happen", "", ["–", "–"]),
        ("can't be", "it does not start", ["–", "–"]),
        ("happens", "no port is named", ["does not help", "helps"]),
    ]


def test_a_message_that_reads_as_in_the_row_before_is_not_written_again():
    read = "no port is named"
    view = view_of(run("3.8", "9.0", line=read), run("3.8", "23.3", "absent"), run("3.8", "26.1", line=read))
    assert [(row.error, row.line) for row in view.rows] == [
        ("happens", read),
        ("does not happen", ""),
        ("happens, reads the same", ""),
    ]


def test_an_error_whose_workarounds_do_not_help_is_provoked_and_not_proven():
    view = view_of(run("3.8.18", "9.0.3", "provoked", "failed", "not-tried"))
    assert view.line == "Happens with Python 3.8.18, pip 9.0.3 · no workaround proven, 2026-05-03"
    assert view.short_line == "Provoked 2026-05-03"


@pytest.mark.parametrize("changed", [{"seal": "0"}, {"recipe": "0"}], ids=["edited", "out of date"])
def test_a_record_that_does_not_stand_is_not_shown(changed):
    view = view_of(run("3.8.18", "9.0.3", "provoked", "proven", "proven"), **changed)
    assert (view.line, view.proven, view.rows) == ("", {}, [])


def test_an_entry_without_a_record_has_nothing_to_show():
    view = seen(entry_of())
    assert (view.line, view.rows) == ("", [])
