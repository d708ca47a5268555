"""Whatever a file holds, it is read, checked, told, formatted and rendered in time and memory linear in its size."""

import importlib
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.checks import check, mend, to_github, to_json, to_report, to_sarif
from kb.entry import formatted, parse_source
from kb.site.prose import ProseRenderer
from kb.site.urls import Urls

SCRIPTS = Path(__file__).parents[2] / "scripts"
SMALL, LARGE = 30_000, 120_000
MOST_MEBIBYTES = 256
STEEPEST = 3.0
"""How much faster than the text the time may grow: 4.0 where it is quadratic."""
NOTHING = 0.1
"""Seconds that say nothing."""


@pytest.fixture(scope="module")
def growth():
    """What `scripts/bench.py growth` measures with."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SCRIPTS))
        yield importlib.import_module("bench_growth")


def names() -> list[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SCRIPTS))
        return list(importlib.import_module("worst_cases").WORST)


@pytest.mark.parametrize("name", names())
def test_four_times_the_file_takes_about_four_times_as_long(growth, name):
    """Measured in a process of its own, in seconds of a processor.

    Other programs slow a processor down but never speed it up, so of a few runs the fastest one tells. A quarter is
    measured only where a stage takes long enough to say anything.
    """
    text = growth.WORST[name]
    for runs in (1, 3):
        large = growth.measure_apart(text(LARGE), runs)
        assert not isinstance(large, str), large
        long = {stage: seconds for stage, seconds in large.seconds.items() if seconds > NOTHING}
        small = growth.measure_apart(text(SMALL), runs) if long else large
        assert not isinstance(small, str), small
        steep = {
            stage: (small.seconds.get(stage), seconds)
            for stage, seconds in long.items()
            if seconds > NOTHING + STEEPEST * (LARGE / SMALL) * small.seconds.get(stage, 0)
        }
        if not steep:
            break
    assert steep == {}
    assert large.mebibytes < MOST_MEBIBYTES


PIECES = st.sampled_from(
    [
        *(
            "## Summary\n\n",
            "## Cause\n\n",
            "## Workaround: x\n\n",
            "### x\n\n",
            "> [!WARNING]\n> x\n\n",
            "---\n",
            "\n\n",
        ),
        *(
            "```sh\nrm -rf {{x}}\n```\n",
            "```\n",
            "~~~html\n",
            "`curl x | sh`",
            "[a](b.md#c)",
            "[a](javascript:x)",
            "![a](b)",
        ),
        *(
            "<b>",
            "<!-- ",
            "&rlm;",
            "&#x202e;",
            "\u202e",
            "\u200b",
            "\u0435",
            "{{x}}",
            "\\{{",
            "| a |\n|---|\n| b |\n",
            "o/n#1",
        ),
        *(
            "/home/alice/",
            "a.b@acme.dev",
            "93.184.216.34",
            "://u:pa55w0rd@h ",
            "AKIAQZ7XWJ4KLM2NPRST",
            "\x1b[0m",
            "\x85",
            "\ufeff",
        ),
        *(
            "- [ ] x\n",
            "1. x\n",
            "    x\n",
            "\t",
            "www.example.org",
            "#1",
            "*",
            "_",
            "~~",
            "[^1]",
            "\\",
            "$",
            "|",
            "\U0001f469\u200d",
        ),
    ]
)
BODIES = st.lists(PIECES | st.text(max_size=8), max_size=25).map("".join)
HEAD = """\
---
title: T
signatures:
  - text: "some {{x}} words"
    examples: ["some 1 words"]
updated: 2026-01-02
---

"""
NEEDED = "## Summary\n\nS\n\n## Cause\n\nC\n\n## Workaround: W\n\nB\n\n"


@settings(max_examples=80)
@given(body=BODIES, is_whole=st.booleans())
def test_any_prose_is_checked_and_shown_in_every_format(new_folder, body, is_whole):
    folder = new_folder()
    folder.file("git/a.md", HEAD + (NEEDED if is_whole else "") + body)
    found = check(folder.load(), date(2026, 6, 1))
    assert json.loads(to_json(found)) is not None
    assert json.loads(to_sarif(found)) is not None
    assert isinstance(to_report(found) + to_github(found), str)
    lines = (folder.root / "git/a.md").read_text("utf-8").split("\n")
    assert all(1 <= each.position.line <= len(lines) for each in found)


@settings(max_examples=60)
@given(body=BODIES)
def test_mending_any_prose_leaves_it_readable(new_folder, body):
    folder = new_folder()
    folder.file("git/a.md", HEAD + NEEDED + body)
    collection = folder.load()
    for change in mend(collection, check(collection, date(2026, 6, 1))):
        before, after = collection.sources[0], parse_source(change.path, "git/a.md", change.text)
        assert after.entry is not None or before.entry is None


@settings(max_examples=80)
@given(body=BODIES)
def test_formatting_twice_is_formatting_once_and_changes_nothing_that_is_read(body):
    source = parse_source(Path("git/a.md"), "git/a.md", HEAD + NEEDED + body)
    if source.entry is None:
        return
    once = formatted(source)
    again = parse_source(Path("git/a.md"), "git/a.md", once)
    assert again.entry is not None
    assert formatted(again) == once
    assert again.entry.model_dump(exclude={"body", "headings"}) == source.entry.model_dump(exclude={"body", "headings"})


@settings(max_examples=80)
@given(body=BODIES)
def test_any_prose_is_rendered_without_script_and_handler(body):
    html = ProseRenderer({}, {}, Urls.at(2)).html(body, "git/a.md", {"x": ()})
    assert "<script" not in html
    assert " onerror=" not in html.replace("&quot;", "") or "<img" not in html
