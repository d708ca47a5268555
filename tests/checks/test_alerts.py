"""Quotes that were meant as alerts: what comrak makes of each form, what is said of it, and what `--fix` writes."""

from datetime import date

import pytest

from kb.checks import check
from kb.checks.edit import apply_edits
from kb.entry import to_html

TODAY = date(2026, 6, 1)

MENDED = [
    (">[!NOTE]\n>x", "> [!NOTE]\n>x"),
    (">  [!NOTE]\n> x", "> [!NOTE]\n> x"),
    (">\t[!NOTE]\n> x", "> [!NOTE]\n> x"),
    ("> [!Note ]\n> x", "> [!NOTE]\n> x"),
    ("> [! note]\n> x", "> [!NOTE]\n> x"),
    ("> \\[!TIP]\n> x", "> [!TIP]\n> x"),
    ("> \\[!TIP\\]\n> x", "> [!TIP]\n> x"),
    ("> **[!TIP]**\n> x", "> [!TIP]\n> x"),
    ("> [WARNING]\n> x", "> [!WARNING]\n> x"),
    ("> **Warning**\n> x", "> [!WARNING]\n> x"),
    ("> **Note:** x", "> [!NOTE]\n> x"),
    ("> __Note__: x", "> [!NOTE]\n> x"),
    (">[!NOTE] x", "> [!NOTE]\n> x"),
    ("> [!INFO]\n> x", "> [!NOTE]\n> x"),
    ("> [!DANGER]\n> x", "> [!CAUTION]\n> x"),
    ("- >[!NOTE] x", "- > [!NOTE]\n  > x"),
    ("1. a\n\n   >[!NOTE]\n   >x", "1. a\n\n   > [!NOTE]\n   >x"),
    (">>[!NOTE]\n>>x", ">> [!NOTE]\n>>x"),
]
FOUND = ["> [!LOUD]\n> x", "> x\n> [!NOTE]\n> y", "[!NOTE]\nx", "> \n> [!NOTE]\n> x"]
ALERTS = ["> [!NOTE]\n> x", "> [!note]\n> x", "- > [!TIP]\n  > x", "> [!WARNING]  \n> x", "> x\n\n> [!CAUTION]\n> y"]
NO_ALERTS = [
    "> x",
    "> **Attention** is a paper.",
    "> The **warning** is printed once.",
    "> [note](https://x.example/)",
    "> [Note][1] x\n\n[1]: https://x.example/",
    "> [info] server started",
    "The form `> [!NOTE]` makes an alert.",
    "```md\n>[!NOTE]\n> x\n```",
    "    >[!NOTE]",
    "![NOTE](a.png)",
    "In Rust, [!Send] is a negative bound.",
    "- [!x] y",
]


@pytest.fixture
def found(folder):
    def problems(text: str):
        folder.entry("git/a.md", f"## Summary\n\nS\n\n## Cause\n\n{text}\n\n## Workaround: W\n\nB\n")
        return [each for each in check(folder.load(), TODAY) if each.code == "KB213"]

    return problems


def is_alert(markdown: str) -> bool:
    return 'class="markdown-alert ' in to_html(markdown)


@pytest.mark.parametrize(("text", "mended"), MENDED)
def test_what_is_almost_an_alert_is_found_and_mended_into_one(folder, found, text, mended):
    assert not is_alert(text)
    (problem,) = found(text)
    path = folder.root / "git/a.md"
    path.write_text(apply_edits(path.read_text(), [problem.fix])[0])
    assert f"## Cause\n\n{mended}\n\n" in path.read_text()
    assert is_alert(mended)
    assert found(mended) == []


@pytest.mark.parametrize("text", FOUND)
def test_what_a_person_has_to_look_at_is_found_and_left_as_it_is(found, text):
    assert not is_alert(text)
    (problem,) = found(text)
    assert problem.fix == ()


@pytest.mark.parametrize("text", ALERTS)
def test_an_alert_is_none_of_this(found, text):
    assert is_alert(text)
    assert found(text) == []


@pytest.mark.parametrize("text", NO_ALERTS)
def test_a_quote_or_bracket_that_was_not_meant_as_an_alert_passes(found, text):
    assert not is_alert(text)
    assert found(text) == []


def test_an_almost_alert_of_a_yml_entry_is_found_at_its_key(folder):
    folder.file(
        "git/a.yml",
        "title: About a\nsignatures: [{text: git-a}]\nupdated: 2026-01-02\nsummary: S\ncause: |\n  >[!NOTE]\n  >x\n"
        "workarounds: [{title: W, body: B}]\n",
    )
    (problem,) = [each for each in check(folder.load(), TODAY) if each.code == "KB213"]
    assert (problem.position.line, problem.fix) == (5, ())
