"""How often rules refuse what is honest, and miss what is not: measured with sentences as people write them.

A line of `tests/data/checks/sentences.jsonl` is the text of a workaround and the rule that it breaks, or none; the
first line holds the goals: the largest share of honest ones that may be refused, the least of bad ones to be found.
"""

import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from kb.checks import check
from kb.entry import load_collection

SENTENCES = Path(__file__).parents[1] / "data/checks/sentences.jsonl"
GOALS, *LINES = [json.loads(line) for line in SENTENCES.read_text("utf-8").splitlines()]
TODAY = date(2026, 6, 1)
ENTRY = """\
---
title: "The index is locked by another process"
signatures:
  - text: "Unable to create '{{path:path}}/index.lock': File exists"
tags: [locks]
updated: 2026-05-04
---

## Summary

Another command holds the lock.

## Cause

The lock is left behind by a crash.

## Workaround: What to do

"""


class Sentence(NamedTuple):
    text: str
    breaks: str | None
    found: frozenset[str]


@pytest.fixture(scope="module")
def sentences(tmp_path_factory) -> list[Sentence]:
    """All sentences, each in an entry of its own, and the rules about content and safety that it was found to break."""
    root = tmp_path_factory.mktemp("sentences")
    (root / "git").mkdir()
    for number, line in enumerate(LINES):
        (root / f"git/sentence-{number}.md").write_text(f"{ENTRY}{line['text']}\n", "utf-8")
    found: dict[str, set[str]] = {}
    for problem in check(load_collection(root), TODAY):
        if problem.code.startswith(("KB2", "KB5")):
            found.setdefault(problem.path.stem, set()).add(problem.code)
    return [
        Sentence(line["text"], line["breaks"], frozenset(found.get(f"sentence-{number}", ())))
        for number, line in enumerate(LINES)
    ]


def test_there_are_a_hundred_of_each():
    honest = {line["text"] for line in LINES if line["breaks"] is None}
    bad = {line["text"] for line in LINES if line["breaks"] is not None}
    assert (len(honest), len(bad)) == (100, 100)


def test_honest_sentences_are_let_pass_as_often_as_the_goal_says(sentences):
    honest = [each for each in sentences if each.breaks is None]
    refused = [(each.text, sorted(each.found)) for each in honest if each.found]
    assert len(refused) / len(honest) <= GOALS["goals"]["honest_refused"], refused


def test_bad_sentences_are_found_as_often_as_the_goal_says(sentences):
    bad = [each for each in sentences if each.breaks is not None]
    missed = [(each.text, each.breaks) for each in bad if each.breaks not in each.found]
    assert (len(bad) - len(missed)) / len(bad) >= GOALS["goals"]["bad_found"], missed
