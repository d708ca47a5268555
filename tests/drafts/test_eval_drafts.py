"""`kb eval --draft`: which share of what a model says has a right source, on thirty entries of this knowledge base."""

import json
import shutil
from pathlib import Path

import pytest
from command import kb
from model_stand_in import Reply, answer, completion, honest, inventing, said, serve_model

from kb.drafts.model import facts_of_entry
from kb.drafts.model.support import share_in
from kb.entry import load_collection

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests/data/drafts/eval.jsonl"
KEY = "sk-test-0123456789-never-shown"


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Path:
    """The entries that are drafted, without the hundreds of others."""
    folder = tmp_path_factory.mktemp("base")
    ids = [value["entry"] for value in map(json.loads, CASES.read_text("utf-8").splitlines()) if "entry" in value]
    for name in ("products.yml", "tools.yml", *(f"{entry}.md" for entry in ids)):
        (folder / "entries" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "entries" / name, folder / "entries" / name)
    return folder


@pytest.fixture
def evaluate(base, tmp_path):
    """A function that measures a model, on thirty of the shipped entries if it is given no cases."""

    def run(model, *arguments: str, cases: list[dict] | None = None, **environ: str):
        path = CASES
        if cases is not None:
            path = tmp_path / "cases.jsonl"
            path.write_text("".join(f"{json.dumps(case)}\n" for case in cases), "utf-8")
        with serve_model() as server:
            server.replies = [model]
            where = {"KB_AI_BASE_URL": server.url, "KB_AI_MODEL": "example-model", "KB_AI_KEY": KEY} | environ
            finished = kb("eval", str(path), "--draft", *arguments, folder=base, **where)
        assert KEY not in finished.stdout + finished.stderr
        return finished, server.requests

    return run


def test_an_honest_model_has_right_sources_and_the_guards_let_them_through(evaluate):
    finished, requests = evaluate(honest, "--yes", "--json")
    found = json.loads(finished.stdout)
    assert finished.returncode == 0, found["short"]
    assert (found["entries"], len(requests), found["asked_tokens"]) == (30, 30, 36_000)
    assert found["statements"] > 150
    assert found["shares"]["right"] >= 0.99
    assert found["shares"]["kept_right"] >= 0.99
    assert found["kept"] >= 0.9 * found["statements"]


def test_of_an_inventing_model_the_guards_drop_what_has_no_right_source(evaluate):
    finished, _ = evaluate(inventing, "--yes", "--json")
    found = json.loads(finished.stdout)
    assert found["right"] < 0.15 * found["statements"]
    assert found["kept"] < 0.25 * found["statements"]
    assert found["shares"]["kept_right"] > 4 * found["shares"]["right"]


def test_sources_that_are_stored_with_a_case_are_the_ones(evaluate):
    sources = [{"name": "acme/app#1 comment 3", "text": "The cache is stale. Clear the cache first."}]
    right = said("Clear the cache first.", "acme/app#1 comment 3")
    invented = said("Buy a new computer and a bigger desk for it.", "acme/app#1 comment 3")
    finished, requests = evaluate(
        completion(answer(cause=[right, invented])),
        cases=[{"entry": "helm/another-operation-is-in-progress", "sources": sources}, {"goals": {"right": 0.6}}],
    )
    assert "[acme/app#1 comment 3]" in requests[0][2]["messages"][1]["content"]
    assert "1 draft, 2 statements: 1 with a right source (0.500)." in finished.stdout
    assert "The guards keep 1: 1 with a right source (1.000)." in finished.stdout
    assert "Goal missed: right is 0.500, and has to be 0.6" in finished.stdout
    assert finished.returncode == 1


def test_several_entries_say_their_cost_first_and_a_failed_one_counts(evaluate):
    two = [{"entry": "helm/another-operation-is-in-progress"}, {"entry": "bun/lockfile-is-frozen"}]
    refused, requests = evaluate(honest, cases=two)
    assert (refused.returncode, requests) == (2, [])
    assert "2 entries: about " in refused.stderr
    failed, _ = evaluate(completion("", refusal="No."), "--yes", cases=two)
    assert failed.returncode == 1
    assert "2 of 2 entries got no draft" in failed.stdout
    greedy = completion(answer())
    greedy.value["usage"]["completion_tokens"] = 500_000
    stopped, requests = evaluate(greedy, "--yes", cases=two)
    assert (len(requests), "1 of 2 entries got no draft" in stopped.stdout) == (1, True)
    assert "lockfile-is-frozen: not drafted: the entries before it took more tokens" in stopped.stderr
    busy, _ = evaluate(Reply(429, {}, {"Retry-After": "9999"}), "--yes", cases=two)
    assert busy.returncode == 75
    unknown, _ = evaluate(honest, cases=[{"entry": "no/such"}])
    assert "there is no entry no/such" in unknown.stderr
    unset, _ = evaluate(honest, cases=two, KB_AI_MODEL="")
    assert (unset.returncode, unset.stderr.count("\n")) == (2, 1)


def test_facts_of_an_entry_are_sources_apart(base):
    entry = load_collection(base / "entries").by_id["claude-code/extra-usage-400"]
    names = [source.name for source in facts_of_entry(entry)]
    assert names[:2] == ["anthropics/claude-code#45048", "entry claude-code/extra-usage-400 message"]
    assert "entry claude-code/extra-usage-400 workaround 1" in names


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("The lock file is gone.", 1),
        ("Locks of files are gone.", 1),
        ("A printer has no paper.", 0),
        ("It is.", 1),
        ("The lock was never there: reboot.", 1 / 3),
    ],
)
def test_a_share_counts_telling_words_in_any_form(text, share):
    assert share_in(text, ["The lock file of the index is gone."]) == pytest.approx(share)
