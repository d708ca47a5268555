"""Where the front matter of a Markdown entry begins and ends."""

import pytest

from kb.entry import DefectKind

HEAD = "title: T\nsignatures: [{text: word}]\nupdated: 2026-01-02\n"
BODY = "## Summary\n\nS\n\n## Cause\n\nC\n\n## Workaround: W\n\nB"
GOOD = f"---\n{HEAD}---\n\n{BODY}\n"


@pytest.fixture
def entry_of(folder):
    """The entry that a file with the given content is."""

    def read(content: str | bytes):
        folder.file("git/a.md", content)
        source = folder.source("git/a.md")
        assert source.defects == ()
        return source.entry

    return read


@pytest.fixture
def defects_of(folder):
    """Kind and line of each thing that is wrong with a file of the given content."""

    def read(content: str | bytes):
        folder.file("git/a.md", content)
        return [(defect.kind, defect.position.line) for defect in folder.source("git/a.md").defects]

    return read


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        GOOD.replace("---\n", "---  \n", 1).encode(),
        GOOD.replace("---\n\n", "------\n\n").encode(),
        GOOD.replace("---\n\n", "---\n").encode(),
        GOOD.replace("---\n", "---\n\n\n", 1).encode(),
        GOOD.removesuffix("\n").encode(),
    ],
    ids=[
        "BOM",
        "CRLF",
        "BOM and CRLF",
        "CR",
        "spaces after the first line",
        "a longer closing line",
        "no blank line after it",
        "blank lines before the keys",
        "no line break at the end",
    ],
)
def test_other_ways_to_write_the_same_file_give_the_same_entry(entry_of, content):
    assert entry_of(content) == entry_of(GOOD)


def test_a_rule_in_the_body_is_part_of_the_body(entry_of):
    assert entry_of(f"{GOOD}\n---\n\nAfter the rule.\n").workarounds[0].body == "B\n\n---\n\nAfter the rule."


def test_a_rule_inside_of_code_is_part_of_the_code(entry_of):
    assert (
        entry_of(f"{GOOD}\n```yaml\n---\na: 1\n---\n```\n").workarounds[0].body.endswith("```yaml\n---\na: 1\n---\n```")
    )


def test_a_line_of_hyphens_inside_of_an_indented_value_does_not_end_the_front_matter(entry_of):
    assert entry_of(GOOD.replace("title: T", "title: T\nraw: |-\n  a\n  ---\n  b")).raw == "a\n---\nb"


def test_a_file_that_does_not_start_with_front_matter(defects_of):
    assert defects_of(f"{BODY}\n") == [(DefectKind.NO_FRONT_MATTER, 1)]


def test_front_matter_after_a_blank_line_is_none(defects_of):
    assert defects_of(f"\n{GOOD}") == [(DefectKind.NO_FRONT_MATTER, 1)]


def test_front_matter_without_a_closing_line(defects_of):
    assert defects_of(f"---\n{HEAD}\n{BODY}\n") == [(DefectKind.NO_FRONT_MATTER, 1)]


def test_front_matter_whose_closing_line_is_a_rule_far_below_gives_one_defect(defects_of):
    assert len(defects_of(f"---\n{HEAD}\n{BODY}\n\n---\n\nAfter the rule.\n")) == 1


@pytest.mark.parametrize("front_matter", ["", "\n", "# only a comment\n", "~\n"])
def test_empty_front_matter_gives_one_defect(defects_of, front_matter):
    assert [kind for kind, _ in defects_of(f"---\n{front_matter}---\n\n{BODY}\n")] == [DefectKind.WRONG_TYPE]


def test_front_matter_that_is_a_list_gives_one_defect(defects_of):
    assert defects_of(f"---\n- title: T\n---\n\n{BODY}\n") == [(DefectKind.WRONG_TYPE, 2)]


def test_text_before_the_first_section_is_reported_there(defects_of):
    assert defects_of(f"---\n{HEAD}---\nHello.\n\n{BODY}\n") == [(DefectKind.UNKNOWN_SECTION, 6)]


def test_text_after_blank_lines_before_the_first_section_is_reported_on_its_line(defects_of):
    assert defects_of(f"---\n{HEAD}---\n\n\nHello.\n\n{BODY}\n") == [(DefectKind.UNKNOWN_SECTION, 8)]


def test_prose_does_not_stand_in_front_matter(defects_of):
    """A `.yml` entry has this key; in Markdown the pull request would not show it as prose."""
    assert defects_of(f"---\n{HEAD}guidance: Beware.\n---\n\n{BODY}\n") == [(DefectKind.UNKNOWN_KEY, 5)]


def test_prose_that_stands_under_its_heading_too_is_reported_once(defects_of):
    assert defects_of(f"---\n{HEAD}cause: C\n---\n\n{BODY}\n") == [(DefectKind.UNKNOWN_KEY, 5)]


@pytest.mark.parametrize("key", ["id", "source", "body", "headings"])
def test_what_follows_from_the_file_is_not_a_key(defects_of, key):
    assert defects_of(f"---\n{HEAD}{key}: x\n---\n\n{BODY}\n") == [(DefectKind.UNKNOWN_KEY, 5)]
