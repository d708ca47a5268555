"""An `.md` and a `.yml` file of the same content give the same `Entry`."""

import json
from pathlib import Path
from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.entry import PROSE_HEADINGS, Source, parse_source

OPTIONAL = ("guidance", "example", "notes", "recommendation")

# What prose is made of. No level-2 heading: that would be another section.
BLOCKS = st.sampled_from(
    [
        "A sentence.",
        "Two lines\nof one paragraph.",
        "- one\n- two\n  - three",
        "```sh\nkill {{pid}}\n\n## not a heading\n```",
        "> [!WARNING]\n> Mind the gap.",
        "### A smaller heading",
        "***",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "See [the other](../pip/b.md#cause) & <b>this</b>, owner/name#12.",
        "    indented: code",
        "naïve — “quotes” 漢字 🎉",
        'text: with colons, "quotes" and a \\ backslash',
    ]
)
PROSE = st.lists(BLOCKS, min_size=1, max_size=4).map(lambda blocks: "\n\n".join(["Text.", *blocks]))
TITLES = st.text(alphabet=ascii_letters + "0123456789 ,.'()-:äé漢", min_size=1, max_size=40).map(
    lambda text: f"T{text}T"
)
WORKAROUNDS = st.lists(st.fixed_dictionaries({"title": TITLES, "body": PROSE}), min_size=1, max_size=3)
PARTS = st.fixed_dictionaries(
    {"summary": PROSE, "cause": PROSE, "workarounds": WORKAROUNDS},
    optional=dict.fromkeys(OPTIONAL, PROSE),
)

FRONT_MATTER = {
    "title": "It fails: always",
    "signatures": [{"text": "It {{verb:word}}"}],
    "tags": ["a"],
    "updated": "2026-01-02",
}


def as_markdown(parts: dict) -> str:
    lines = [
        "---",
        *(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in FRONT_MATTER.items()),
        "---",
        "",
    ]
    for name, heading in PROSE_HEADINGS.items():
        if name == "workarounds":
            for workaround in parts[name]:
                lines += [f"## {heading}: {workaround['title']}", "", workaround["body"], ""]
        elif name in parts:
            lines += [f"## {heading}", "", parts[name].strip("\n"), ""]
    return "\n".join(lines)


def as_yaml(parts: dict) -> str:
    return (
        "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in {**FRONT_MATTER, **parts}.items())
        + "\n"
    )


def read(name: str, text: str) -> Source:
    return parse_source(Path("entries", name), name, text)


def content(source: Source) -> dict:
    """What the entry of a file says, wherever the file lies."""
    assert source.defects == ()
    return source.entry.model_dump(exclude={"id", "source"})


def contents(parts: dict) -> tuple[dict, dict]:
    """What the same parts say as Markdown, and as YAML."""
    return content(read("git/a.md", as_markdown(parts))), content(read("git/a.yml", as_yaml(parts)))


@given(parts=PARTS)
def test_any_prose_reads_the_same_from_both(parts):
    markdown, yaml = contents(parts)
    assert markdown == yaml


PLAIN = {"summary": "S", "cause": "C", "workarounds": [{"title": "Try", "body": "B"}]}


def test_prose_without_its_last_line_break_is_the_same_prose():
    """A YAML block scalar (`cause: |`) ends with a line break, a Markdown section does not."""
    markdown, yaml = contents(PLAIN | {"cause": "The lock is left behind.\n"})
    assert markdown == yaml


def test_a_workaround_s_title_with_code_is_the_same_title():
    markdown, yaml = contents(PLAIN | {"workarounds": [{"title": "Run `pip cache purge`", "body": "B"}]})
    assert markdown == yaml


def test_an_unknown_section_inside_of_a_yaml_value_is_found():
    source = read("git/a.yml", as_yaml(PLAIN | {"cause": "C\n\n## Solution\n\nRestart."}))
    assert [defect.kind for defect in source.defects] == ["unknown-section"]


def test_a_code_block_without_an_end_is_said_of_the_key_that_holds_it():
    """It would take the headings of the page after it for code."""
    (defect,) = read("git/a.yml", as_yaml(PLAIN | {"summary": "```\nopen"})).defects
    assert (defect.kind, defect.message) == ("wrong-type", "summary leaves a code block or an HTML comment open")


def test_a_missing_part_of_a_yaml_entry_is_a_key_and_no_section():
    (defect,) = read("git/a.yml", as_yaml({key: PLAIN[key] for key in PLAIN if key != "cause"})).defects
    assert (defect.message, defect.hint) == ("cause is missing", "Add the key 'cause'.")


@pytest.mark.parametrize(("name", "write"), [("git/a.md", as_markdown), ("git/a.yml", as_yaml)])
def test_a_part_of_white_space_is_empty(name, write):
    source = read(name, write(PLAIN | {"cause": "  "}))
    assert [defect.kind for defect in source.defects] == ["missing"]


def test_the_ending_yaml_is_read_like_yml():
    assert content(read("git/a.yaml", as_yaml(PLAIN))) == content(read("git/a.yml", as_yaml(PLAIN)))
