"""How well words find entries: what the case files ask for is reached."""

import json

import pytest
from click.testing import CliRunner

from kb.cli import main

from .conftest import DATA, ROOT, load_queries


@pytest.fixture(autouse=True)
def in_the_repository(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("name", ["queries.jsonl", "queries_unseen.jsonl"])
def test_the_goals_of_a_file_are_reached(name):
    finished = CliRunner().invoke(main, ["eval", "--json", str(DATA / name)])
    assert json.loads(finished.output)["short"] == []
    assert finished.exit_code == 0


def test_there_are_queries_for_every_entry_half_of_them_in_plain_words():
    queries = [query for name in ("queries.jsonl", "queries_unseen.jsonl") for query in load_queries(name)]
    expecting = [query for query in queries if query["expect"]]
    plain = [query for query in expecting if query["kind"] == "plain words"]
    entries = {f"{path.parent.name}/{path.stem}" for path in (ROOT / "entries").glob("*/*.md")}
    assert len(expecting) >= 150
    assert len(plain) >= len(expecting) / 2
    assert len(queries) - len(expecting) >= 40
    assert {query["expect"] for query in plain} == entries


def test_a_missed_goal_is_named_and_ends_with_1(tmp_path):
    file = tmp_path / "queries.jsonl"
    lines = [{"goals": {"code": {"first": 1}, "unknown": {"answered": 0}}}]
    lines += [{"query": "EADDRINUSE", "expect": "git/src-refspec", "kind": "code"}]
    lines += [{"query": "unrelated histories", "expect": None, "kind": "unknown"}]
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    finished = CliRunner().invoke(main, ["eval", str(file)])
    assert finished.exit_code == 1
    assert "Goal missed: code: first is 0.000, and has to be 1" in finished.output
    assert "Goal missed: unknown: answered is 1.000, and has to be 0" in finished.output


@pytest.mark.parametrize("line", ["not json", '{"query": "x"}', '{"goals": 3}', "[]"])
def test_a_bad_line_is_named(tmp_path, line):
    file = tmp_path / "queries.jsonl"
    file.write_text(f'{{"query": "x", "expect": null, "kind": "k"}}\n{line}\n', "utf-8")
    finished = CliRunner().invoke(main, ["eval", str(file)])
    assert finished.exit_code == 2
    assert "queries.jsonl:2: expected" in "".join(finished.output.split("\n")).replace("│", "").replace("  ", " ")
