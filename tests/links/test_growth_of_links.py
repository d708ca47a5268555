"""Twice the entries take about twice the work: counted in steps, not in seconds."""

import pytest

from kb.links import compute_links

SIZE = 120

SHAPES = {
    "nothing in common": lambda number: {"signatures": [{"text": f"word{number}x alone{number}x"}]},
    "one tag in common": lambda number: {"tags": ["all"], "codes": ["E1"]},
    "a code for every thirty": lambda number: {"codes": [f"E{number // 30}"], "tags": [f"t{number // 20}"]},
    "a message in common": lambda number: {
        "signatures": [{"text": "the same long message for every one of them {{n}}"}]
    },
    "a report in common": lambda number: {"reports": ["o/n#1", f"o/n#{number + 2}"]},
    "a chain of named ones": lambda number: {"related": [f"git/n{number + 1}"]},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_entries_take_about_twice_the_steps(new_folder, steps_of, shape):
    def steps(count: int) -> int:
        folder = new_folder()
        for number in range(count):
            folder.entry(f"git/n{number}.md", **SHAPES[shape](number))
        collection = folder.load()
        return steps_of(lambda: compute_links(collection))

    assert steps(2 * SIZE) < 2.3 * steps(SIZE)


def test_entries_that_all_link_one_take_no_more_than_their_links(new_folder, steps_of):
    def steps(count: int) -> int:
        folder = new_folder()
        for number in range(count):
            folder.entry(
                f"git/n{number}.md",
                "## Summary\n\nS\n\n## Cause\n\n[the first](n0.md), o/n#1\n\n## Workaround: W\n\nB\n",
                issue={"ref": "o/n#1"},
            )
        collection = folder.load()
        return steps_of(lambda: compute_links(collection))

    assert steps(2 * SIZE) < 2.3 * steps(SIZE)
