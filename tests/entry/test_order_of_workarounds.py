"""Which workaround comes first: proof, then votes, then the file's order; and what is said of it."""

import pytest
from recorded import HEAD, STEPS, record, tried

from kb.entry import first_step, order_formula, ordered_steps

NEW, OLD = {"pip": "26.3"}, {"pip": "20.3.4"}
WARNED = f"{STEPS[2]}\n\n> [!WARNING]\n> It deletes the rest."


def order_of(folder, name: str = "git/a") -> list[int]:
    return [step.number for step in ordered_steps(folder.load().by_id[name])]


@pytest.mark.parametrize(
    ("runs", "order"),
    [
        ([], [1, 2, 3]),
        ([tried(NEW, "-", "-", "proven")], [3, 1, 2]),
        ([tried(NEW, "-", "proven", "proven")], [2, 3, 1]),
        ([tried(NEW, "failed", "-", "proven")], [3, 2, 1]),
        ([tried(NEW, "failed")], [2, 3, 1]),
        ([tried(NEW, "needless", "stopped", "not-tried")], [1, 2, 3]),
        ([tried(OLD, "-", "failed"), tried(NEW, "-", "proven")], [2, 1, 3]),
        ([tried(OLD, "proven"), tried(NEW, "failed")], [2, 3, 1]),
    ],
    ids=[
        "no run",
        "one is proven",
        "two are",
        "failed is last",
        "first failed",
        "nothing is known",
        "again",
        "no more",
    ],
)
def test_what_is_proven_with_the_newest_versions_comes_first_and_what_failed_there_last(folder, runs, order):
    record(folder, "git/a.md", *runs)
    assert order_of(folder) == order


def test_votes_on_an_entry_decide_nothing_between_its_workarounds(folder):
    record(folder, "git/a.md", tried(NEW, "-", "proven"), votes={"works": 90})
    folder.entry("git/b.md", folder.root.joinpath("git/a.md").read_text().split("---\n")[2], votes={"works": 90})
    assert (order_of(folder), order_of(folder, "git/b")) == ([2, 1, 3], [1, 2, 3])


def test_of_workarounds_that_are_alike_in_proof_the_one_that_worked_for_most_comes_first(folder):
    record(folder, "git/a.md", tried(NEW, "-", "proven"), taps={"works@one": 6, "works@three": 90})
    steps = HEAD + "\n\n".join(STEPS)
    folder.entry("git/b.md", steps, taps={"works@one": 5, "works@three": 6})
    assert (order_of(folder), order_of(folder, "git/b")) == ([2, 3, 1], [3, 1, 2])


def test_a_few_readers_move_nothing(folder):
    folder.entry("git/a.md", HEAD + "\n\n".join(STEPS), taps={"works@three": 4})
    folder.entry("git/b.md", HEAD + "\n\n".join(STEPS), taps={"works@three": 40}, keep_order="It is the safest.")
    assert (order_of(folder), order_of(folder, "git/b")) == ([1, 2, 3], [1, 2, 3])


def test_a_workaround_with_a_warning_does_not_come_forward_by_its_proof(folder):
    record(folder, "git/a.md", tried(NEW, "-", "-", "proven"), steps=(*STEPS[:2], WARNED))
    assert order_of(folder) == [1, 2, 3]


def test_an_entry_that_says_why_keeps_its_order(folder):
    record(folder, "git/a.md", tried(NEW, "failed", "-", "proven"), keep_order="3 is for a narrow case.")
    assert order_of(folder) == [1, 2, 3]


@pytest.mark.parametrize("changed", [{"seal": "0"}, {"recipe": "0"}], ids=["edited", "out of date"])
def test_a_record_that_does_not_stand_moves_nothing(folder, changed):
    record(folder, "git/a.md", tried(NEW, "-", "-", "proven"))
    entry = folder.load().by_id["git/a"]
    assert entry.proved
    spoilt = entry.model_copy(update={"proved": entry.proved.model_copy(update=changed)})
    assert (first_step(entry).number, first_step(spoilt).number) == (3, 1)


def test_the_formula_is_in_words_with_the_code():
    assert order_formula().startswith("1. Proof: those that are proven with the newest versions")
