"""A sample of the entries' own recipes, run for real: those that need nothing from a registry."""

from pathlib import Path

import pytest

from kb.entry import ErrorOutcome, FixOutcome, load_collection
from kb.match import from_entries
from kb.proofs import Counter, SandboxError, State, Trying, choose_sandbox, done, jobs_of, this_platform

ENTRIES = Path(__file__).parents[2] / "entries"
SAMPLE = ("git/merge-conflict", "git/src-refspec", "python/circular-import", "python/json-decode-error")
MOST_OF_AN_ENTRY = 2
"""Combinations that are tried of each: the whole set runs with `python3 scripts/test.py --proofs`."""


@pytest.fixture(scope="module")
def collection():
    return load_collection(ENTRIES)


@pytest.fixture(scope="module")
def trying(collection):
    try:
        sandbox = choose_sandbox()
    except SandboxError:
        pytest.skip("no sandbox works on this machine")
    known = from_entries(ENTRIES)
    day = max(entry.updated for entry in collection.entries)
    return Trying(sandbox, lambda text: known.find(text, 3), this_platform(), day)


@pytest.mark.parametrize("entry_id", SAMPLE)
def test_the_error_happens_and_its_workarounds_help(entry_id, collection, trying, tmp_path):
    entry = collection.by_id[entry_id]
    counter = Counter(tmp_path, trying.sandbox)
    jobs = list(jobs_of([entry], {}, again=True, platform=trying.platform))
    results = [done(job, trying, counter) for job in jobs[-MOST_OF_AN_ENTRY:]]
    tried = [result for result in results if result.state is not State.NOT_TRIED]
    if not tried:
        pytest.skip("the machine has none of its tools")
    for result in tried:
        assert result.run.error is ErrorOutcome.PROVOKED, result.output
        assert {fix.outcome for fix in result.run.fixes} == {FixOutcome.PROVEN}, result.reasons


def test_a_recipe_that_is_shipped_can_be_run_as_it_stands(collection):
    recipes = [entry for entry in collection.entries if entry.proof and entry.proof.provoke]
    assert [entry.id for entry in recipes if not list(jobs_of([entry], {}, again=True, platform="any"))] == []
