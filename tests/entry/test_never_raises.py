"""Whatever a file holds, reading it says what is wrong, and raises nothing."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb.entry import EntryText, Source, parse_source, parse_yaml

NAMES = st.sampled_from(["git/a.md", "git/a.yml"])

# What YAML and Markdown are made of: combinations of these go further than arbitrary characters do.
TOKENS = st.sampled_from(
    [
        *("---", "...", "- ", "? ", ": ", ":", ",", "[", "]", "{", "}", "\n", "\n  ", "\n\t", " ", "#", " # "),
        *(
            "|",
            "|-",
            ">",
            ">-2",
            "'",
            '"',
            "\\",
            "&a",
            "*a",
            "!",
            "!!int ",
            "!!str ",
            "!x ",
            "<<",
            "=",
            "~",
            "%YAML 9.9\n",
        ),
        *("no", "1.10", "0x", "0b1", "1:30", "1e400", ".inf", ".nan", "2026-13-45", "2026-01-02", "0o7", "-", "+1"),
        *("title", "signatures", "text", "updated", "issue", "summary", "workarounds", "votes", "affects", "raw", "id"),
        *("## Summary\n", "## Cause\n", "## Workaround: x\n", "## Nope\n", "# H\n", "> ", "```\n", "[a](b.md)", "<b>"),
        *("\ufeff", "\u2028", "\x85", "\x00", "\x0b", "\x1c", "\u202e", "\U0001f600"),
    ]
)
DOCUMENTS = st.lists(TOKENS, max_size=60).map("".join)

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["git/a", "a/b#1", "2026-01-02", "open", "https://example.org/"])
    | st.integers(min_value=10**400, max_value=10**400 + 9)
)
KEYS = st.sampled_from(
    [*EntryText.model_fields, "text", "ref", "state", "versions", "works", "comments", "timeline", "nope"]
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=8
)


def read(name: str, text: str) -> Source:
    return parse_source(Path("entries", name), name, text)


def is_entry_or_says_why(source: Source) -> bool:
    return source.entry is not None or len(source.defects) > 0


@given(name=NAMES, text=st.text(max_size=300))
def test_any_text_is_an_entry_or_says_why_not(name, text):
    assert is_entry_or_says_why(read(name, text))


@settings(max_examples=300)
@given(name=NAMES, text=DOCUMENTS, in_front_matter=st.booleans())
def test_any_jumble_of_yaml_and_markdown_is_an_entry_or_says_why_not(name, text, in_front_matter):
    assert is_entry_or_says_why(read(name, f"---\n{text}\n---\n\n## Summary\n" if in_front_matter else text))


@settings(max_examples=300)
@given(keys=st.dictionaries(KEYS, VALUES, max_size=8))
def test_any_value_under_any_key_is_taken_or_says_why_not(keys):
    text = "".join(f"{key}: {json.dumps(value)}\n" for key, value in keys.items())
    assert is_entry_or_says_why(read("git/a.yml", text))


@settings(max_examples=300)
@given(text=DOCUMENTS | st.text(max_size=300))
@example("[" * 1_000_000)
@example("'" * 1_000_000)
@example("? " * 500_000)
@example("a: 1\n" * 20_000)
def test_any_text_is_a_yaml_document_or_says_why_not(text):
    document = parse_yaml(text)
    assert document.value is None or all(defect.kind == "duplicate-key" for defect in document.defects)


@pytest.mark.parametrize("number", ["0x" + "f" * 5000, "9" * 5000], ids=["hexadecimal", "decimal"])
def test_a_number_of_thousands_of_digits_says_why_not(number):
    assert is_entry_or_says_why(read("git/a.yml", f"codes: [{number}]\n"))


@given(name=NAMES, content=st.binary(max_size=300) | DOCUMENTS.map(lambda text: text.encode("utf-16")))
def test_any_bytes_are_an_entry_or_say_why_not(new_folder, name, content):
    folder = new_folder()
    folder.file(name, content)
    assert is_entry_or_says_why(folder.source(name))


@given(name=NAMES, content=st.binary(max_size=100), encoding=st.sampled_from(["latin-1", "utf-16", "cp1252"]))
def test_a_good_file_with_bytes_put_in_is_an_entry_or_says_why_not(new_folder, name, content, encoding):
    folder = new_folder()
    good = folder.entry("git/a.md").read_bytes()
    folder.file(name, good[:60] + content + "é".encode(encoding) + good[60:])
    assert is_entry_or_says_why(folder.source(name))


@given(text=DOCUMENTS)
def test_positions_of_defects_lie_inside_of_the_file(text):
    lines = text.split("\n")
    for defect in read("git/a.md", text).defects:
        line, column = defect.position
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
