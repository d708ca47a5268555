"""Prose as GitHub reads it: sections, anchors and links."""

import pytest

from kb.entry import Position, anchor_of, anchors_of, outline, text_of, to_html


def headings(body: str) -> list[str]:
    return [section.heading for section in outline(body).sections]


def targets(body: str) -> list[str]:
    return [link.target for link in outline(body).links]


def test_a_section_reaches_to_the_next_heading():
    assert [(s.heading, s.line, s.markdown) for s in outline("## A\n\na\n\n## B\nb\n").sections] == [
        ("A", 1, "a"),
        ("B", 5, "b"),
    ]


def test_text_before_the_first_section_is_the_preamble():
    assert outline("Hello.\n\n## A\n\na").preamble == "Hello."


def test_a_body_without_sections_is_all_preamble():
    parts = outline("Hello.\n")
    assert (parts.preamble, parts.sections) == ("Hello.", ())


def test_smaller_headings_belong_to_their_section():
    assert headings("## A\n\n### B\n\n#### C") == ["A"]


@pytest.mark.parametrize(
    "block",
    [
        "```\n## B\n```",
        "    ## B",
        "> ## B",
        "- ## B",
        r"\## B",
        "##B",
        "<h2>B</h2>",
        '<h2 data-sourcepos="3:1-3:4">B</h2>',
        "`## B`",
        "<!--\n## B\n-->",
    ],
    ids=[
        "fence",
        "indented",
        "quote",
        "list",
        "escaped",
        "no space",
        "HTML",
        "HTML with a position",
        "code",
        "comment",
    ],
)
def test_what_only_looks_like_a_heading_is_none(block):
    assert headings(f"## A\n\n{block}\n") == ["A"]


@pytest.mark.parametrize(
    "heading",
    ["## B", "##  B  ", "## B ##", "B\n---", "##\tB"],
    ids=["plain", "spaces", "closed", "underlined", "tab"],
)
def test_every_way_to_write_a_level_two_heading_is_one(heading):
    assert headings(f"## A\n\na\n\n{heading}\n\nb\n") == ["A", "B"]


def test_a_heading_s_text_has_no_markup():
    assert headings("## Workaround: run `pip` **now** & [here](x.md)") == ["Workaround: run pip now & here"]


def test_a_section_that_begins_with_indented_code_keeps_its_indent():
    assert outline("## A\n\n    code\n\ntext\n").sections[0].markdown == "    code\n\ntext"


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("[a](b.md)", ["b.md"]),
        ("![a](b.png)", ["b.png"]),
        ("[a]: b.md\n\n[a]", ["b.md"]),
        ("<https://a.example/>", ["https://a.example/"]),
        ("see https://a.example/b.", ["https://a.example/b"]),
        ("[a](b.md?c=1&d=2)", ["b.md?c=1&d=2"]),
        ("[a](<b c.md>)", ["b%20c.md"]),
        ("[![a](b.png)](c.md)", ["c.md", "b.png"]),
        ("| a |\n|---|\n| [a](b.md) |", ["b.md"]),
        ("`[a](b.md)`", []),
        ("```\n[a](b.md)\n```", []),
        (r"\[a](b.md)", []),
        ('<a href="b.md">a</a>', []),
    ],
)
def test_links_are_those_that_github_shows(markdown, found):
    assert targets(f"## A\n\n{markdown}\n") == found


def test_a_link_stands_at_its_first_character():
    assert outline("## A\n\nSee [this](b.md).").links[0].position == Position(3, 5)


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Cause", "cause"),
        ("Workaround: Claim the credit, then start", "workaround-claim-the-credit-then-start"),
        ("Use `--force`", "use---force"),
        ("C++ & friends", "c--friends"),
        ("Größe", "größe"),
        ("snake_case", "snake_case"),
        ("1.2.3", "123"),
    ],
)
def test_a_heading_has_the_anchor_that_github_gives_it(heading, anchor):
    assert anchor_of(heading) == anchor


def test_repeated_headings_are_numbered():
    assert anchors_of(["Workaround: A", "Workaround: A", "Workaround: A"]) == [
        "workaround-a",
        "workaround-a-1",
        "workaround-a-2",
    ]


def test_a_numbered_anchor_is_not_given_twice():
    """A heading of its own can look like a numbered one: `A`, `A 1`, `A`."""
    anchors = anchors_of(["A", "A 1", "A"])
    assert len(set(anchors)) == 3


@pytest.mark.parametrize(
    "html", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b>bold</b>", "<!-- note -->"]
)
def test_raw_html_comes_out_as_text(html):
    assert text_of(to_html(html)).strip() == html


def test_an_alert_is_one():
    assert 'class="markdown-alert markdown-alert-warning"' in to_html("> [!WARNING]\n> Mind the gap.")


@pytest.mark.parametrize("before", ["B ", "\u00e9\u00e9 ", "\U00010000\U0001f600 ", "e\u0301 \u2713 [a](c) "])
def test_a_link_stands_at_a_column_counted_in_characters(before):
    link = outline(f"## A\n\n{before}[a](b.md)\n").links[-1]
    assert link.position == Position(3, len(before) + 1)
