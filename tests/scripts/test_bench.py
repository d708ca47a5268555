"""The benchmark: the entries that it makes, what it measures, and what it says of the goals."""

import importlib
import json
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from kb.checks import check
from kb.entry import Collection, load_collection
from kb.proofs import SandboxError, choose_sandbox
from kb.site.urls import RESERVED

SCRIPTS = Path(__file__).parents[2] / "scripts"
COUNT = 300


def run_script(name: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPTS / name), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthetic") / "entries"
    assert run_script("synthetic.py", COUNT, folder).returncode == 0
    return folder


@pytest.fixture(scope="module")
def collection(folder: Path) -> Collection:
    return load_collection(folder)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("bench")


def test_as_many_entries_are_made_as_asked_for(collection):
    assert len(collection.entries) == COUNT


def test_every_synthetic_entry_passes_the_checks(collection):
    assert check(collection, date(2026, 1, 1), RESERVED) == []


def test_two_runs_with_one_seed_write_the_same_bytes(folder, tmp_path):
    run_script("synthetic.py", COUNT, tmp_path / "again")
    assert files_of(tmp_path / "again") == files_of(folder)


def test_another_seed_gives_other_entries(folder, tmp_path):
    run_script("synthetic.py", COUNT, tmp_path / "other", "--seed", 7)
    assert not files_of(folder).keys() & {name for name in files_of(tmp_path / "other") if name.endswith(".md")}


def test_no_two_synthetic_entries_are_alike_even_without_the_names_of_their_errors(collection):
    def nameless(entry):
        symbol = "".join(part.title() for part in entry.slug.split("-"))
        assert symbol in entry.title
        return entry.body.replace(symbol, "")

    assert len({nameless(entry) for entry in collection.entries}) == COUNT


def test_a_few_tags_are_on_many_entries_and_most_tags_on_few(collection):
    counts = sorted(Counter(tag for entry in collection.entries for tag in entry.tags).values())
    assert counts[-1] > 10 * counts[len(counts) // 2]


def test_synthetic_entries_have_what_real_ones_have(collection):
    parts = {
        "placeholders": any("{{" in entry.signatures[0].text for entry in collection.entries),
        "placeholders in commands": any(
            "{{" in step.body for entry in collection.entries for step in entry.workarounds
        ),
        "fenced code": all("```" in step.body for entry in collection.entries for step in entry.workarounds),
        "issues": any(entry.issue for entry in collection.entries),
        "reports": any(entry.reports for entry in collection.entries),
        "related entries": any(entry.related for entry in collection.entries),
        "relative links": any("](../" in entry.body for entry in collection.entries),
        "former ids": any(entry.aliases for entry in collection.entries),
        "raw reports": any(entry.raw for entry in collection.entries),
    }
    assert [name for name, found in parts.items() if not found] == []


def test_more_entries_than_there_are_names_are_refused(tmp_path):
    assert "between 1 and" in run_script("synthetic.py", 10**6, tmp_path / "entries").stderr


def test_a_build_is_measured_in_time_and_memory():
    finished = run_script("bench.py", "--sizes", 5, "--runs", 1, "--skip", "stock", "hugo", "search", "--json")
    assert finished.returncode == 0, finished.stderr
    (figures,) = json.loads(finished.stdout)["figures"]
    assert (figures["entries"], figures["build"]) == (5, "kb")
    assert min(figures["wall"], figures["cpu"], figures["peak"]) > 0


@pytest.fixture
def against(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("bench_against")


def test_two_revisions_do_the_same_with_the_same_entries(against, tmp_path):
    """Here, this revision with itself: taking another one out of git and setting it up takes a minute."""
    write = against._writer(5, tmp_path)
    sides = [
        against.furnished(against.Side(name, against.ROOT, Path(sys.executable), tmp_path), tmp_path / "5", write)
        for name in ("older", "newer")
    ]
    found = list(against.compare(sides, 5, ("plain", "tags", "recheck"), 1))
    assert [each.scenario for each in found] == ["plain", "tags", "recheck"]
    assert min(each.newer.wall / each.older.wall for each in found) > 0
    assert sides[0].files() == sides[1].files() > 50
    assert all((side.site() / "tags/requoted0/index.html").exists() for side in sides)


def test_a_saved_entry_is_waited_for_until_the_preview_shows_it(against, tmp_path):
    side = against.furnished(
        against.Side("newer", against.ROOT, Path(sys.executable), tmp_path), tmp_path, against._writer(5, tmp_path)
    )
    with ThreadPoolExecutor() as another:  # Playwright's own tests have a loop of events in this one
        (saved,) = another.submit(against.saves_of, side, 1).result()
    assert min(saved.wall, saved.cpu, saved.peak) > 0
    changed = [path for path in (side.workshop / "entries").glob("*/*.md") if "reworded" in path.read_text("utf-8")]
    assert len(changed) == 1


def test_a_revision_that_git_does_not_have_is_named(tmp_path):
    finished = run_script("bench.py", "--against", "no-such-revision")
    assert finished.returncode == 1
    assert "git has no no-such-revision" in finished.stderr


def test_a_ratio_that_is_too_large_stands_out(against, bench):
    slow, quick = bench.Measurement(2.0, 2.0, 100.0), bench.Measurement(1.0, 1.0, 100.0)
    compared = [against.Compared(92, "build", slow, quick, against.Goal(0.4, 1.0))]
    assert "| 92 | build | 2.00 | 1.00 | **0.50** | 0.4 | 0.50 | 100 | 1.00 | 1 |" in against.to_table(compared, [])


@pytest.fixture
def figures(bench):
    """Made-up figures: 2 s and 22 s, a quarter of stock's, 900 MiB; search adds 1 s where Pagefind takes 1 s."""
    return {
        count: {
            "kb": bench.Measurement(wall, wall, 900.0),
            "kb-search": bench.Measurement(wall + 1, wall + 1, 900.0),
            "pagefind": bench.Measurement(1.0, 1.0, 100.0),
            "stock": bench.Measurement(4 * wall, 4 * wall, 200.0),
        }
        for count, wall in ((1_000, 2.0), (10_000, 22.0))
    }


def test_goals_are_compared_with_what_was_measured(bench, figures):
    assert [(goal.value, goal.limit, goal.is_met) for goal in bench.goals(figures)] == [
        (0.25, 0.25, True),
        (1.0, 1.2, True),
        (0.25, 0.2, False),
        (1.0, 1.2, True),
        (11.0, 11.0, True),
        (900.0, 1024.0, True),
    ]


def test_a_missed_goal_stands_out_in_the_table(bench, figures):
    titles = dict.fromkeys(("kb", "kb-search", "pagefind", "stock"), "…")
    assert "| 10,000 entries: time, as a share of MkDocs + Material | 0.25 | 0.2 | **no** |" in bench.to_table(
        figures, titles
    )


def test_without_the_others_there_are_figures_but_no_shares(bench, figures):
    alone = {1_000: {"kb": figures[1_000]["kb"]}}
    assert list(bench.goals(alone)) == []


def test_of_several_runs_the_median_counts(bench):
    runs = [bench.Measurement(wall, 1.0, 1.0) for wall in (9.0, 1.0, 2.0)]
    assert bench.median(runs).wall == 2.0


def test_what_comes_from_github_is_measured_and_asks_for_little():
    finished = run_script("bench.py", "github", "--issues", 3, "--votes", 150, "--nodes", 4, "--json")
    assert finished.returncode == 0, finished.stderr
    figures = json.loads(finished.stdout)
    assert {name: figure["calls"] for name, figure in figures.items()} == {"import": 6, "votes": 2, "report": 5}
    assert all(figure["cpu"] > 0 for figure in figures.values())


def test_proofs_are_measured_on_one_process_and_on_two(monkeypatch, tmp_path):
    try:
        choose_sandbox()
    except SandboxError:
        pytest.skip("no sandbox works on this machine")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    arguments = ("--only", "git/merge-conflict", "--runs", 1, "--trials", 1, "--json")
    finished = run_script("bench.py", "prove", *arguments)
    assert finished.returncode == 0, finished.stderr
    figures = json.loads(finished.stdout)
    assert figures["entries"] == 1
    assert min(figures[name] for name in ("one", "two", "sandbox", "bare", "unchanged", "reading")) > 0
    assert [goal["met"] for goal in figures["goals"]] == [
        figures["one"] / figures["two"] >= 1.7,
        figures["sandbox"] - figures["bare"] <= 0.1,
        figures["unchanged"] / figures["reading"] <= 1.2,
    ]


def test_searches_by_words_are_measured():
    finished = run_script("bench.py", "search", "--sizes", 20, "--skip", "browser", "--json")
    assert finished.returncode == 0, finished.stderr
    (figures,) = json.loads(finished.stdout)
    assert figures["entries"] == 20
    assert figures["files"] > 20 / 4
    assert figures["python_ms"] > 0


def test_tuning_says_what_other_numbers_find(tmp_path):
    cases = tmp_path / "cases.jsonl"
    text = "error: src refspec main does not match any"
    lines = [{"text": text, "expect": "git/src-refspec"}, {"text": "nothing that is known", "expect": None}]
    cases.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    entries = tmp_path / "entries"
    shutil.copytree(SCRIPTS.parent / "entries/git", entries / "git")
    for catalog in ("products.yml", "tools.yml"):
        shutil.copy(SCRIPTS.parent / "entries" / catalog, entries)
    tried = run_script(
        *("bench.py", "tune", "cut.REWORDED.share", 0.5, 0.6, "--cases", cases, "--entries", entries),
    )
    assert tried.returncode == 0, tried.stderr
    header, *rows = tried.stdout.splitlines()
    assert header.split() == ["cut.REWORDED.share", *["recall", "at", "1", "at", "3", "false", "exact", "likely"]]
    assert [row.split() for row in rows] == [
        ["0.65", "now", "1.0000", "1.0000", "0", "0"],
        ["0.5", "1.0000", "1.0000", "0", "0"],
        ["0.6", "1.0000", "1.0000", "0", "0"],
    ]
