"""Where things stand: line and column, from 1, of every key, list item, section and link of a file."""

from pathlib import Path

import pytest

from kb.entry import Position, Source, load_collection, parse_source

PROSE = "\n## Summary\n\nS\n\n## Cause\n\nC\n\n## Workaround: W\n\nB\n"


def place(text: str, needle: str) -> Position:
    """Where `needle`, which stands once in a text, begins."""
    assert text.count(needle) == 1, needle
    before = text[: text.index(needle)]
    return Position(before.count("\n") + 1, len(before) - before.rfind("\n"))


def read(text: str, name: str = "git/a.md") -> Source:
    return parse_source(Path("entries", name), name, text)


def source_of(data, folder: str, name: str) -> Source:
    return next(source for source in load_collection(data / "entries" / folder).sources if source.name == name)


@pytest.fixture
def markdown(data) -> Source:
    return source_of(data, "example", "claude-code/extra-usage-400.md")


@pytest.fixture
def yaml(data) -> Source:
    return source_of(data, "example-yml", "claude-code/extra-usage-400.yml")


@pytest.mark.parametrize(
    ("path", "needle"),
    [
        (("title",), "title: Third-party"),
        (("signatures",), "signatures:"),
        (("signatures", 0), "text: >-"),
        (("signatures", 0, "text"), "text: >-"),
        (("signatures", 1, "text"), 'text: "request'),
        (("codes",), "codes:"),
        (("codes", 0), "HTTP 400, "),
        (("codes", 1), "invalid_request_error]"),
        (("affects", "versions"), "versions: ["),
        (("affects", "versions", 0), '"2.1.96"'),
        (("affects", "environment"), "environment: VS"),
        (("issue", "timeline", "cross-referenced"), "cross-referenced: 1"),
        (("pulls", 1), "{ref: anthropics/claude-code#45101"),
        (("pulls", 1, "state"), "state: open}"),
        (("related", 0), "claude-code/overloaded-529]"),
        (("updated",), "updated: 2026"),
        (("raw",), "raw: |-"),
    ],
)
def test_keys_and_items_stand_at_the_same_words_in_both_formats(markdown, yaml, path, needle):
    assert [markdown.key_position(*path), yaml.key_position(*path)] == [
        place(markdown.text, needle),
        place(yaml.text, needle),
    ]


def test_items_of_a_block_list_stand_where_their_value_begins(markdown):
    first = markdown.key_position("signatures", 0, "examples", 0)
    assert markdown.text.splitlines()[first.line - 1][first.column - 1 :] == ">-"


@pytest.mark.parametrize(
    ("path", "needle"),
    [
        (("summary",), "## Summary"),
        (("cause",), "## Cause"),
        (("workarounds",), "## Workaround: Claim"),
        (("workarounds", 0, "title"), "## Workaround: Claim"),
        (("workarounds", 1), "## Workaround: Wait"),
        (("workarounds", 1, "body"), "## Workaround: Wait"),
        (("recommendation",), "## Recommendation"),
    ],
)
def test_prose_of_markdown_stands_at_its_heading(markdown, path, needle):
    assert markdown.key_position(*path) == place(markdown.text, needle)


@pytest.mark.parametrize(
    ("path", "needle"),
    [
        (("summary",), "summary: |-"),
        (("workarounds", 1, "title"), "title: Wait"),
        (("recommendation",), "recommendation: |-"),
    ],
)
def test_prose_of_yaml_stands_at_its_key(yaml, path, needle):
    assert yaml.key_position(*path) == place(yaml.text, needle)


def test_a_missing_key_stands_at_the_nearest_thing_around_it(markdown):
    assert markdown.key_position("issue", "title") == place(markdown.text, "issue:\n")


def test_a_missing_top_level_key_stands_at_the_first_key(markdown):
    assert markdown.key_position("nothing") == place(markdown.text, "title: Third-party")


def test_links_of_markdown_stand_where_they_are_written(markdown):
    assert {link.target: markdown.link_position(link) for link in markdown.outline.links} == {
        "overloaded-529.md#cause": place(markdown.text, "[when the service"),
        "overloaded-529.md": place(markdown.text, "[the other one]"),
    }


def test_links_of_yaml_stand_at_the_key_that_holds_them(yaml):
    assert {link.target: yaml.link_position(link) for link in yaml.outline.links} == {
        "overloaded-529.md#cause": place(yaml.text, "cause: |-"),
        "overloaded-529.md": place(yaml.text, "guidance: |-"),
    }


@pytest.mark.parametrize(
    "line",
    [
        "- a [link](x.md)",
        "> quoted [link](x.md)",
        "| [link](x.md) |\n|---|",
        "1. one\n\n   [link](x.md)",
        "é漢 [link](x.md)",
    ],
    ids=["list", "quote", "table", "paragraph in a list", "after wide characters"],
)
def test_a_link_inside_of_a_block_stands_on_its_line(line):
    source = read(f"---\ntitle: T\n---\n{PROSE}\n{line}\n")
    (link,) = source.outline.links
    assert source.link_position(link).line == place(source.text, "[link]").line


def test_a_link_before_the_first_section_stands_on_its_line():
    source = read("---\ntitle: T\n---\n\nSee [this](x.md).\n")
    assert source.link_position(source.outline.links[0]) == Position(5, 5)


def test_columns_count_characters_and_not_bytes():
    source = read("---\ncodes: [é漢🎉, second]\n---\n" + PROSE)
    assert source.key_position("codes", 1) == place(source.text, "second")


def test_of_two_equal_keys_the_first_is_the_one_that_counts():
    source = read("---\ntags: [first]\ntags: [second]\n---\n" + PROSE)
    assert source.key_position("tags", 0) == place(source.text, "first")


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"], ids=["U+2028", "U+2029", "U+0085"])
def test_a_line_ends_at_a_line_feed_alone(separator):
    """YAML 1.1 breaks lines at these too; editors and `file:line:column` do not."""
    source = read(f'---\ncodes: ["a{separator}b"]\ntags: [x]\n---\n{PROSE}')
    assert source.key_position("tags") == Position(3, 1)


@pytest.mark.parametrize(
    ("front_matter", "line"),
    [
        ("title: T\ncodes: [a, b\n", 3),
        ("title: T\nkey: a: b\n", 3),
        ("title: T\ntags:\n\t- a\n", 4),
        ('title: "a\\qb"\n', 2),
        ("title: T\ncodes: [a\x01b]\n", 3),
        ("title: T\n<<: {a: 1}\n", 3),
    ],
    ids=["open list", "colon", "tab", "escape", "control character", "merge key"],
)
def test_yaml_that_can_not_be_read_is_reported_on_its_line(front_matter, line):
    source = read(f"---\n{front_matter}---\n{PROSE}")
    assert [defect.position.line for defect in source.defects] == [line]


def test_an_unknown_section_stands_at_its_heading():
    source = read(f"---\ntitle: T\n---\n{PROSE}\n## Solution\n\nNo.\n")
    assert place(source.text, "## Solution") in [defect.position for defect in source.defects]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"),
    ],
    ids=["CRLF", "BOM", "BOM and CRLF"],
)
def test_encodings_of_the_same_text_have_the_same_positions(folder, markdown, change):
    folder.file("git/a.md", change(markdown.path.read_bytes()))
    assert folder.source("git/a.md").document.positions == markdown.document.positions
