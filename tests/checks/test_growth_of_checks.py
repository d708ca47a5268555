"""Twice the entries, or twice the problems, take about twice the work: counted in steps and bytes, not in seconds."""

import tracemalloc
from dataclasses import replace
from datetime import date

import pytest

from kb.checks import check

TODAY = date(2026, 6, 1)
SIZE = 60

SHAPES = {
    "good entries": lambda number: {},
    "the same signature": lambda number: {"signatures": [{"text": "it is taken"}]},
    "the same alias": lambda number: {"aliases": ["git/old"]},
    "a related entry that is not there": lambda number: {"related": [f"git/missing-{number}"]},
    "an unknown key": lambda number: {"tagz": ["x"]},
}


def steps_of_check(folder, steps_of) -> int:
    collection = folder.load()
    check(replace(collection, sources=()), TODAY)  # rules are loaded by the first check
    return steps_of(lambda: check(collection, TODAY))


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_entries_take_about_twice_the_steps(new_folder, steps_of, shape):
    def steps(count: int) -> int:
        folder = new_folder()
        for number in range(9000 + count, 9000 + 2 * count):  # none of the other run, whose signatures are known
            folder.entry(f"git/n{number}.md", **SHAPES[shape](number))
        return steps_of_check(folder, steps_of)

    assert steps(2 * SIZE) < 2.3 * steps(SIZE)


def test_twice_the_entries_with_links_to_nowhere_take_about_twice_the_steps(new_folder, steps_of):
    def steps(count: int) -> int:
        folder = new_folder()
        for number in range(9000 + count, 9000 + 2 * count):  # none of the other run, whose signatures are known
            prose = f"## Summary\n\nS\n\n## Cause\n\n[x](missing-{number}.md)\n\n## Workaround: W\n\nB\n"
            folder.entry(f"git/n{number}.md", prose)
        return steps_of_check(folder, steps_of)

    assert steps(2 * SIZE) < 2.3 * steps(SIZE)


def test_many_problems_in_one_line_take_the_memory_of_one_line(folder):
    """A file of 1 MB has room for 50,000 broken links: each with a copy of its line would be 45 GB."""
    links = " ".join(f"[x](missing-{number}.md)" for number in range(600))
    folder.entry("git/a.md", f"## Summary\n\nS\n\n## Cause\n\n{links}{'x' * 100_000}\n\n## Workaround: W\n\nB\n")
    collection = folder.load()
    tracemalloc.start()
    try:
        found = check(collection, TODAY)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found) >= 600
    assert peak < 10_000_000
