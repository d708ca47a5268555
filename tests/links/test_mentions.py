"""What prose leads to: entries by their file, and issues that an entry is about."""

import pytest

from kb.entry import ISSUE_REF
from kb.links import compute_links, covered_issues, entry_of_target

NAMES = {"git/a.md": "git/a", "git/b.yml": "git/b", "pip/c d.md": "pip/c-d"}


def covered_by(folder) -> dict[str, str]:
    """Issue -> the entry about it."""
    return {str(ref): entry for ref, entry in covered_issues(folder.load().entries).items()}


def prose(cause: str) -> str:
    return f"## Summary\n\nS\n\n## Cause\n\n{cause}\n\n## Workaround: W\n\nB\n"


# Issues that an entry covers


def test_an_entry_covers_its_issue_and_its_reports(folder):
    folder.entry("git/a.md", issue={"ref": "o/n#1"}, reports=["o/n#2", "o/m#3"])
    assert covered_by(folder) == {"o/n#1": "git/a", "o/n#2": "git/a", "o/m#3": "git/a"}


def test_issues_are_the_same_in_any_case(folder):
    folder.entry("git/a.md", issue={"ref": "Owner/Name#1"})
    assert covered_by(folder) == {"owner/name#1": "git/a"}


def test_the_entry_about_an_issue_wins_over_one_that_lists_it_as_a_report(folder):
    folder.entry("git/a.md", reports=["o/n#1"])
    folder.entry("git/b.md", issue={"ref": "o/n#1"})
    assert covered_by(folder) == {"o/n#1": "git/b"}


def test_of_two_entries_about_an_issue_the_first_wins(folder):
    folder.entry("git/b.md", issue={"ref": "o/n#1"})
    folder.entry("git/a.md", issue={"ref": "o/n#1"})
    assert covered_by(folder) == {"o/n#1": "git/a"}


# What a reference looks like


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see o/n#1.", ["o/n#1"]),
        ("(o-w/n.x_y-z#12)", ["o-w/n.x_y-z#12"]),
        ("o/n#1, o/n#2", ["o/n#1", "o/n#2"]),
        ("**o/n#1**", ["o/n#1"]),
        ("#1", []),
        ("n#1", []),
        ("o/n#0", []),
        ("o/n#", []),
        ("o/n#1a", []),
        ("a/o/n#1", []),
        ("https://x.example/o/n#1", []),
        ("-o/n#1", []),
    ],
)
def test_a_short_reference_is_an_owner_a_name_and_a_number(text, found):
    assert ISSUE_REF.findall(text) == found


# Where a relative link leads


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("b.yml", ("git/b", "")),
        ("../git/a.md", ("git/a", "")),
        ("./a.md#cause", ("git/a", "cause")),
        ("../pip/c%20d.md", ("pip/c-d", "")),
        ("b.yml?plain=1", ("git/b", "")),
        ("b", None),
        ("b.md", None),
        ("#cause", None),
        ("", None),
        ("/git/a.md", None),
        ("//git/a.md", None),
        ("https://x.example/git/a.md", None),
        ("../../git/a.md", None),
        ("http://[bad", None),
    ],
)
def test_a_relative_link_leads_to_the_entry_of_its_file(target, found):
    assert entry_of_target(target, "git/x.md", NAMES) == found


# Mentions make backlinks


@pytest.mark.parametrize(
    "cause",
    [
        "[this](b.md)",
        "[this](../git/b.md#cause)",
        "![this](b.md)",
        "like o/n#7",
        "like O/N#7",
        "https://github.com/o/n/issues/7",
        "http://github.com/o/n/pull/7?x=1",
        "[this](https://github.com/o/n/issues/7#issuecomment-1)",
    ],
)
def test_an_entry_that_prose_leads_to_has_a_backlink(folder, cause):
    folder.entry("git/a.md", prose(cause))
    folder.entry("git/b.md", issue={"ref": "o/n#7"})
    assert compute_links(folder.load()).backlinks == {"git/b": ("git/a",)}


@pytest.mark.parametrize(
    "cause", ["`o/n#7`", "```\no/n#7\n```", "`[this](b.md)`", "    o/n#7", "```\nhttps://github.com/o/n/issues/7\n```"]
)
def test_what_stands_in_code_is_no_link_and_makes_no_backlink(folder, cause):
    """The page shows code as it is, so there is nothing to walk back."""
    folder.entry("git/a.md", prose(cause))
    folder.entry("git/b.md", issue={"ref": "o/n#7"})
    assert compute_links(folder.load()).backlinks == {}


@pytest.mark.parametrize("cause", ["[this](a.md)", "[this](#summary)", "like o/n#1"])
def test_an_entry_that_leads_to_itself_has_no_backlink(folder, cause):
    folder.entry("git/a.md", prose(cause), issue={"ref": "o/n#1"})
    assert compute_links(folder.load()).backlinks == {}


def test_an_entry_that_is_mentioned_often_has_one_backlink(folder):
    folder.entry("git/a.md", prose("[this](b.md), o/n#7, [that](b.md#cause)"))
    folder.entry("git/b.md", issue={"ref": "o/n#7"})
    assert compute_links(folder.load()).backlinks == {"git/b": ("git/a",)}


def test_the_prose_of_a_yaml_entry_counts_too(folder):
    folder.file(
        "git/a.yml",
        "title: T\nsignatures: [{text: word}]\nupdated: 2026-01-02\nsummary: S\ncause: See [this](b.md).\n"
        "workarounds: [{title: W, body: B}]\n",
    )
    folder.entry("git/b.md")
    assert compute_links(folder.load()).backlinks == {"git/b": ("git/a",)}
